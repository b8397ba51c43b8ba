public import HoneNN
public import HoneNumerics
public import HoneTensor

/// A small convolutional network for images of any size: blocks of two 3x3 convolutions (each with
/// normalization and activation) and a max pooling by two, twice as many channels in every block, until
/// the map is at most 4x4; then flattening, dropout and a linear layer.
public final class CNN: Layer {
  /// What a network has besides its extents.
  public struct Options: Sendable, Hashable {
    /// The channels of the first block.
    public var width: Int
    /// What is applied behind each convolution.
    public var activation: Activation
    /// What normalizes behind each convolution.
    public var normalization: BlockNormalization
    /// The share of features that training drops before the last layer; none where zero.
    public var dropout: Double
    /// The first values of weights.
    public var initializer: Initializer

    /// Options; those left out make the network that the command uses.
    public init(
      width: Int = 16, activation: Activation = .relu, normalization: BlockNormalization = .batch,
      dropout: Double = 0, initializer: Initializer = .standard
    ) {
      self.width = width
      self.activation = activation
      self.normalization = normalization
      self.dropout = dropout
      self.initializer = initializer
    }
  }

  /// The blocks, each halving height and width.
  public let blocks: [Sequential]
  /// From the last map to the outputs.
  public let head: Sequential

  /// A convolutional network.
  /// - Parameters:
  ///   - inputs: the channels of an image.
  ///   - height: the height of an image.
  ///   - width: the width of an image.
  ///   - outputs: the number of classes or values.
  ///   - options: channels, activation, normalization, dropout, first values.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: height and width are 2 or more.
  public init(
    inputs: Int, height: Int, width: Int, outputs: Int, options: Options = Options(),
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    guard min(height, width) >= 2 else {
      fatalError("CNN got images of \(height)x\(width); height and width must be 2 or more.")
    }
    var blocks: [Sequential] = []
    var (channels, features, rows, columns) = (inputs, options.width, height, width)
    repeat {
      blocks.append(
        Self.block(channels, features, options: options, device: device, using: &stream))
      (channels, features) = (features, min(2 * features, Self.mostFeatures))
      (rows, columns) = (rows / 2, columns / 2)
    } while max(rows, columns) > 4 && min(rows, columns) >= 2
    self.blocks = blocks
    head = Sequential {
      Flatten()
      if options.dropout > 0 { Dropout(probability: options.dropout) }
      Linear(
        inputs: channels * rows * columns, outputs: outputs, initializer: options.initializer,
        device: device, using: &stream)
    }
    if device.kind != .meta { arrange(.channelsLast) }
  }

  /// Logits or values.
  ///
  /// Input `[batch, inputs, height, width]`, output `[batch, outputs]`.
  public func callAsFunction(_ images: Tensor) -> Tensor {
    head(blocks.reduce(images) { $1($0) })
  }

  /// Beyond this, large images would make the last blocks hold nearly all parameters.
  private static let mostFeatures = 512

  private static func block(
    _ inputs: Int, _ outputs: Int, options: Options, device: Device,
    using stream: inout RandomStream
  ) -> Sequential {
    Sequential {
      for channels in [inputs, outputs] {
        Conv2d(
          inputs: channels, outputs: outputs, kernel: 3, padding: 1,
          bias: !options.normalization.absorbsBias, initializer: options.initializer,
          device: device, using: &stream)
        options.normalization.forImages(outputs, device: device)
        options.activation.layer
      }
      MaxPool2d(window: 2)
    }
  }
}
