import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

@testable import HoneNN

@Suite(.enabled(if: ProcessGroup.isAvailable, "this libtorch has no process groups"))
struct SynchronizedBatchNormTests {
  /// What a pass through the layer leaves behind.
  private struct Trace: Sendable {
    var output: [Float]
    var inputGradient: [Float]
    var weightGradient: [Float]
    var biasGradient: [Float]
    var mean: [Float]
    var variance: [Float]

    /// The largest distance from another one.
    func gap(_ other: Trace) -> Float {
      [\Trace.output, \.inputGradient, \.weightGradient, \.biasGradient, \.mean, \.variance]
        .map { path in
          zip(self[keyPath: path], other[keyPath: path]).map { abs($0 - $1) }.max() ?? .infinity
        }.max() ?? 0
    }
  }

  /// The numbers of a batch, far from zero so that differences of large sums would show.
  private static func numbers(_ count: Int, _ name: String) -> [Float] {
    var stream = RandomStream(seed: 5, name)
    return (0..<count).map { _ in Float(100 + 3 * stream.uniform(-1...1)) }
  }

  /// Trains on some rows of a batch; the loss is a weighted sum, so that each gradient is of its own.
  private static func trace(
    rows: Range<Int>, of batch: Int, shape: [Int], synchronization: BatchSynchronization?
  ) -> Trace {
    let width = shape.reduce(1, *)
    func part(_ name: String) -> Tensor {
      let all = numbers(batch * width, name)
      let own = Array(all[rows.lowerBound * width..<rows.upperBound * width])
      return Tensor(HostTensor(own, shape: [rows.count] + shape))
    }
    let layer = BatchNorm(features: shape[0])
    layer.weight?.assign(Tensor((0..<shape[0]).map { Float($0) + 0.5 }))
    layer.synchronization = synchronization
    let input = part("input").requiringGradient()
    let output = layer(input)
    let isIdle = synchronization?.isIdle == true
    (output * (part("weights") * Scalar(isIdle ? 0 : 0.1))).sum().backward()
    return Trace(
      output: output.detached().values(as: Float.self),
      inputGradient: input.gradient?.values(as: Float.self) ?? [],
      weightGradient: layer.weight?.gradient?.values(as: Float.self) ?? [],
      biasGradient: layer.bias?.gradient?.values(as: Float.self) ?? [],
      mean: layer.runningMean?.value.values(as: Float.self) ?? [],
      variance: layer.runningVariance?.value.values(as: Float.self) ?? [])
  }

  @Test(
    "parts in two processes are normalized as the whole batch in one, forward and backward",
    arguments: [[3], [3, 4], [3, 4, 2]], [1, 3, 4])
  func equalsWhole(shape: [Int], cut: Int) throws {
    let batch = 7
    let whole = Self.trace(rows: 0..<batch, of: batch, shape: shape, synchronization: nil)
    let results = inRanks(2) { group in
      let rows = group.rank == 0 ? 0..<cut : cut..<batch
      return Self.trace(
        rows: rows, of: batch, shape: shape, synchronization: BatchSynchronization(group))
    }
    let parts = try results.map { try $0.get() }
    var joined = parts[0]
    joined.output += parts[1].output
    joined.inputGradient += parts[1].inputGradient
    joined.weightGradient = zip(joined.weightGradient, parts[1].weightGradient).map(+)
    joined.biasGradient = zip(joined.biasGradient, parts[1].biasGradient).map(+)
    // Float32 sums of 7 to 56 products of size 1,000 in another order.
    #expect(joined.gap(whole) < 1e-2)
    #expect(parts[1].mean == parts[0].mean)
    #expect(parts[1].variance == parts[0].variance)
  }

  @Test("a process whose samples do not count changes nothing and learns nothing")
  func idle() throws {
    let whole = Self.trace(rows: 0..<5, of: 5, shape: [2, 3], synchronization: nil)
    let results = inRanks(2) { group in
      let synchronization = BatchSynchronization(group)
      synchronization.isIdle = group.rank == 1
      return Self.trace(
        rows: group.rank == 0 ? 0..<5 : 0..<1, of: 5, shape: [2, 3],
        synchronization: synchronization)
    }
    let parts = try results.map { try $0.get() }
    #expect(parts[0].gap(whole) < 1e-2)
    #expect(parts[1].inputGradient.allSatisfy { $0 == 0 })
    #expect(parts[1].weightGradient.allSatisfy { $0 == 0 })
  }

  @Test("one value of each feature over all processes is refused")
  func single() throws {
    let results = inRanks(2) { group in
      let layer = BatchNorm(features: 2)
      layer.synchronization = BatchSynchronization(group)
      layer.synchronization?.isIdle = group.rank == 1
      return try catchingTorchErrors { layer(Tensor.ones([1, 2])).shape }
    }
    for result in results {
      let error = try #require(throws: TorchError.self) { try result.get() }
      #expect(error.message.contains("the variance of one value is not defined"))
    }
  }
}
