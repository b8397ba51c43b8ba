import Foundation
import HoneNN
import HoneNumerics
import HoneRecords
import HoneTensor

/// e to the power of the input, which Keras offers as an activation.
final class Exponential: Layer {
  func callAsFunction(_ input: Tensor) -> Tensor {
    input.isMeta ? input : input.exponential().traced(as: "exponential")
  }
}

/// A case's model, layer by layer.
struct CaseModel {
  let model: Sequential
  /// The largest penalty on squared weights, as Keras counts it.
  let penalty: Double
  /// The last activation; nil where the model ends in a layer with weights.
  let lastActivation: String?
  /// The numbers that the model gives for a sample.
  let outputs: Int

  init(_ record: CaseRecord, inputShape: [Int], using stream: inout RandomStream) throws {
    var builder = Builder(shape: inputShape, stream: stream)
    let wanted = record.data["input_shape"]?.items.count ?? inputShape.count
    // A case may speak of 784 pixels and fold them into an image before its first convolution.
    let beginsWithImage = record.layers.first?["t"]?.word == "conv2d"
    if wanted == 1, inputShape.count > 1, !beginsWithImage { builder.flatten() }
    for layer in record.layers { try builder.add(layer) }
    stream = builder.stream
    model = Sequential(builder.layers)
    // As the ready models do.
    model.arrange(.channelsLast)
    penalty = builder.penalty
    lastActivation = builder.lastActivation
    outputs = builder.shape.last ?? 1
  }

  private struct Builder {
    var shape: [Int]
    var stream: RandomStream
    var layers: [any Layer<Tensor, Tensor>] = []
    var penalty = 0.0
    var lastActivation: String?

    mutating func flatten() {
      layers.append(Flatten())
      shape = [shape.reduce(1, *)]
    }

    mutating func add(_ layer: ConfigurationValue) throws {
      let kind = layer["t"]?.word ?? "?"
      penalty = max(penalty, layer["l2"]?.double ?? 0)
      switch kind {
      case "dense": try addDense(layer)
      case "conv2d": try addConvolution(layer)
      case "maxpool2d", "avgpool2d": try addPool(layer, isMaximum: kind == "maxpool2d")
      case "batchnorm":
        layers.append(
          BatchNorm(
            features: shape[0], momentum: 1 - (layer["momentum"]?.double ?? 0.99),
            epsilon: layer["epsilon"]?.double ?? 1e-3))
      case "layernorm": layers.append(LayerNorm(normalizedShape: shape))
      case "dropout":
        let rate = layer["rate"]?.double ?? (layer["rate"]?.word == nil ? 0.5 : 0.8)
        layers.append(Dropout(probability: min(max(rate, 0), 0.99)))
      case "flatten": if shape.count > 1 { flatten() }
      case "globalavgpool2d", "global_average_pooling2d":
        layers.append(GlobalAveragePool())
        shape = [shape[0]]
      case "act", "activation": try addActivation(layer["f"]?.word ?? "linear")
      default: throw Unavailable(reason: "layer \(kind) is not known")
      }
    }

    private mutating func addDense(_ layer: ConfigurationValue) throws {
      if shape.count > 1 { flatten() }
      let units = Int(layer["units"]?.double ?? 1)
      let linear = Linear(
        inputs: shape[0], outputs: units, bias: hasBias(layer),
        initializer: try initializer(layer["init"]?.word ?? "glorot_uniform"), using: &stream)
      try begin(linear.bias, layer, inputs: shape[0], units: units)
      layers.append(linear)
      shape = [units]
      lastActivation = nil
      try addInline(layer)
    }

    private mutating func addConvolution(_ layer: ConfigurationValue) throws {
      guard shape.count == 3 else { throw Unavailable(reason: "conv2d on shape \(shape)") }
      let kernel = pair(layer["k"] ?? .integer(3))
      let stride = pair(layer["stride"] ?? .integer(1))
      let filters = Int(layer["filters"]?.double ?? 1)
      let isSame = layer["pad"]?.word == "same"
      guard !isSame || (stride == [1, 1] && kernel.allSatisfy { $0 % 2 == 1 }) else {
        throw Unavailable(reason: "conv2d of kernel \(kernel), stride \(stride), padding same")
      }
      let padding = isSame ? kernel.map { $0 / 2 } : [0, 0]
      let convolution = Conv2d(
        inputs: shape[0], outputs: filters, kernel: kernel,
        stride: stride, padding: .amounts(padding), bias: hasBias(layer),
        initializer: try initializer(layer["init"]?.word ?? "glorot_uniform"), using: &stream)
      try begin(
        convolution.bias, layer, inputs: shape[0] * kernel[0] * kernel[1], units: filters)
      layers.append(convolution)
      shape =
        [filters]
        + (0..<2).map { axis in
          (shape[axis + 1] + 2 * padding[axis] - kernel[axis]) / stride[axis] + 1
        }
      lastActivation = nil
      try addInline(layer)
    }

    private mutating func addPool(_ layer: ConfigurationValue, isMaximum: Bool) throws {
      guard shape.count == 3 else { throw Unavailable(reason: "pooling on shape \(shape)") }
      let window = pair(layer["k"] ?? .integer(2))
      let stride = pair(layer["stride"] ?? layer["k"] ?? .integer(2))
      let isSame = layer["pad"]?.word == "same"
      layers.append(
        isMaximum
          ? MaxPool2d(window: window, stride: stride, ceilMode: isSame)
          : AveragePool2d(window: window, stride: stride))
      shape =
        [shape[0]]
        + (0..<2).map { axis in
          let rest = shape[axis + 1] - window[axis]
          return (isSame ? (rest + stride[axis] - 1) : rest) / stride[axis] + 1
        }
    }

    private mutating func addInline(_ layer: ConfigurationValue) throws {
      if let name = layer["activation"]?.word { try addActivation(name) }
    }

    private mutating func addActivation(_ name: String) throws {
      lastActivation = name == "linear" ? nil : name
      switch name {
      case "linear", "none": return
      case "softmax": layers.append(Softmax(along: 1))
      case "exponential": layers.append(Exponential())
      default:
        guard let activation = Self.activations[name] else {
          throw Unavailable(reason: "activation \(name) is not known")
        }
        layers.append(activation.layer)
      }
    }

    private static let activations: [String: Activation] = [
      "relu": .relu, "tanh": .tanh, "sigmoid": .sigmoid, "elu": .elu(), "selu": .selu,
      "softplus": .softplus(), "softsign": .softsign, "hard_sigmoid": .hardSigmoid,
      "leaky_relu": .leakyReLU(slope: 0.3), "leakyrelu": .leakyReLU(slope: 0.3),
      "gelu": .gelu(), "swish": .silu, "silu": .silu, "relu6": .relu6,
    ]

    private func hasBias(_ layer: ConfigurationValue) -> Bool {
      layer["bias"]?.flag ?? layer["bias_used"]?.flag ?? true
    }

    private mutating func begin(
      _ bias: Parameter?, _ layer: ConfigurationValue, inputs: Int, units: Int
    ) throws {
      guard let bias else { return }
      let name = layer["bias_init"]?.word ?? "zeros"
      // Keras counts one number as both sides of a vector of biases.
      let scaled = Double(max(units, 1))
      let initializer =
        name.hasPrefix("glorot") || name.hasPrefix("he") || name.hasPrefix("lecun")
        ? Initializer.normal(standardDeviation: (1 / scaled).squareRoot())
        : try self.initializer(name)
      bias.assign(initializer.tensor([units], using: &stream))
    }

    private func pair(_ value: ConfigurationValue) -> [Int] {
      let numbers = value.items.compactMap { $0.double.map { Int($0) } }
      if numbers.count == 2 { return numbers }
      let single = Int(value.double ?? 1)
      return [single, single]
    }

    /// Keras' initializers, by name or as "normal(0,1)".
    private func initializer(_ text: String) throws -> Initializer {
      let name = String(text.prefix { $0 != "(" }).lowercased()
      let numbers = text.dropFirst(name.count).split { !"-0123456789.eE+".contains($0) }
        .compactMap { Double($0) }
      switch name {
      case "he_uniform": return .varianceScaling(scale: 2, distribution: .uniform)
      case "he_normal": return .varianceScaling(scale: 2)
      case "glorot_uniform", "xavier": return .xavierUniform()
      case "glorot_normal": return .xavierNormal()
      case "lecun_normal": return .varianceScaling(scale: 1)
      case "lecun_uniform": return .varianceScaling(scale: 1, distribution: .uniform)
      case "uniform", "random_uniform":
        return numbers.count == 2 && numbers[0] < numbers[1]
          ? .uniform(numbers[0]...numbers[1]) : .uniform(-0.05...0.05)
      case "normal", "random_normal", "n":
        return .normal(mean: numbers.first ?? 0, standardDeviation: numbers.last ?? 0.05)
      case "truncated_normal":
        return .truncatedNormal(mean: numbers.first ?? 0, standardDeviation: numbers.last ?? 0.05)
      case "zeros", "zero": return .zeros
      case "ones", "one": return .ones
      case "constant": return .constant(numbers.first ?? 0)
      case "orthogonal": return .orthogonal()
      default: throw Unavailable(reason: "initializer \(text) is not known")
      }
    }
  }
}
