import HoneConfiguration
import HoneData
import HoneModels
import HoneNN
import HoneNumerics
import HoneRecords
import HoneTensor
import HoneText

/// Builds the model that a configuration names for data of a shape.
struct ModelAssembler {
  let configuration: Configuration
  /// The shape of one input, without the batch.
  let inputShape: [Int]
  /// How many numbers the model gives for a sample.
  var outputs: Int
  let device: Device
  /// The number of codes of each categorical column, where the last numbers of an input are codes.
  var cardinalities: [Int] = []
  /// How many token numbers there are, where inputs are token numbers with 0 for padding.
  var vocabulary: Int?

  func model(using stream: inout RandomStream) throws -> any Layer<Tensor, Tensor> {
    try refuseNumbersOfTokens()
    switch architecture {
    case .auto: fatalError("The automatic choice has been resolved before.")
    case .mlp(let widths, let activation, let normalization, let dropout, let repeats, let order):
      return MLP(
        inputs: inputShape.reduce(1, *), outputs: outputs, widths: widths,
        options: .init(
          activation: activation.live, normalization: normalization.live, dropout: dropout,
          repeats: repeats, order: order.map(\.live)),
        device: device, using: &stream)
    case .cnn(let width, let activation, let normalization, let dropout):
      let image = try imageShape("cnn")
      guard min(image[1], image[2]) >= 2 else {
        throw configuration.problem(at: "model", .imageTooSmall(image))
      }
      return CNN(
        inputs: image[0], height: image[1], width: image[2], outputs: outputs,
        options: .init(
          width: width, activation: activation.live, normalization: normalization.live,
          dropout: dropout),
        device: device, using: &stream)
    case .layers(let layers):
      return try layered(layers, using: &stream)
    case .bagOfEmbeddings, .textCNN, .lstm, .gru, .transformer:
      return try textModel(using: &stream)
    case .tabularMLP, .tabularResNet, .ftTransformer:
      return try tabularModel(using: &stream)
    default:
      return try imageModel(using: &stream)
    }
  }

  /// The architecture, an automatic choice resolved: a small convolution network for images of at
  /// least 16 pixels a side, a bag of embeddings for texts, a multilayer perceptron for the rest.
  var architecture: ModelConfiguration.Architecture {
    guard case .auto = configuration.model.architecture else {
      return configuration.model.architecture
    }
    if vocabulary != nil { return .bagOfEmbeddings() }
    let isLargeImage = inputShape.count == 3 && min(inputShape[1], inputShape[2]) >= 16
    return isLargeImage ? .cnn() : .mlp()
  }

  /// Refuses models that would take token numbers for quantities.
  private func refuseNumbersOfTokens() throws {
    switch architecture {
    case .bagOfEmbeddings, .textCNN, .lstm, .gru, .transformer: return
    default: break
    }
    guard vocabulary != nil else { return }
    throw configuration.problem(
      at: "model.name",
      Localized(
        "\(architecture.name) is no model for texts. Use bagOfEmbeddings, textCNN, lstm, gru or "
          + "transformer.",
        korean: "\(architecture.name)은(는) 텍스트용 모델이 아닙니다. bagOfEmbeddings, textCNN, lstm, gru, "
          + "transformer 중 하나를 사용하십시오."))
  }

  private func layered(
    _ layers: [LayerSpecification], using stream: inout RandomStream
  ) throws -> any Layer<Tensor, Tensor> {
    let assembler = LayerAssembler(
      configuration: configuration, outputs: outputs, device: device)
    let built = try assembler.sequence(
      layers, input: inputShape, at: "model.layers", using: &stream)
    guard built.shape == [outputs] else {
      throw configuration.problem(
        at: "model.layers",
        Localized(
          "the model gives \(built.shape) numbers for each sample, the data need [\(outputs)]. End "
            + "with flatten and linear: {outputs: classes}.",
          korean: "모델은 샘플마다 \(built.shape)을(를) 출력하지만 데이터에는 [\(outputs)]이(가) "
            + "필요합니다. flatten과 linear: {outputs: classes}로 끝내십시오."))
    }
    // As the ready models do; `meta` tensors have no memory to order.
    if device.kind != .meta { built.layer.arrange(.channelsLast) }
    return built.layer
  }

  func imageShape(_ name: String) throws -> [Int] {
    guard inputShape.count == 3 else {
      throw configuration.problem(
        at: "model.name",
        Localized(
          "\(name) is a model for images; the data are rows of \(inputShape.reduce(1, *)) numbers. "
            + "Use mlp.",
          korean: "\(name)은(는) 이미지용 모델이지만 데이터는 숫자 \(inputShape.reduce(1, *))개의 "
            + "행입니다. mlp를 사용하십시오."))
    }
    return inputShape
  }
}

extension Localized {
  fileprivate static func imageTooSmall(_ shape: [Int]) -> Localized {
    Localized(
      "images of \(shape[1])x\(shape[2]) are too small for cnn. Use mlp.",
      korean: "\(shape[1])x\(shape[2]) 이미지는 cnn에 너무 작습니다. mlp를 사용하십시오.")
  }
}

extension ActivationName {
  /// The activation as layers know it.
  var live: Activation {
    switch self {
    case .relu: .relu
    case .leakyReLU: .leakyReLU()
    case .elu: .elu()
    case .selu: .selu
    case .gelu: .gelu()
    case .silu: .silu
    case .mish: .mish
    case .tanh: .tanh
    case .sigmoid: .sigmoid
    case .softplus: .softplus()
    case .hardSwish: .hardSwish
    case .relu6: .relu6
    case .celu: .celu()
    case .hardSigmoid: .hardSigmoid
    case .hardTanh: .hardTanh()
    case .logSigmoid: .logSigmoid
    case .softsign: .softsign
    case .identity: .leakyReLU(slope: 1)
    }
  }
}

extension NormalizationLayer {
  /// The normalisation as models know it.
  var live: BlockNormalization {
    switch self {
    case .none: .none
    case .batchNorm: .batch
    case .layerNorm: .layer
    }
  }
}

extension BlockPart {
  /// The part as models know it.
  fileprivate var live: MLP.Piece {
    switch self {
    case .linear: .linear
    case .norm: .norm
    case .activation: .activation
    case .dropout: .dropout
    }
  }
}
