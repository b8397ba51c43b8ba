public import HoneNN
public import HoneNumerics
public import HoneTensor

/// The networks of 3x3 convolutions of Simonyan and Zisserman (2014, arXiv 1409.1556), as torchvision
/// builds them: five stages that each end in a max pooling, and three linear layers.
///
/// First values are torchvision's: Kaiming's normal distribution by fan-out for convolutions, a
/// standard deviation of 0.01 for linear layers, zeros for biases.
public final class VGG: ImageBackbone, ForeignWeights {
  /// What a network has besides its depth.
  public struct Options: Sendable, Hashable {
    /// Whether a batch normalization follows each convolution; torchvision's `vgg16_bn`.
    public var normalizes: Bool
    /// The factor of all channels and hidden features.
    public var widthMultiplier: Double
    /// The share of hidden features that training drops.
    public var dropout: Double

    /// Options; those left out make torchvision's `vgg16`.
    public init(normalizes: Bool = false, widthMultiplier: Double = 1, dropout: Double = 0.5) {
      self.normalizes = normalizes
      self.widthMultiplier = widthMultiplier
      self.dropout = dropout
    }
  }

  /// Convolutions, rectifiers and poolings, at torchvision's positions.
  public let layers: Sequential
  /// The hidden linear layers.
  public let classifier: Sequential
  /// From hidden features to the outputs.
  public var head: any Layer<Tensor, Tensor>
  /// The channels of each map that `featureMaps` gives.
  public let mapChannels: [Int]
  /// The extent of the last hidden layer: 4,096.
  public let featureCount: Int

  /// A network.
  /// - Parameters:
  ///   - depth: the number of layers with weights: 11, 13, 16 or 19.
  ///   - inputs: the channels of an image.
  ///   - outputs: the number of classes or values.
  ///   - options: normalization, width, dropout.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: the depth is one of the four; images have 32 pixels a side or more.
  public init(
    depth: Int = 16, inputs: Int = 3, outputs: Int = 1000, options: Options = Options(),
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    let widths = [64, 128, 256, 512, 512].map { scaled($0, by: options.widthMultiplier) }
    var channels = inputs
    var layers: [any Layer<Tensor, Tensor>] = []
    for (width, count) in zip(widths, Self.counts(depth: depth)) {
      for _ in 0..<count {
        layers.append(
          Conv2d(
            inputs: channels, outputs: width, kernel: 3, padding: 1,
            initializer: .kaimingNormal(mode: .outputs), device: device, using: &stream))
        if options.normalizes { layers.append(BatchNorm(features: width, device: device)) }
        layers.append(ReLU())
        channels = width
      }
      layers.append(MaxPool2d(window: 2))
    }
    self.layers = Sequential(layers)
    let hidden = scaled(4096, by: options.widthMultiplier)
    classifier = Sequential {
      for features in [channels * 49, hidden] {
        Linear(
          inputs: features, outputs: hidden, initializer: .normal(standardDeviation: 0.01),
          device: device, using: &stream)
        ReLU()
        Dropout(probability: options.dropout)
      }
    }
    mapChannels = widths + [channels]
    featureCount = hidden
    head = Linear(
      inputs: hidden, outputs: outputs, initializer: .normal(standardDeviation: 0.01),
      device: device, using: &stream)
    if device.kind != .meta { arrange(.channelsLast) }
  }

  /// Logits or values.
  ///
  /// Input `[batch, inputs, height, width]`, output `[batch, outputs]`.
  public func callAsFunction(_ images: Tensor) -> Tensor { head(features(images)) }

  /// The map before each pooling, and the last map.
  public func featureMaps(_ images: Tensor) -> [Tensor] { stageMaps(of: layers, images) }

  /// The last hidden features, after their dropout in training.
  public func features(_ images: Tensor) -> Tensor {
    classifier(Flatten()(AdaptiveAveragePool2d(size: 7)(layers(images))))
  }

  /// A linear layer whose first weights have a standard deviation of 0.01.
  public func makeHead(
    outputs: Int, device: Device, using stream: inout RandomStream
  ) -> any Layer<Tensor, Tensor> {
    Linear(
      inputs: featureCount, outputs: outputs, initializer: .normal(standardDeviation: 0.01),
      device: device, using: &stream)
  }

  /// torchvision's names.
  public var torchNames: WeightNames { ["layers": "features", "head": "classifier.6"] }

  private static func counts(depth: Int) -> [Int] {
    switch depth {
    case 11: return [1, 1, 2, 2, 2]
    case 13: return [2, 2, 2, 2, 2]
    case 16: return [2, 2, 3, 3, 3]
    case 19: return [2, 2, 4, 4, 4]
    default: fatalError("VGG got depth: \(depth); it must be 11, 13, 16 or 19.")
    }
  }
}

/// A number of channels times a factor, one or more.
func scaled(_ channels: Int, by factor: Double) -> Int {
  max(1, Int((Double(channels) * factor).rounded()))
}
