import HoneNN
import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

struct GoldenLayerTests {
  @Test(
    "layers compute PyTorch's outputs, gradients and running statistics",
    arguments: try Golden.layers() + Golden.catalogue())
  func golden(_ golden: Golden.Layer) throws {
    var stream = testStream()
    let layer = try #require(makeLayer(named: golden.name, using: &stream))
    layer.move(dtype: .float64)
    try layer.load(state(golden.stateBefore, of: layer))
    golden.training ? layer.train() : layer.evaluate()
    var input = golden.input.tensor(asInteger: golden.isInteger)
    if !golden.isInteger { input = input.requiringGradient() }
    let output = layer(input)
    #expect(agree(output, golden.output))
    if output.requiresGradient { output.backward(golden.outputGradient.tensor()) }
    if let expected = golden.inputGradient {
      #expect(agree(try #require(input.gradient), expected))
    }
    let parameters = layer.namedParameters
    #expect(Set(parameters.map(\.name)) == Set(golden.gradients.keys))
    for (name, parameter) in parameters {
      let expected = try #require(golden.gradients[name])
      #expect(agree(try #require(parameter.gradient), expected), "\(name)")
    }
    for entry in layer.stateDictionary.entries {
      let expected = try #require(golden.stateAfter[entry.name])
      #expect(agree(Tensor(entry.value), expected), "\(entry.name)")
    }
  }

  @Test(
    "layers keep the contract of modules",
    arguments: try Golden.layers() + Golden.catalogue())
  func contract(_ golden: Golden.Layer) throws {
    var stream = testStream()
    _ = try #require(makeLayer(named: golden.name, using: &stream))
    // Random layers keep it in RandomLayerTests, one after the other.
    if golden.name == "rreluEvaluation" { return }
    let input = golden.input.tensor(asInteger: golden.isInteger)
    let differences: DifferenceCheck =
      golden.name == "embeddingPadding"
      ? .never : golden.name.hasPrefix("spectralNorm") ? .inEvaluation : .always
    let failures = moduleContractFailures(
      {
        var stream = testStream()
        return makeLayer(named: golden.name, using: &stream) ?? Identity()
        // Reference inputs have three decimals; a shift keeps them off bends and jumps.
      }, input: golden.isInteger ? input : (input + 0.00037).cast(to: .float32),
      differences: differences)
    #expect(failures == [])
  }

  @Test(
    "shapes inferred without elements are those of the outputs",
    arguments: try Golden.layers() + Golden.catalogue())
  func shapes(_ golden: Golden.Layer) throws {
    var stream = testStream()
    let layer = try #require(makeLayer(named: golden.name, using: &stream))
    layer.move(to: .meta)
    let dtype: DType = golden.isInteger ? .int64 : .float32
    #expect(try layer.outputShape(for: golden.input.shape, dtype: dtype) == golden.output.shape)
  }

  @Test("every reference case has a layer of its own")
  func complete() throws {
    let names = try (Golden.layers() + Golden.catalogue()).map(\.name)
    #expect(names.count >= 120)
    #expect(Set(names).count == names.count)
  }
}

private func state(
  _ arrays: [String: Golden.Array], of layer: any Layer<Tensor, Tensor>
) -> StateDictionary {
  let types = Dictionary(
    uniqueKeysWithValues: layer.stateDictionary.entries.map { ($0.name, $0.value.dtype) })
  return StateDictionary(
    arrays.sorted { $0.key < $1.key }.map { name, array in
      let isInteger = types[name] == .int64
      return .init(name: name, value: array.tensor(asInteger: isInteger).hostTensor())
    })
}

private func makeLayer(
  named name: String, using stream: inout RandomStream
) -> (any Layer<Tensor, Tensor>)? {
  if let layer = convolution(named: name, using: &stream) { return layer }
  switch name {
  case "linear": return Linear(inputs: 5, outputs: 3, using: &stream)
  case "linearWithoutBias": return Linear(inputs: 5, outputs: 3, bias: false, using: &stream)
  case "batchNormRows": return BatchNorm(features: 5)
  case "batchNormImages", "batchNormEvaluation": return BatchNorm(features: 4)
  case "batchNormPlain":
    return BatchNorm(features: 4, momentum: 0.3, epsilon: 1e-3, affine: false)
  case "layerNorm": return LayerNorm(normalizedShape: [6, 5])
  case "groupNorm": return GroupNorm(groups: 2, features: 4)
  case "embedding": return Embedding(entries: 7, features: 3, using: &stream)
  case "embeddingPadding":
    return Embedding(entries: 7, features: 3, paddingIndex: 2, using: &stream)
  case "maxPool1d": return MaxPool1d(window: 3, stride: 2, padding: 1)
  case "maxPool2d": return MaxPool2d(window: 3, stride: 2, padding: 1)
  case "averagePool2d": return AveragePool2d(window: 3, stride: 2, padding: 1)
  case "adaptiveAveragePool2d": return AdaptiveAveragePool2d(size: 3)
  case "globalAveragePool": return GlobalAveragePool()
  case "flatten": return Flatten()
  case "softmax": return Softmax()
  case "sequential":
    return Sequential {
      Linear(inputs: 5, outputs: 4, using: &stream)
      BatchNorm(features: 4)
      ReLU()
      Linear(inputs: 4, outputs: 2, using: &stream)
    }
  default:
    return activation(named: name)?.layer ?? LayerCatalogue.make(name, using: &stream)
  }
}

private func convolution(
  named name: String, using stream: inout RandomStream
) -> (any Layer<Tensor, Tensor>)? {
  switch name {
  case "conv1d":
    Conv1d(inputs: 4, outputs: 6, kernel: 3, stride: 2, padding: 1, using: &stream)
  case "conv1dSame":
    Conv1d(inputs: 4, outputs: 6, kernel: 4, padding: .same, dilation: 2, using: &stream)
  case "conv2d":
    Conv2d(inputs: 4, outputs: 6, kernel: 3, stride: 2, padding: 1, using: &stream)
  case "conv2dSame":
    Conv2d(inputs: 4, outputs: 6, kernel: 4, padding: .same, using: &stream)
  case "conv2dGroups":
    Conv2d(
      inputs: 4, outputs: 6, kernel: 3, padding: 2, dilation: 2, groups: 2, bias: false,
      using: &stream)
  default: nil
  }
}

private func activation(named name: String) -> Activation? {
  switch name {
  case "relu": .relu
  case "leakyReLU": .leakyReLU(slope: 0.2)
  case "elu": .elu(alpha: 0.7)
  case "selu": .selu
  case "gelu": .gelu()
  case "geluTanh": .gelu(approximation: .tanh)
  case "silu": .silu
  case "mish": .mish
  case "hardSwish": .hardSwish
  case "softplus": .softplus()
  case "tanh": .tanh
  case "sigmoid": .sigmoid
  default: nil
  }
}
