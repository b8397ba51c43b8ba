import Foundation
import HoneNumerics
import Testing

@testable import HoneTensor

/// Large blocks of memory that are handed out again.
struct KeptMemoryTests {
  @Test("blocks hold what was written last, and add up to a third above what was in use at most")
  func blocks() async {
    Torch.keepFreedMemory()
    await withTaskGroup(of: Void.self) { group in
      for worker in 0..<4 {
        group.addTask { churn(UInt64(worker)) }
      }
    }
    let memory = Torch.keptMemory
    #expect(memory.most >= 32 << 20)
    #expect(memory.kept > 0)
  }

  @Test("small blocks hold what was written last, whichever thread gives them back")
  func smallBlocks() async {
    Torch.keepFreedMemory()
    let held = await withTaskGroup(of: [Held].self) { group in
      for worker in 0..<4 { group.addTask { smallTensors(UInt64(worker)) } }
      return await group.reduce(into: []) { $0 += $1 }
    }
    for (value, tensor) in held.map({ ($0.value, $0.tensor) }) {
      #expect(tensor.minimum().item() == Double(value))
      #expect(tensor.maximum().item() == Double(value))
    }
  }

  /// `@unchecked Sendable`: made by one task, and read when that has ended.
  private struct Held: @unchecked Sendable {
    let value: Float
    let tensor: Tensor
  }

  /// Tensors of all sizes below a large block, some of which have taken the places of others.
  private func smallTensors(_ seed: UInt64) -> [Held] {
    var stream = RandomStream(seed: seed, "small tensors")
    var held: [Held] = []
    for round in 0..<2000 {
      let count = 1 + stream.index(below: 1 << stream.index(below: 18))
      let value = Float(seed) * 10_000 + Float(round)
      held.append(Held(value: value, tensor: Tensor.full([count], Scalar(Double(value)))))
      if held.count > 40 {
        let gone = held.remove(at: stream.index(below: held.count))
        let values = gone.tensor.hostTensor().values(as: Float.self)
        #expect(values.allSatisfy { $0 == gone.value })
      }
    }
    return held
  }

  /// Takes and gives back tensors of many sizes; each holds a number of its own.
  private func churn(_ seed: UInt64) {
    var generator = SystemRandomNumberGenerator()
    var held: [(value: Float, tensor: Tensor)] = []
    for round in 0..<200 {
      // From half of the smallest large block to eight times it, often one of a few sizes.
      let count =
        Bool.random(using: &generator)
        ? (1 << 17) * Int.random(in: 1...16, using: &generator)
        : Int.random(in: 1 << 17...1 << 21, using: &generator)
      let value = Float(seed) * 1000 + Float(round)
      held.append((value, Tensor.full([count], Scalar(Double(value)))))
      if held.count > 8 || Int.random(in: 0..<3, using: &generator) == 0 {
        let gone = held.remove(at: Int.random(in: held.indices, using: &generator))
        #expect(gone.tensor.minimum().item() == Double(gone.value))
        #expect(gone.tensor.maximum().item() == Double(gone.value))
      }
      let memory = Torch.keptMemory
      #expect(memory.used + memory.kept <= max(memory.most + memory.most / 3, 128 << 20))
    }
  }

  @Test("more than there is, is an error that says so, and what was kept serves the next tensor")
  func tooMuch() {
    Torch.keepFreedMemory()
    #expect(throws: TorchError.self) {
      try catchingTorchErrors { _ = Tensor.zeros([1 << 50]) }
    }
    #expect(Tensor.ones([1 << 20]).sum().item() == Double(1 << 20))
  }
}
