public import HoneNN
public import HoneNumerics
public import HoneTensor

/// GoogLeNet (Szegedy and others 2014, arXiv 1409.4842), as torchvision builds it: with batch
/// normalization, and with 3x3 where the paper has 5x5 convolutions, so that torchvision's weights fit.
///
/// First values are torchvision's: a standard deviation of 0.01 for weights (torchvision cuts them at
/// ±2, two hundred deviations away). The head's bias starts at zero, where torchvision leaves PyTorch's
/// default.
public final class GoogLeNet: ImageBackbone, ForeignWeights {
  /// The three convolutions before the modules.
  public let stem: [ConvolutionUnit]
  /// The modules of the three stages.
  public let stages: [[InceptionBlock]]
  /// The two heads that help training from the middle of the network; empty where not asked for.
  public let auxiliary: [GoogLeNetHead]
  /// Drops features before the head.
  public let dropout: Dropout
  /// From pooled features to the outputs.
  public var head: any Layer<Tensor, Tensor>

  /// A network.
  /// - Parameters:
  ///   - inputs: the channels of an image.
  ///   - outputs: the number of classes or values.
  ///   - auxiliary: whether there are heads in the middle, for `allOutputs`.
  ///   - dropout: the share of features that training drops before the head.
  ///   - auxiliaryDropout: the share of hidden features that training drops in heads in the middle.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: images have 15 pixels a side or more.
  public init(
    inputs: Int = 3, outputs: Int = 1000, auxiliary: Bool = false, dropout: Double = 0.2,
    auxiliaryDropout: Double = 0.7, device: Device = .cpu, using stream: inout RandomStream
  ) {
    let options = ConvolutionUnit.Options(epsilon: 1e-3, initializer: Self.initializer)
    var stem: [ConvolutionUnit] = []
    for (inputs, outputs, kernel, stride) in [(inputs, 64, 7, 2), (64, 64, 1, 1), (64, 192, 3, 1)] {
      stem.append(
        ConvolutionUnit(
          inputs, outputs, kernel: [kernel, kernel], stride: stride, options: options,
          device: device, using: &stream))
    }
    self.stem = stem
    var channels = 192
    var stages: [[InceptionBlock]] = []
    for rows in Self.rows {
      var blocks: [InceptionBlock] = []
      for row in rows {
        let block = InceptionBlock(
          channels, Self.plans(row), options: options, device: device, using: &stream)
        blocks.append(block)
        channels = block.outputs
      }
      stages.append(blocks)
    }
    self.stages = stages
    var heads: [GoogLeNetHead] = []
    for channels in auxiliary ? [512, 528] : [] {
      heads.append(
        GoogLeNetHead(
          channels, outputs, dropout: auxiliaryDropout, options: options, device: device,
          using: &stream))
    }
    self.auxiliary = heads
    self.dropout = Dropout(probability: dropout)
    head = smallHead(1024, outputs, device: device, using: &stream)
    if device.kind != .meta { arrange(.channelsLast) }
  }

  /// Logits or values of the main head.
  ///
  /// Input `[batch, inputs, height, width]`, output `[batch, outputs]`.
  public func callAsFunction(_ images: Tensor) -> Tensor { head(dropout(features(images))) }

  /// The outputs of the main head, and of those in the middle in their order; the paper adds the
  /// others' losses with a weight of 0.3.
  public func allOutputs(_ images: Tensor) -> (main: Tensor, auxiliary: [Tensor]) {
    let (maps, middle) = run(images)
    let pooled = GlobalAveragePool()(maps[maps.count - 1])
    return (head(dropout(pooled)), zip(auxiliary, middle).map { $0($1) })
  }

  /// The channels of each map that `featureMaps` gives.
  public var mapChannels: [Int] { [64, 192, 480, 832, 1024] }

  /// The channels behind the last module: 1,024.
  public var featureCount: Int { 1024 }

  /// The last map of each resolution, from a half to a thirty-second of the image's.
  public func featureMaps(_ images: Tensor) -> [Tensor] { run(images).maps }

  /// The means of the last map's channels.
  public func features(_ images: Tensor) -> Tensor {
    GlobalAveragePool()(run(images).maps[4])
  }

  /// A linear layer whose first weights have a standard deviation of 0.01.
  public func makeHead(
    outputs: Int, device: Device, using stream: inout RandomStream
  ) -> any Layer<Tensor, Tensor> {
    smallHead(featureCount, outputs, device: device, using: &stream)
  }

  /// torchvision's names.
  public var torchNames: WeightNames {
    var rules: [(String, String)] = [
      ("stem.#", "conv#+1"), ("auxiliary.#", "aux#+1"), ("unit", "conv"), ("hidden", "fc1"),
      ("output", "fc2"), ("convolution", "conv"), ("norm", "bn"), ("head", "fc"),
    ]
    for (stage, blocks) in stages.enumerated() {
      for (block, letter) in zip(blocks.indices, "abcde") {
        rules += blocks[block].names("stages.\(stage).\(block)", "inception\(stage + 3)\(letter)")
      }
    }
    return WeightNames(rules)
  }

  static let initializer = Initializer.normal(standardDeviation: 0.01)

  /// The maps of each resolution, and those that the heads in the middle judge.
  private func run(_ images: Tensor) -> (maps: [Tensor], middle: [Tensor]) {
    let pool = MaxPool2d(window: 3, stride: 2, ceilMode: true)
    let first = stem[0](images)
    let second = stem[2](stem[1](pool(first)))
    let third = stages[0].reduce(pool(second)) { $1($0) }
    var fourth = pool(third)
    var middle: [Tensor] = []
    for (index, block) in stages[1].enumerated() {
      fourth = block(fourth)
      if index == 0 || index == 3 { middle.append(fourth) }
    }
    let small = MaxPool2d(window: 2, stride: 2, ceilMode: true)(fourth)
    let fifth = stages[2].reduce(small) { $1($0) }
    return ([first, second, third, fourth, fifth], middle)
  }

  /// Channels of each module's branches: 1x1; reduction and 3x3; reduction and "5x5"; behind pooling.
  private static let rows: [[[Int]]] = [
    [[64, 96, 128, 16, 32, 32], [128, 128, 192, 32, 96, 64]],
    [
      [192, 96, 208, 16, 48, 64], [160, 112, 224, 24, 64, 64], [128, 128, 256, 24, 64, 64],
      [112, 144, 288, 32, 64, 64], [256, 160, 320, 32, 128, 128],
    ],
    [[256, 160, 320, 32, 128, 128], [384, 192, 384, 48, 128, 128]],
  ]

  private static func plans(_ row: [Int]) -> [InceptionBlock.Plan] {
    [
      .init(steps: [.init("branch1", row[0])]),
      .init(steps: [.init("branch2.0", row[1]), .init("branch2.1", row[2], [3, 3])]),
      .init(steps: [.init("branch3.0", row[3]), .init("branch3.1", row[4], [3, 3])]),
      .init(pooling: .maximum, steps: [.init("branch4.1", row[5])]),
    ]
  }
}

/// A head of a `GoogLeNet` in the middle: pooling to 4x4, a 1x1 convolution, two linear layers.
public final class GoogLeNetHead: Layer {
  /// The convolution.
  public let unit: ConvolutionUnit
  /// To 1,024 hidden features.
  public let hidden: Linear
  /// Drops hidden features.
  public let dropout: Dropout
  /// To the outputs.
  public let output: Linear

  init(
    _ inputs: Int, _ outputs: Int, dropout: Double, options: ConvolutionUnit.Options,
    device: Device, using stream: inout RandomStream
  ) {
    unit = ConvolutionUnit(
      inputs, 128, kernel: [1, 1], options: options, device: device, using: &stream)
    hidden = smallHead(2048, 1024, device: device, using: &stream)
    self.dropout = Dropout(probability: dropout)
    output = smallHead(1024, outputs, device: device, using: &stream)
  }

  /// Logits or values.
  ///
  /// Input `[batch, channels, height, width]`, output `[batch, outputs]`.
  public func callAsFunction(_ map: Tensor) -> Tensor {
    let pooled = Flatten()(unit(AdaptiveAveragePool2d(size: 4)(map)))
    return output(dropout(Activation.relu(hidden(pooled))))
  }
}
