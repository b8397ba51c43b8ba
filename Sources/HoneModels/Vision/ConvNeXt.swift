public import HoneNN
public import HoneNumerics
public import HoneTensor

/// ConvNeXt (Liu and others 2022, arXiv 2201.03545), as torchvision builds it: depthwise 7x7
/// convolutions, layer normalization over channels, GELU, layer scale and stochastic depth.
///
/// First values are torchvision's: a standard deviation of 0.02, zeros for biases.
public final class ConvNeXt: ImageBackbone, ForeignWeights, Recomputing {
  /// Whether blocks are computed again in the backward pass.
  public let recomputation = Recomputation()
  /// The architecture.
  public struct Options: Sendable, Hashable {
    /// The blocks of each of the four stages.
    public var counts: [Int]
    /// The channels of each stage.
    public var widths: [Int]
    /// The first factor of each block's body.
    public var layerScale: Double
    /// The share of samples whose last block's body training drops; less in earlier blocks.
    public var stochasticDepth: Double

    /// Options; those left out make torchvision's `convnext_tiny`.
    public init(
      counts: [Int] = [3, 3, 9, 3], widths: [Int] = [96, 192, 384, 768],
      layerScale: Double = 1e-6, stochasticDepth: Double = 0.1
    ) {
      self.counts = counts
      self.widths = widths
      self.layerScale = layerScale
      self.stochasticDepth = stochasticDepth
    }
  }

  /// The first convolution: patches of 4x4.
  public let stem: Conv2d
  /// The normalization behind it.
  public let stemNorm: LayerNorm
  /// The blocks of each stage.
  public let stages: [[ConvNeXtBlock]]
  /// What stands between stages: halves the map.
  public let reductions: [ConvNeXtReduction]
  /// The normalization of pooled features.
  public let finalNorm: LayerNorm
  /// From normalized features to the outputs.
  public var head: any Layer<Tensor, Tensor>
  /// The channels of each stage.
  public let mapChannels: [Int]

  /// A network.
  /// - Parameters:
  ///   - options: the architecture.
  ///   - inputs: the channels of an image.
  ///   - outputs: the number of classes or values.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: counts and widths are as many; images have 32 pixels a side or more with four
  ///   stages.
  public init(
    _ options: Options = Options(), inputs: Int = 3, outputs: Int = 1000, device: Device = .cpu,
    using stream: inout RandomStream
  ) {
    let widths = options.widths
    guard options.counts.count == widths.count, let first = widths.first, let last = widths.last
    else {
      fatalError(
        "ConvNeXt got counts: \(options.counts) and widths: \(widths); it needs one of each for "
          + "every stage.")
    }
    stem = Conv2d(
      inputs: inputs, outputs: first, kernel: 4, stride: 4, initializer: .convNeXt,
      device: device, using: &stream)
    stemNorm = LayerNorm(features: first, epsilon: 1e-6, device: device)
    var stages: [[ConvNeXtBlock]] = []
    var reductions: [ConvNeXtReduction] = []
    let depth = options.counts.reduce(0, +)
    var position = 0
    for (stage, count) in options.counts.enumerated() {
      if stage > 0 {
        reductions.append(
          ConvNeXtReduction(widths[stage - 1], widths[stage], device: device, using: &stream))
      }
      var blocks: [ConvNeXtBlock] = []
      for _ in 0..<count {
        let rate = options.stochasticDepth * Double(position) / Double(max(1, depth - 1))
        blocks.append(
          ConvNeXtBlock(
            widths[stage], scale: options.layerScale, stochasticDepth: rate, device: device,
            using: &stream))
        position += 1
      }
      stages.append(blocks)
    }
    self.stages = stages
    self.reductions = reductions
    mapChannels = widths
    finalNorm = LayerNorm(features: last, epsilon: 1e-6, device: device)
    head = Linear(
      inputs: last, outputs: outputs, initializer: .convNeXt, device: device, using: &stream)
    if device.kind != .meta { arrange(.channelsLast) }
  }

  /// Logits or values.
  ///
  /// Input `[batch, inputs, height, width]`, output `[batch, outputs]`.
  public func callAsFunction(_ images: Tensor) -> Tensor { head(features(images)) }

  /// The channels of the last stage.
  public var featureCount: Int { finalNorm.normalizedShape[0] }

  /// The map behind each stage, from a quarter to a thirty-second of the image's extents.
  public func featureMaps(_ images: Tensor) -> [Tensor] {
    var map = overChannels(stemNorm, stem(images))
    var maps: [Tensor] = []
    for (stage, blocks) in stages.enumerated() {
      if stage > 0 { map = reductions[stage - 1](map) }
      for block in blocks { map = recomputation(block, map) }
      maps.append(map)
    }
    return maps
  }

  /// The normalized means of the last map's channels.
  public func features(_ images: Tensor) -> Tensor {
    finalNorm(GlobalAveragePool()(featureMaps(images)[stages.count - 1]))
  }

  /// A linear layer whose first weights have a standard deviation of 0.02.
  public func makeHead(
    outputs: Int, device: Device, using stream: inout RandomStream
  ) -> any Layer<Tensor, Tensor> {
    Linear(
      inputs: featureCount, outputs: outputs, initializer: .convNeXt, device: device,
      using: &stream)
  }

  /// torchvision's names.
  public var torchNames: WeightNames {
    var rules: [(String, String)] = [
      ("stem", "features.0.0"), ("stemNorm", "features.0.1"), ("depthwise", "block.0"),
      ("norm", "block.2"), ("expansion", "block.3"), ("projection", "block.5"),
      ("scale", "layer_scale"), ("inputNorm", "0"), ("convolution", "1"),
      ("finalNorm", "classifier.0"), ("head", "classifier.2"),
    ]
    // Stages and what stands between them alternate.
    for stage in stages.indices {
      rules.append(("stages.\(stage)", "features.\(2 * stage + 1)"))
      rules.append(("reductions.\(stage)", "features.\(2 * stage + 2)"))
    }
    return WeightNames(rules)
  }
}

extension Initializer {
  /// torchvision cuts the distribution at ±2, a hundred standard deviations away.
  fileprivate static let convNeXt = Initializer.normal(standardDeviation: 0.02)
}

/// A layer normalization of each position's channels.
private func overChannels(_ norm: LayerNorm, _ map: Tensor) -> Tensor {
  norm(map.permuted([0, 2, 3, 1])).permuted([0, 3, 1, 2])
}

/// A block of a `ConvNeXt`: a depthwise 7x7 convolution, a layer normalization, and two linear layers
/// with four times as many features between; scaled and added to its input.
public final class ConvNeXtBlock: Layer {
  /// The depthwise convolution.
  public let depthwise: Conv2d
  /// The normalization of each position's channels.
  public let norm: LayerNorm
  /// To four times as many features.
  public let expansion: Linear
  /// Back again.
  public let projection: Linear
  /// The factor of each channel, `[channels, 1, 1]`.
  public let scale: Parameter
  /// Drops the body of whole samples in training.
  public let stochasticDepth: StochasticDepth

  init(
    _ channels: Int, scale: Double, stochasticDepth: Double, device: Device,
    using stream: inout RandomStream
  ) {
    depthwise = Conv2d(
      inputs: channels, outputs: channels, kernel: 7, padding: 3, groups: channels,
      initializer: .convNeXt, device: device, using: &stream)
    norm = LayerNorm(features: channels, epsilon: 1e-6, device: device)
    expansion = Linear(
      inputs: channels, outputs: 4 * channels, initializer: .convNeXt, device: device,
      using: &stream)
    projection = Linear(
      inputs: 4 * channels, outputs: channels, initializer: .convNeXt, device: device,
      using: &stream)
    self.scale = Parameter(Tensor.full([channels, 1, 1], Scalar(scale), device: device))
    self.stochasticDepth = StochasticDepth(probability: stochasticDepth)
  }

  /// The block's output, of the input's shape `[batch, channels, height, width]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    let positions = norm(depthwise(input).permuted([0, 2, 3, 1]))
    let body = projection(Activation.gelu()(expansion(positions))).permuted([0, 3, 1, 2])
    let output = stochasticDepth(scale.value * body) + input
    return input.isMeta ? output.counted(for: self) : output
  }
}

/// Between stages of a `ConvNeXt`: a layer normalization and a 2x2 convolution with stride 2.
public final class ConvNeXtReduction: Layer {
  /// The normalization of each position's channels.
  public let inputNorm: LayerNorm
  /// The convolution.
  public let convolution: Conv2d

  init(_ inputs: Int, _ outputs: Int, device: Device, using stream: inout RandomStream) {
    inputNorm = LayerNorm(features: inputs, epsilon: 1e-6, device: device)
    convolution = Conv2d(
      inputs: inputs, outputs: outputs, kernel: 2, stride: 2, initializer: .convNeXt,
      device: device, using: &stream)
  }

  /// The smaller map.
  ///
  /// Input `[batch, inputs, height, width]`, output `[batch, outputs, height / 2, width / 2]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    convolution(overChannels(inputNorm, input))
  }
}
