import HoneTensor
import HoneTestSupport
import HoneText
import Testing

/// Exchanges by NCCL, each rank on a device of its own: two where the machine has them, else one.
@Suite(
  .enabled(
    if: ProcessGroup.isAvailable && Torch.cudaDevices > 0,
    "there is no CUDA device to exchange from"))
struct DeviceExchangeTests {
  private var size: Int { min(2, Torch.cudaDevices) }

  @Test("sums over devices are those over processors", arguments: [DType.float32, .bfloat16])
  func sums(dtype: DType) throws {
    let size = size
    let results = inRanks(size) { group in
      let own = Tensor([Float(group.rank + 1), 0.5]).cast(to: dtype)
      let there = try group.sum(own.to(.cuda(group.rank)))
      let here = try group.sum(own)
      return (
        there.to(.cpu).cast(to: .float32).floats, here.cast(to: .float32).floats
      )
    }
    for result in results {
      let (there, here) = try result.get()
      #expect(there == here)
      #expect(there == [Float((1...size).reduce(0, +)), 0.5 * Float(size)])
    }
  }

  @Test("an exchange comes after what the device was given before and before what comes next")
  func order() throws {
    let size = size
    let results = inRanks(size) { group in
      let device = Device.cuda(group.rank)
      var value = Tensor.zeros([1 << 20]).to(device) + 1
      for _ in 0..<20 { value = try group.sum(value * 0.5) }
      return value.mean().to(.cpu).values(as: Float.self)[0]
    }
    let expected = size == 2 ? 1 : Float(1) / Float(1 << 20)
    for result in results { #expect(try result.get() == expected) }
  }

  @Test("gradients of devices become the sums over all ranks", arguments: [8, 1 << 20])
  func buckets(bytes: Int) throws {
    let size = size
    let results = inRanks(size) { group in
      let parameters = [[2], [3, 2]].map {
        Parameter(Tensor.zeros($0).to(.cuda(group.rank)))
      }
      let buckets = GradientBuckets(group, parameters, bytes: bytes)
      buckets.begin()
      let sums = parameters.enumerated().map {
        ($0.element.value * Scalar(Double($0.offset + 1))).sum()
      }
      ((sums[0] + sums[1]) * Scalar(Double(group.rank + 1))).backward()
      try buckets.finish()
      return parameters.map { $0.gradient?.to(.cpu).values(as: Float.self) ?? [] }
    }
    let ranks = Float((1...size).reduce(0, +))
    for result in results {
      #expect(
        try result.get() == [
          [Float](repeating: ranks, count: 2), [Float](repeating: 2 * ranks, count: 6),
        ])
    }
  }

  @Test("a rank that says why it stops ends the devices' exchanges")
  func leaves() throws {
    guard size == 2 else { return }
    let results = inRanks(2) { group in
      let value = Tensor.zeros([8]).to(.cuda(group.rank))
      _ = try group.sum(value)
      if group.rank == 1 { return group.leave(because: "the data are gone") }
      while true { _ = try group.sum(value) }
    }
    let loss = ProcessGroupError.lost([.init(rank: 1, reason: "the data are gone")], size: 2)
    #expect(throws: loss) { try results[0].get() }
  }
}
