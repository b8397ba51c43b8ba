public import HoneNN
public import HoneNumerics
public import HoneTensor

/// Inception's third version (Szegedy and others 2015, arXiv 1512.00567), as torchvision builds it:
/// large convolutions are split into small ones and into rows and columns.
///
/// First values are torchvision's: a standard deviation of 0.1 for convolutions and the head
/// (torchvision cuts them at ±2, twenty deviations away). The head's bias starts at zero, where
/// torchvision leaves PyTorch's default.
public final class InceptionV3: ImageBackbone, ForeignWeights {
  /// The five convolutions before the modules.
  public let stem: [ConvolutionUnit]
  /// The eleven modules.
  public let blocks: [InceptionBlock]
  /// The head that helps training from the middle of the network; nil where not asked for.
  public let auxiliary: InceptionV3Head?
  /// Drops features before the head.
  public let dropout: Dropout
  /// From pooled features to the outputs.
  public var head: any Layer<Tensor, Tensor>

  /// A network.
  /// - Parameters:
  ///   - inputs: the channels of an image.
  ///   - outputs: the number of classes or values.
  ///   - auxiliary: whether there is a head in the middle, for `allOutputs`.
  ///   - dropout: the share of features that training drops before the head.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: images have 75 pixels a side or more; 299 are usual.
  public init(
    inputs: Int = 3, outputs: Int = 1000, auxiliary: Bool = false, dropout: Double = 0.5,
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    let options = ConvolutionUnit.Options(epsilon: 1e-3, initializer: Self.initializer)
    var channels = inputs
    var stem: [ConvolutionUnit] = []
    for step in Self.stemSteps {
      stem.append(
        ConvolutionUnit(
          channels, step.outputs, kernel: step.kernel, stride: step.stride,
          padding: step.padding, options: options, device: device, using: &stream))
      channels = step.outputs
    }
    self.stem = stem
    var blocks: [InceptionBlock] = []
    for (_, plans) in InceptionV3Plans.blocks {
      let block = InceptionBlock(channels, plans, options: options, device: device, using: &stream)
      blocks.append(block)
      channels = block.outputs
    }
    self.blocks = blocks
    self.auxiliary =
      auxiliary
      ? InceptionV3Head(768, outputs, options: options, device: device, using: &stream) : nil
    self.dropout = Dropout(probability: dropout)
    head = Linear(
      inputs: channels, outputs: outputs, initializer: Self.initializer, device: device,
      using: &stream)
    if device.kind != .meta { arrange(.channelsLast) }
  }

  /// Logits or values of the main head.
  ///
  /// Input `[batch, inputs, height, width]`, output `[batch, outputs]`.
  public func callAsFunction(_ images: Tensor) -> Tensor { head(dropout(features(images))) }

  /// The outputs of the main head, and of the one in the middle where there is one; PyTorch's recipe
  /// adds the other's loss with a weight of 0.4.
  public func allOutputs(_ images: Tensor) -> (main: Tensor, auxiliary: Tensor?) {
    let maps = featureMaps(images)
    let pooled = GlobalAveragePool()(maps[maps.count - 1])
    return (head(dropout(pooled)), auxiliary?(maps[3]))
  }

  /// The channels of each map that `featureMaps` gives.
  public var mapChannels: [Int] { [64, 192, 288, 768, 2048] }

  /// The channels behind the last module: 2,048.
  public var featureCount: Int { 2048 }

  /// The last map of each resolution, from about a half to a thirty-second of the image's.
  public func featureMaps(_ images: Tensor) -> [Tensor] {
    let pool = MaxPool2d(window: 3, stride: 2)
    let first = stem[..<3].reduce(images) { $1($0) }
    let second = stem[3...].reduce(pool(first)) { $1($0) }
    let third = blocks[..<3].reduce(pool(second)) { $1($0) }
    let fourth = blocks[3..<8].reduce(third) { $1($0) }
    return [first, second, third, fourth, blocks[8...].reduce(fourth) { $1($0) }]
  }

  /// The means of the last map's channels.
  public func features(_ images: Tensor) -> Tensor { GlobalAveragePool()(featureMaps(images)[4]) }

  /// A linear layer whose first weights have a standard deviation of 0.1.
  public func makeHead(
    outputs: Int, device: Device, using stream: inout RandomStream
  ) -> any Layer<Tensor, Tensor> {
    Linear(
      inputs: featureCount, outputs: outputs, initializer: Self.initializer, device: device,
      using: &stream)
  }

  /// torchvision's names.
  public var torchNames: WeightNames {
    var rules: [(String, String)] = [
      ("auxiliary", "AuxLogits"), ("units.#", "conv#"), ("output", "fc"), ("convolution", "conv"),
      ("norm", "bn"), ("head", "fc"),
    ]
    rules += Self.stemSteps.enumerated().map { ("stem.\($0.offset)", $0.element.name) }
    for (index, (name, _)) in InceptionV3Plans.blocks.enumerated() {
      rules += blocks[index].names("blocks.\(index)", name)
    }
    return WeightNames(rules)
  }

  static let initializer = Initializer.normal(standardDeviation: 0.1)

  private static var stemSteps: [InceptionBlock.Step] {
    [
      .init("Conv2d_1a_3x3", 32, [3, 3], stride: 2, padding: [0, 0]),
      .init("Conv2d_2a_3x3", 32, [3, 3], padding: [0, 0]),
      .init("Conv2d_2b_3x3", 64, [3, 3]), .init("Conv2d_3b_1x1", 80),
      .init("Conv2d_4a_3x3", 192, [3, 3], padding: [0, 0]),
    ]
  }
}

/// The head of an `InceptionV3` in the middle: pooling, two convolutions and a linear layer.
public final class InceptionV3Head: Layer {
  /// The 1x1 and the 5x5 convolution.
  public let units: [ConvolutionUnit]
  /// To the outputs.
  public let output: Linear

  init(
    _ inputs: Int, _ outputs: Int, options: ConvolutionUnit.Options, device: Device,
    using stream: inout RandomStream
  ) {
    var second = options
    second.initializer = .normal(standardDeviation: 0.01)
    units = [
      ConvolutionUnit(
        inputs, 128, kernel: [1, 1], options: options, device: device, using: &stream),
      ConvolutionUnit(
        128, 768, kernel: [5, 5], padding: [0, 0], options: second, device: device,
        using: &stream),
    ]
    output = Linear(
      inputs: 768, outputs: outputs, initializer: .normal(standardDeviation: 0.001),
      device: device, using: &stream)
  }

  /// Logits or values.
  ///
  /// Input `[batch, channels, height, width]`, 17 high and wide or more, output `[batch, outputs]`.
  public func callAsFunction(_ map: Tensor) -> Tensor {
    let pooled = AveragePool2d(window: 5, stride: 3)(map)
    return output(GlobalAveragePool()(units.reduce(pooled) { $1($0) }))
  }
}
