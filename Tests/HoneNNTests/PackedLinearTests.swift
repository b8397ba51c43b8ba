import HoneNN
import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

/// Linear maps with a packed weight, beside libtorch's product.
struct PackedLinearTests {
  private func linear(_ inputs: Int, _ outputs: Int, bias: Bool = true) -> Linear {
    var stream = testStream()
    let linear = Linear(inputs: inputs, outputs: outputs, bias: bias, using: &stream)
    linear.bias?.assign(randomTensor([outputs], seed: 9))
    return linear
  }

  private func agrees(_ linear: Linear, _ input: Tensor) -> Bool {
    withoutGradients {
      let plain = withStandardKernels { linear(input) }
      return linear(input).isClose(to: plain, relative: 1e-4, absolute: 1e-5)
    }
  }

  @Test(
    "both give the same",
    arguments: [[64, 784], [1, 4000], [5, 12, 1100], [50, 3, 237], [2, 100, 256]], [16, 272])
  func shapes(_ shape: [Int], _ outputs: Int) {
    for bias in [true, false] {
      let linear = linear(shape[shape.count - 1], outputs, bias: bias)
      #expect(agrees(linear, randomTensor(shape)))
      let turned = randomTensor(shape.reversed()).permuted(Array(shape.indices.reversed()))
      #expect(agrees(linear, turned))
    }
  }

  @Test("a changed weight and shift are noticed, and training has no packed weight")
  func changes() {
    let linear = linear(256, 64)
    let input = randomTensor([128, 256])
    #expect(agrees(linear, input))
    linear.weight.assign(randomTensor([64, 256], seed: 12))
    #expect(agrees(linear, input))
    linear.bias?.assign(randomTensor([64], seed: 13))
    #expect(agrees(linear, input))
    let output = linear(input)
    output.sum().backward()
    #expect(linear.weight.gradient != nil)
    linear.weight.assign(randomTensor([64, 256], seed: 14))
    #expect(agrees(linear, input))
  }

  /// In a process of its own: the number of threads is the process's.
  @Test("any number of threads gives the same to the bit")
  func threads() async {
    await #expect(processExitsWith: .success) {
      let linear = PackedLinearTests().linear(512, 128)
      for rows in [40, 300] {
        let input = randomTensor([rows, 512])
        var found: [[Float]] = []
        for threads in [1, 2, 3] {
          Torch.threads = threads
          found.append(withoutGradients { linear(input) }.floats)
        }
        #expect(Set(found).count == 1)
      }
    }
  }
}
