import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

@testable import HoneNN

/// Which product a linear map takes.
struct LinearKernelChoiceTests {
  @Test("few rows train by libtorch's product, many and large ones by oneDNN's")
  func sizes() {
    func trains(_ rows: Int, _ inputs: Int, _ outputs: Int) -> Bool {
      LinearKernelChoice.prefersOneDNNInTraining(rows: rows, inputs: inputs, outputs: outputs)
    }
    #expect(!trains(128, 784, 256))
    #expect(!trains(1024, 128, 64))
    #expect(!trains(100_000, 1024, 10))
    #expect(trains(4096, 256, 256))
    #expect(trains(2048, 1024, 1024))
  }

  @Test("standard kernels, autocast and other types keep libtorch's product")
  func exceptions() {
    let weight = randomTensor([256, 256])
    let input = randomTensor([2, 1024, 256])
    func uses(_ input: Tensor) -> Bool {
      LinearKernelChoice.usesOneDNN(input, input.shape, weight, outputs: 256)
    }
    #expect(uses(input) == Tensor.trainsFastLinear)
    #expect(!withStandardKernels { uses(input) })
    #expect(!withAutocast(.bfloat16, on: .cpu) { uses(input) })
    #expect(!uses(input.cast(to: .float64)))
    #expect(!uses(randomTensor([256])))
  }

  /// Gradients for the weight of a map whose outputs, or inputs, are the wider side.
  private func weightGradients() throws -> [Tensor] {
    try [(256, 304), (304, 250)].map { inputs, outputs in
      var stream = testStream()
      let layer = Linear(inputs: inputs, outputs: outputs, using: &stream)
      layer.kernel = .oneDNN
      layer(randomTensor([1030, inputs])).backward(randomTensor([1030, outputs], seed: 2))
      return try #require(layer.weight.value.gradient)
    }
  }

  @Test("the gradient for the weight is that of libtorch's product")
  func agrees() throws {
    guard Tensor.hasFastLinear else { return }
    let expected = [(256, 304), (304, 250)].map { inputs, outputs in
      randomTensor([1030, outputs], seed: 2).cast(to: .float64).transposed(0, 1)
        .multiplied(by: randomTensor([1030, inputs]).cast(to: .float64))
    }
    for (own, expected) in zip(try weightGradients(), expected) {
      #expect(
        own.cast(to: .float64).isClose(to: expected, relative: 1e-4, absolute: 1e-3))
    }
  }

  @Test("no rows give a gradient of zeros")
  func empty() throws {
    guard Tensor.hasFastLinear else { return }
    var stream = testStream()
    let layer = Linear(inputs: 32, outputs: 16, using: &stream)
    layer.kernel = .oneDNN
    layer(randomTensor([0, 32])).sum().backward()
    let gradient = try #require(layer.weight.value.gradient)
    #expect(gradient.floats == Array(repeating: 0, count: 16 * 32))
  }

  /// In a process of its own: the number of threads is the process's.
  @Test(
    "where the gradient for the weight is Hone's, the number of threads changes nothing",
    .enabled(if: Tensor.trainsFastLinear, "libtorch's product serves this processor"))
  func threads() async {
    await #expect(processExitsWith: .success) {
      func values(_ threads: Int) throws -> [[Float]] {
        Torch.threads = threads
        return try LinearKernelChoiceTests().weightGradients().map(\.floats)
      }
      let alone = try values(1)
      #expect(try values(2) == alone)
      #expect(try values(5) == alone)
    }
  }
}
