import HoneText

/// A layer as a configuration describes it; inputs are inferred when the model is built.
///
/// Layers come in families, each an enum of its own with its catalogue and its maker. A file names a
/// layer without its family, and so does the coding: `{"linear": {"outputs": 10}}`.
///
/// ```swift
/// let layers: [LayerSpecification] = [
///   .reshaping(.flatten()), .weight(.linear(outputs: 256)), .activation(.relu),
///   .weight(.linear(outputs: .classes)),
/// ]
/// ```
public enum LayerSpecification: Sendable, Equatable {
  /// A layer that multiplies features by weights.
  case weight(Weight)
  /// A layer that slides weights over positions.
  case convolution(Convolution)
  /// A layer that summarises or multiplies positions.
  case pooling(Pooling)
  /// A layer for sequences.
  case temporal(Temporal)
  /// A layer that brings activations to a common scale.
  case normalization(Normalization)
  /// A layer that disturbs or penalises activations while training.
  case noise(Noise)
  /// A nonlinearity.
  case activation(Activation)
  /// A layer that changes the shape and no value.
  case reshaping(Reshaping)
  /// A layer made of layers.
  case container(Container)
}

/// The families of layers, in the order of the catalogue.
enum LayerFamily: CaseIterable {
  case weight, convolution, pooling, temporal, normalization, noise, activation, reshaping
  case container

  var components: [Component] {
    switch self {
    case .weight: Component.weightLayers
    case .convolution: Component.convolutionLayers
    case .pooling: Component.poolingLayers
    case .temporal: Component.temporalLayers
    case .normalization: Component.normalizationLayers
    case .noise: Component.noiseLayers
    case .activation: Component.activationLayers
    case .reshaping: Component.reshapingLayers
    case .container: Component.containerLayers
    }
  }

  var heading: Localized {
    switch self {
    case .weight: Localized("Weights", korean: "가중치")
    case .convolution: Localized("Convolutions", korean: "합성곱")
    case .pooling: Localized("Pooling and resampling", korean: "풀링과 크기 조절")
    case .temporal: Localized("Sequences", korean: "시퀀스")
    case .normalization: Localized("Normalization", korean: "정규화")
    case .noise: Localized("Dropout and noise", korean: "드롭아웃과 잡음")
    case .activation: Localized("Activations", korean: "활성화 함수")
    case .reshaping: Localized("Shapes", korean: "형상")
    case .container: Localized("Containers", korean: "층을 묶는 층")
    }
  }

  /// The family of each name.
  private static let byName = Dictionary(
    uniqueKeysWithValues: allCases.flatMap { family in
      family.components.map { ($0.name, family) }
    })

  init?(ofLayer name: String) {
    guard let family = LayerFamily.byName[name] else { return nil }
    self = family
  }
}

extension LayerSpecification: Codable {
  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Reads a map of one layer's name to its parameters.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    guard let name = container.allKeys.first?.stringValue, let family = LayerFamily(ofLayer: name)
    else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "A layer is a map of its name."))
    }
    self =
      switch family {
      case .weight: .weight(try Weight(from: decoder))
      case .convolution: .convolution(try Convolution(from: decoder))
      case .pooling: .pooling(try Pooling(from: decoder))
      case .temporal: .temporal(try Temporal(from: decoder))
      case .normalization: .normalization(try Normalization(from: decoder))
      case .noise: .noise(try Noise(from: decoder))
      case .activation: .activation(try Activation(from: decoder))
      case .reshaping: .reshaping(try Reshaping(from: decoder))
      case .container: .container(try Container(from: decoder))
      }
  }

  /// Writes a map of the layer's name to its parameters.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .weight(let layer): try layer.encode(to: encoder)
    case .convolution(let layer): try layer.encode(to: encoder)
    case .pooling(let layer): try layer.encode(to: encoder)
    case .temporal(let layer): try layer.encode(to: encoder)
    case .normalization(let layer): try layer.encode(to: encoder)
    case .noise(let layer): try layer.encode(to: encoder)
    case .activation(let layer): try layer.encode(to: encoder)
    case .reshaping(let layer): try layer.encode(to: encoder)
    case .container(let layer): try layer.encode(to: encoder)
    }
  }
}
