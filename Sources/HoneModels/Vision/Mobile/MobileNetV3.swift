public import HoneNN
public import HoneNumerics
public import HoneTensor

/// MobileNet's third version (Howard and others 2019, arXiv 1905.02244), as torchvision builds it.
///
/// First values are torchvision's: Kaiming's normal distribution by fan-out for convolutions, a
/// standard deviation of 0.01 for linear layers.
public final class MobileNetV3: ImageBackbone, ForeignWeights {
  /// Which of the two published networks.
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    /// The paper's table 2.
    case small
    /// The paper's table 1.
    case large
  }

  /// Convolutions and inverted residuals, at torchvision's positions.
  public let layers: Sequential
  /// From pooled features to those that the head judges.
  public let hidden: Linear
  /// Drops features before the head.
  public let dropout: Dropout
  /// From hidden features to the outputs.
  public var head: any Layer<Tensor, Tensor>
  /// The channels of each map that `featureMaps` gives.
  public let mapChannels: [Int]
  /// The extent of the hidden layer.
  public let featureCount: Int
  private let ends: [Int]

  /// A network.
  /// - Parameters:
  ///   - variant: which of the two published networks.
  ///   - inputs: the channels of an image.
  ///   - outputs: the number of classes or values.
  ///   - widthMultiplier: the factor of all channels.
  ///   - dropout: the share of features that training drops before the head.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public init(
    _ variant: Variant = .large, inputs: Int = 3, outputs: Int = 1000,
    widthMultiplier: Double = 1, dropout: Double = 0.2, device: Device = .cpu,
    using stream: inout RandomStream
  ) {
    var options = ConvolutionUnit.Options(epsilon: 1e-3, momentum: 0.01, activation: .hardSwish)
    var channels = divisible(16, by: widthMultiplier)
    var layers: [any Layer<Tensor, Tensor>] = [
      ConvolutionUnit(
        inputs, channels, kernel: [3, 3], stride: 2, options: options, device: device,
        using: &stream)
    ]
    var (ends, mapChannels): ([Int], [Int]) = ([], [])
    for row in variant.rows {
      if row.stride == 2 {
        ends.append(layers.count - 1)
        mapChannels.append(channels)
      }
      let expanded = divisible(row.expanded, by: widthMultiplier)
      let outputs = divisible(row.outputs, by: widthMultiplier)
      options.activation = row.isSwish ? .hardSwish : .relu
      let extents = InvertedResidual.Extents(
        inputs: channels, outputs: outputs, expanded: expanded, kernel: row.kernel,
        stride: row.stride, squeezed: row.isExcited ? divisible(expanded / 4) : nil,
        gate: .hardSigmoid)
      layers.append(InvertedResidual(extents, options: options, device: device, using: &stream))
      channels = outputs
    }
    options.activation = .hardSwish
    layers.append(
      ConvolutionUnit(
        channels, 6 * channels, kernel: [1, 1], options: options, device: device,
        using: &stream))
    self.layers = Sequential(layers)
    self.ends = ends + [layers.count - 1]
    self.mapChannels = mapChannels + [6 * channels]
    featureCount = divisible(variant == .large ? 1280 : 1024, by: widthMultiplier)
    hidden = smallHead(6 * channels, featureCount, device: device, using: &stream)
    self.dropout = Dropout(probability: dropout)
    head = smallHead(featureCount, outputs, device: device, using: &stream)
    if device.kind != .meta { arrange(.channelsLast) }
  }

  /// Logits or values.
  ///
  /// Input `[batch, inputs, height, width]`, output `[batch, outputs]`.
  public func callAsFunction(_ images: Tensor) -> Tensor { head(dropout(features(images))) }

  /// The last map of each resolution, from a half to a thirty-second of the image's.
  public func featureMaps(_ images: Tensor) -> [Tensor] {
    stageMaps(of: layers, after: ends, images)
  }

  /// The hidden features.
  public func features(_ images: Tensor) -> Tensor {
    Activation.hardSwish(hidden(GlobalAveragePool()(layers(images))))
  }

  /// A linear layer whose first weights have a standard deviation of 0.01.
  public func makeHead(
    outputs: Int, device: Device, using stream: inout RandomStream
  ) -> any Layer<Tensor, Tensor> {
    smallHead(featureCount, outputs, device: device, using: &stream)
  }

  /// torchvision's names.
  public var torchNames: WeightNames {
    [
      "layers": "features", "body": "block", "convolution": "0", "norm": "1", "squeeze": "fc1",
      "excitation": "fc2", "hidden": "classifier.0", "head": "classifier.3",
    ]
  }
}

extension MobileNetV3.Variant {
  /// One row of the paper's tables.
  fileprivate struct Row {
    let kernel: Int
    let expanded: Int
    let outputs: Int
    let isExcited: Bool
    let isSwish: Bool
    let stride: Int

    init(
      _ kernel: Int, _ expanded: Int, _ outputs: Int, _ isExcited: Bool, _ isSwish: Bool,
      _ stride: Int
    ) {
      self.kernel = kernel
      self.expanded = expanded
      self.outputs = outputs
      self.isExcited = isExcited
      self.isSwish = isSwish
      self.stride = stride
    }
  }

  fileprivate var rows: [Row] { self == .large ? Self.largeRows : Self.smallRows }

  private static let largeRows: [Row] = [
    Row(3, 16, 16, false, false, 1), Row(3, 64, 24, false, false, 2),
    Row(3, 72, 24, false, false, 1), Row(5, 72, 40, true, false, 2),
    Row(5, 120, 40, true, false, 1), Row(5, 120, 40, true, false, 1),
    Row(3, 240, 80, false, true, 2), Row(3, 200, 80, false, true, 1),
    Row(3, 184, 80, false, true, 1), Row(3, 184, 80, false, true, 1),
    Row(3, 480, 112, true, true, 1), Row(3, 672, 112, true, true, 1),
    Row(5, 672, 160, true, true, 2), Row(5, 960, 160, true, true, 1),
    Row(5, 960, 160, true, true, 1),
  ]

  private static let smallRows: [Row] = [
    Row(3, 16, 16, true, false, 2), Row(3, 72, 24, false, false, 2),
    Row(3, 88, 24, false, false, 1), Row(5, 96, 40, true, true, 2),
    Row(5, 240, 40, true, true, 1), Row(5, 240, 40, true, true, 1),
    Row(5, 120, 48, true, true, 1), Row(5, 144, 48, true, true, 1),
    Row(5, 288, 96, true, true, 2), Row(5, 576, 96, true, true, 1),
    Row(5, 576, 96, true, true, 1),
  ]
}
