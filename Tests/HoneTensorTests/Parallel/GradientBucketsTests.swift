import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

@Suite(.enabled(if: ProcessGroup.isAvailable, "this libtorch has no process groups"))
struct GradientBucketsTests {
  /// Gradients of a rank's loss: 1·rank', 2·rank', 3·rank' with rank' = rank + 1.
  private static func loss(_ parameters: [Parameter], rank: Int) -> Tensor {
    parameters.enumerated().reduce(Tensor.zeros([])) { sum, entry in
      sum + (entry.element.value * Scalar(Double(entry.offset + 1))).sum()
    } * Scalar(Double(rank + 1))
  }

  @Test(
    "gradients become the sums over all ranks, in one bucket and in several",
    arguments: [8, 1 << 20])
  func sums(bytes: Int) throws {
    let results = inRanks(2) { group in
      let parameters = [[2], [3, 2], []].map { Parameter(Tensor.zeros($0)) }
      let buckets = GradientBuckets(group, parameters, bytes: bytes)
      var found: [[Float]] = []
      for _ in 0..<2 {
        buckets.begin()
        Self.loss(parameters, rank: group.rank).backward()
        try buckets.finish()
        found = parameters.map { $0.gradient?.values(as: Float.self) ?? [] }
        for parameter in parameters { parameter.clearGradient() }
      }
      return (found, buckets.count, buckets.overlapped)
    }
    for result in results {
      let (gradients, count, overlapped) = try result.get()
      #expect(gradients == [[3, 3], [6, 6, 6, 6, 6, 6], [9]])
      #expect(count == (bytes == 8 ? 3 : 1))
      // The last gradient fills the last bucket within the backward pass.
      #expect(overlapped == count)
    }
  }

  @Test("gradients of several passes are sent once, with the last")
  func accumulates() throws {
    let results = inRanks(2) { group in
      let parameters = [Parameter(Tensor.zeros([2]))]
      let buckets = GradientBuckets(group, parameters)
      Self.loss(parameters, rank: group.rank).backward()
      let before = parameters[0].gradient?.values(as: Float.self)
      buckets.begin()
      Self.loss(parameters, rank: group.rank).backward()
      try buckets.finish()
      return (before, parameters[0].gradient?.values(as: Float.self))
    }
    for (rank, result) in results.enumerated() {
      let (before, after) = try result.get()
      #expect(before == [Float](repeating: Float(rank + 1), count: 2))
      #expect(after == [6, 6])
    }
  }

  @Test("what no rank uses keeps no gradient; what one rank uses gets its gradient everywhere")
  func unused() throws {
    let results = inRanks(2) { group in
      let parameters = (0..<3).map { _ in Parameter(Tensor.zeros([2])) }
      let buckets = GradientBuckets(group, parameters)
      buckets.begin()
      let used = group.rank == 0 ? [parameters[0]] : [parameters[0], parameters[2]]
      Self.loss(used, rank: group.rank).backward()
      try buckets.finish()
      return parameters.map { $0.gradient?.values(as: Float.self) }
    }
    for result in results {
      #expect(try result.get() == [[3, 3], nil, [4, 4]])
    }
  }

  @Test("weights in another memory order get their gradients in it")
  func memoryOrder() throws {
    let results = inRanks(2) { group in
      let values = HostTensor((0..<16).map(Float.init), shape: [2, 2, 2, 2])
      let parameter = Parameter(Tensor(values).contiguous(.channelsLast))
      let buckets = GradientBuckets(group, [parameter])
      buckets.begin()
      (parameter.value * parameter.value).sum().backward()
      try buckets.finish()
      return parameter.gradient?.values(as: Float.self)
    }
    for result in results { #expect(try result.get() == (0..<16).map { 4 * Float($0) }) }
  }
}
