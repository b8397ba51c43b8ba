import HoneNN
import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

struct LayerTests {
  @Test("a sequence of layers keeps the contract of modules")
  func contract() {
    let make: () -> any Layer<Tensor, Tensor> = {
      var stream = testStream()
      return Sequential {
        Flatten()
        Linear(inputs: 144, outputs: 5, using: &stream)
        LayerNorm(features: 5)
        Dropout()
      }
    }
    #expect(
      moduleContractFailures(make, input: randomTensor([3, 4, 6, 6]), isRandom: true) == [])
  }

  @Test("dropout zeroes a share, scales the rest, and does nothing in evaluation")
  func dropout() {
    let layer = Dropout(probability: 0.25)
    let input = Tensor.ones([10_000])
    let values = layer(input).floats
    let share = Double(values.count { $0 == 0 }) / 10_000
    #expect(abs(share - 0.25) < 5 * (0.25 * 0.75 / 10_000).squareRoot())
    #expect(values.allSatisfy { $0 == 0 || abs($0 - 4 / 3) < 1e-6 })
    layer.isTraining = false
    #expect(layer(input).isIdentical(to: input))
  }

  @Test(
    "both kernels of a linear layer agree forward and backward",
    arguments: [
      [1, 7, 5], [3, 64, 10], [130, 784, 16], [33, 128, 257], [200, 512, 400], [1100, 256, 240],
    ])
  func kernels(_ extents: [Int]) throws {
    guard Tensor.hasFastLinear else { return }
    let (rows, inputs, outputs) = (extents[0], extents[1], extents[2])
    var stream = testStream()
    let layer = Linear(inputs: inputs, outputs: outputs, using: &stream)
    let results = try [Linear.Kernel.standard, .oneDNN].map { kernel in
      layer.kernel = kernel
      layer.clearGradients()
      let input = randomTensor([rows, inputs]).requiringGradient()
      let output = layer(input)
      output.backward(randomTensor([rows, outputs], seed: 8))
      let gradients = try layer.parameters.map { try #require($0.gradient).clone() }
      return [output, try #require(input.gradient)] + gradients
    }
    for (standard, fast) in zip(results[0], results[1]) {
      // Sums of up to 784 products in float32, in another order.
      #expect(fast.isClose(to: standard, relative: 1e-4, absolute: 1e-3))
    }
    layer.kernel = .automatic
    let input = randomTensor([rows, inputs])
    #expect(
      withoutGradients { layer(input) }.isClose(to: layer(input), relative: 1e-4, absolute: 1e-4))
  }

  @Test("wrong shapes are refused in full sentences")
  func sentences() {
    var stream = testStream()
    let cases: [(any Layer<Tensor, Tensor>, [Int], String)] = [
      (
        Linear(inputs: 784, outputs: 10, using: &stream), [32, 28, 28],
        "Linear(inputs: 784, outputs: 10) received a tensor of shape [32, 28, 28]; its last "
          + "dimension must be 784. Insert Flatten() before it."
      ),
      (
        Conv2d(inputs: 3, outputs: 4, kernel: 3, using: &stream), [2, 1, 8, 8],
        "Conv2d(inputs: 3, outputs: 4, kernel: 3) received a tensor of shape [2, 1, 8, 8]; "
          + "dimension 1 (channels) must be 3."
      ),
      (
        Conv2d(inputs: 3, outputs: 4, kernel: 5, using: &stream), [2, 3, 4, 8],
        "Conv2d(inputs: 3, outputs: 4, kernel: 5) received a tensor of shape [2, 3, 4, 8]; with "
          + "padding 0 its kernel spans 5, more than the extent 4. Use a smaller kernel or more "
          + "padding."
      ),
      (
        MaxPool2d(window: 2), [2, 3, 1, 4],
        "MaxPool2d(window: 2) received a tensor of shape [2, 3, 1, 4], smaller than its window. "
          + "Use fewer poolings or a smaller window."
      ),
      (
        BatchNorm(features: 3), [1, 3],
        "BatchNorm(features: 3) received a tensor of shape [1, 3] in training; the variance of "
          + "one value is not defined. Leave the last batch out where it has a single sample, or "
          + "call evaluate() first."
      ),
      (
        BatchNorm(features: 3, tracksRunningStatistics: false), [1, 3],
        "BatchNorm(features: 3) received a tensor of shape [1, 3], and has no running statistics; "
          + "the variance of one value is not defined. Give it more values, or track statistics."
      ),
      (
        LayerNorm(features: 4), [2, 3],
        "LayerNorm(normalizedShape: [4]) received a tensor of shape [2, 3]; its last dimensions "
          + "must be [4]."
      ),
      (
        GlobalAveragePool(), [2, 3],
        "GlobalAveragePool() received a tensor of shape [2, 3]; it must have positions behind "
          + "[batch, channels]. Put it before Flatten()."
      ),
    ]
    for (layer, shape, sentence) in cases {
      let error = #expect(throws: TorchError.self) {
        try catchingTorchErrors { layer(Tensor.zeros(shape)) }
      }
      #expect(error?.message == sentence)
    }
  }

  @Test("shapes are inferred without elements, and misfits thrown")
  func shapes() throws {
    var stream = testStream()
    let model = Sequential {
      Conv2d(inputs: 1, outputs: 8, kernel: 3, padding: 1, device: .meta, using: &stream)
      BatchNorm(features: 8, device: .meta)
      ReLU()
      MaxPool2d(window: 2)
      Flatten()
      Dropout()
      Linear(inputs: 1568, outputs: 10, device: .meta, using: &stream)
    }
    #expect(try model.outputShape(for: [2, 1, 28, 28]) == [2, 10])
    #expect(throws: TorchError.self) { try model.outputShape(for: [2, 1, 32, 32]) }
  }

  @Test("a layer takes one draw, so that options of one leave the others' first values alone")
  func draws() {
    func last(bias: Bool, initializer: Initializer) -> [Float] {
      with { stream in
        _ = Linear(inputs: 3, outputs: 4, bias: bias, initializer: initializer, using: &stream)
        return Linear(inputs: 4, outputs: 2, using: &stream).weight.value.floats
      }
    }
    let reference = last(bias: true, initializer: .standard)
    #expect(last(bias: false, initializer: .orthogonal()) == reference)
  }
}

private func with<Value>(_ make: (inout RandomStream) -> Value) -> Value {
  var stream = testStream()
  return make(&stream)
}
