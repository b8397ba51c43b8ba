public import HoneNN
public import HoneNumerics
public import HoneTensor

/// AlexNet: five convolutions with kernels of 11, 5, 3, 3 and 3, three of them before a max pooling,
/// and three linear layers.
///
/// First values are PyTorch's defaults, as torchvision leaves them.
public final class AlexNet: ImageBackbone, ForeignWeights {
  /// Which of the two published networks.
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    /// 64-192-384-256-256 channels (Krizhevsky 2014, arXiv 1404.5997): what torchvision builds.
    case oneTower
    /// 96-256-384-384-256 channels, two groups in the second, fourth and fifth convolution, local
    /// response normalization behind the first two (Krizhevsky and others 2012).
    case original

    var channels: [Int] {
      self == .oneTower ? [64, 192, 384, 256, 256] : [96, 256, 384, 384, 256]
    }
  }

  /// Convolutions, rectifiers and poolings, at torchvision's positions for `.oneTower`.
  public let layers: Sequential
  /// The hidden linear layers.
  public let classifier: Sequential
  /// From hidden features to the outputs.
  public var head: any Layer<Tensor, Tensor>
  /// The channels of each map that `featureMaps` gives.
  public let mapChannels: [Int]

  /// A network.
  /// - Parameters:
  ///   - variant: which of the two published networks.
  ///   - inputs: the channels of an image.
  ///   - outputs: the number of classes or values.
  ///   - dropout: the share of features that training drops before each hidden layer.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: images have 63 pixels a side or more.
  public init(
    _ variant: Variant = .oneTower, inputs: Int = 3, outputs: Int = 1000, dropout: Double = 0.5,
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    let isOriginal = variant == .original
    let widths = variant.channels
    var channels = inputs
    var layers: [any Layer<Tensor, Tensor>] = []
    for (index, width) in widths.enumerated() {
      layers.append(
        Conv2d(
          inputs: channels, outputs: width, kernel: [11, 5, 3, 3, 3][index],
          stride: index == 0 ? 4 : 1, padding: .zeros([2, 2, 1, 1, 1][index]),
          groups: isOriginal ? [1, 2, 1, 2, 2][index] : 1, device: device, using: &stream))
      layers.append(ReLU())
      if isOriginal && index < 2 { layers.append(LocalResponseNorm(size: 5, constant: 2)) }
      if [0, 1, 4].contains(index) { layers.append(MaxPool2d(window: 3, stride: 2)) }
      channels = width
    }
    self.layers = Sequential(layers)
    classifier = Sequential {
      for features in [256 * 36, 4096] {
        Dropout(probability: dropout)
        Linear(inputs: features, outputs: 4096, device: device, using: &stream)
        ReLU()
      }
    }
    mapChannels = [widths[0], widths[1], widths[4], widths[4]]
    head = Linear(inputs: 4096, outputs: outputs, device: device, using: &stream)
    if device.kind != .meta { arrange(.channelsLast) }
  }

  /// Logits or values.
  ///
  /// Input `[batch, inputs, height, width]`, output `[batch, outputs]`.
  public func callAsFunction(_ images: Tensor) -> Tensor { head(features(images)) }

  /// The extent of the last hidden layer: 4,096.
  public var featureCount: Int { 4096 }

  /// The map before each pooling, and the last map.
  public func featureMaps(_ images: Tensor) -> [Tensor] { stageMaps(of: layers, images) }

  /// The last hidden features.
  public func features(_ images: Tensor) -> Tensor {
    classifier(Flatten()(AdaptiveAveragePool2d(size: 6)(layers(images))))
  }

  /// A linear layer with PyTorch's default first values.
  public func makeHead(
    outputs: Int, device: Device, using stream: inout RandomStream
  ) -> any Layer<Tensor, Tensor> {
    Linear(inputs: featureCount, outputs: outputs, device: device, using: &stream)
  }

  /// torchvision's names.
  public var torchNames: WeightNames { ["layers": "features", "head": "classifier.6"] }
}
