import HoneTensor
import Testing

@Suite struct TensorTests {
  @Test("elements, shape and type survive the way to libtorch and back")
  func roundTrip() {
    let host = HostTensor([1.5, -2, 3, 4, 5, 6] as [Float], shape: [2, 3])
    let tensor = Tensor(host)
    #expect(tensor.shape == [2, 3] && tensor.dtype == .float32 && tensor.count == 6)
    #expect(tensor.hostTensor() == host)
    #expect(tensor.transposed().hostTensor().values(as: Float.self) == [1.5, 4, -2, 5, 3, 6])
  }

  @Test("an empty tensor is a tensor")
  func empty() {
    let tensor = Tensor([Float](), shape: [0, 3])
    #expect(tensor.shape == [0, 3] && tensor.floats.isEmpty && tensor.sum().item() == 0)
  }

  @Test("arithmetic broadcasts and keeps operands")
  func arithmetic() {
    let a = Tensor([1, 2, 3] as [Float])
    let b = Tensor([[10], [20]].flatMap { $0 } as [Float], shape: [2, 1])
    #expect((a + b).floats == [11, 12, 13, 21, 22, 23])
    #expect((1 - a).floats == [0, -1, -2])
    #expect((6 / a).floats == [6, 3, 2])
    #expect((a * 2.5).floats == [2.5, 5, 7.5])
    #expect((-a).power(2).floats == [1, 4, 9])
    #expect(a.floats == [1, 2, 3])
  }

  @Test("whole-number scalars do not change the element type")
  func scalarKinds() {
    #expect((Tensor([1, 2] as [Int]) * 3).dtype == .int64)
    #expect((Tensor([1, 2] as [Int]) * 3.0).dtype == .float32)
  }

  @Test("values on the meta device have shapes and no elements")
  func meta() {
    let weight = Tensor.zeros([10, 784], device: .meta)
    let output = Tensor.zeros([32, 784], device: .meta).linear(weight)
    #expect(output.shape == [32, 10] && output.device == .meta)
  }

  @Test("the same seed gives the same numbers; a state continues where it was taken")
  func randomness() {
    let first = RandomSource(seed: 7)
    let second = RandomSource(seed: 7)
    #expect(Tensor.normal([5], using: first).isIdentical(to: .normal([5], using: second)))
    let state = first.state
    let next = Tensor.uniform([5], using: first)
    first.state = state
    #expect(Tensor.uniform([5], using: first).isIdentical(to: next))
    #expect(!Tensor.uniform([5], using: first).isIdentical(to: next))
  }

  @Test("tensors free their handles", .timeLimit(.minutes(1)))
  func leaks() async throws {
    // Other suites make tensors at the same time: a process of its own counts undisturbed.
    await #expect(processExitsWith: .success) {
      let before = Tensor.liveCount
      for _ in 0..<10 {
        let x = Tensor.ones([4, 4]).requiringGradient()
        let y = (x.multiplied(by: x) * 2).sum()
        y.backward()
        _ = x.gradient?.split(size: 2)
      }
      precondition(Tensor.liveCount == before)
    }
  }
}
