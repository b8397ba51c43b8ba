import HoneConfiguration
import HoneModels
import HoneNN
import HoneNumerics
import HoneTensor
import HoneText

extension ModelAssembler {
  /// The model for images that the configuration names.
  ///
  /// Tried on libtorch's meta device first, so that images that are too small are an error that says
  /// which size would do.
  func imageModel(using stream: inout RandomStream) throws -> any Layer<Tensor, Tensor> {
    let image = try imageShape(architecture.name)
    try checkExtents(image)
    var trial = stream
    let twin = try residual(image, on: .meta, &trial) ?? other(image, on: .meta, &trial)
    if (try? twin.outputShape(for: [2] + image)) == nil {
      throw tooSmall(image, smallest: smallestSide(for: twin, channels: image[0]))
    }
    return try residual(image, on: device, &stream) ?? other(image, on: device, &stream)
  }

  /// Residual networks; nil for other models.
  private func residual(
    _ image: [Int], on device: Device, _ stream: inout RandomStream
  ) throws -> (any Layer<Tensor, Tensor>)? {
    var options: ResNet.Options
    switch architecture {
    case .smallResnet(let depth, let width, false, nil, let dropout):
      return CIFARResNet(
        depth: depth, inputs: image[0], outputs: outputs, width: width, dropout: dropout,
        device: device, using: &stream)
    case .smallResnet(let depth, let width, let isBefore, let reduction, let dropout):
      options = .small(depth: depth, width: width, order: isBefore ? .pre : .post)
      options.excitationReduction = reduction
      options.dropout = dropout
    case .wideResnet(let depth, let factor, let dropout):
      options = .wide(depth: depth, factor: factor, dropout: dropout)
    case .resnet(
      let depth, let stem, let width, let groups, let groupWidth, let isBefore, let reduction,
      let dropout):
      options = .depth(depth)
      options.stem = stem == .large ? .large : .small
      options.width = width
      options.groups = groups
      options.groupWidth = groupWidth
      options.order = isBefore ? .pre : .post
      options.excitationReduction = reduction
      options.dropout = dropout
    default: return nil
    }
    return ResNet(options, inputs: image[0], outputs: outputs, device: device, using: &stream)
  }

  private func other(
    _ image: [Int], on device: Device, _ stream: inout RandomStream
  ) throws -> any Layer<Tensor, Tensor> {
    let channels = image[0]
    switch architecture {
    case .leNet(let activation):
      return LeNet(
        inputs: channels, height: image[1], width: image[2], outputs: outputs,
        activation: activation.live, device: device, using: &stream)
    case .alexNet(let variant, let dropout):
      return AlexNet(
        variant == .original ? .original : .oneTower, inputs: channels, outputs: outputs,
        dropout: dropout, device: device, using: &stream)
    case .vgg(let depth, let batchNorm, let width, let dropout):
      return VGG(
        depth: depth, inputs: channels, outputs: outputs,
        options: .init(normalizes: batchNorm, widthMultiplier: width, dropout: dropout),
        device: device, using: &stream)
    case .googLeNet(let dropout):
      return GoogLeNet(
        inputs: channels, outputs: outputs, dropout: dropout, device: device, using: &stream)
    case .inceptionV3(let dropout):
      return InceptionV3(
        inputs: channels, outputs: outputs, dropout: dropout, device: device, using: &stream)
    case .squeezeNet(let version, let dropout):
      return SqueezeNet(
        version == .paper ? .v10 : .v11, inputs: channels, outputs: outputs, dropout: dropout,
        device: device, using: &stream)
    case .denseNet121(let growth, let dropout):
      return DenseNet(
        .init(growth: growth, dropout: dropout), inputs: channels, outputs: outputs,
        device: device, using: &stream)
    default: return try mobileOrRecent(image, on: device, &stream)
    }
  }

  private func mobileOrRecent(
    _ image: [Int], on device: Device, _ stream: inout RandomStream
  ) throws -> any Layer<Tensor, Tensor> {
    let channels = image[0]
    switch architecture {
    case .mobileNetV2(let width, let dropout):
      return MobileNetV2(
        inputs: channels, outputs: outputs, widthMultiplier: width, dropout: dropout,
        device: device, using: &stream)
    case .mobileNetV3(let size, let width, let dropout):
      return MobileNetV3(
        size == .small ? .small : .large, inputs: channels, outputs: outputs,
        widthMultiplier: width, dropout: dropout, device: device, using: &stream)
    case .efficientNetB0(let width, let depth, let dropout, let stochasticDepth):
      return EfficientNet(
        inputs: channels, outputs: outputs,
        options: .init(
          widthMultiplier: width, depthMultiplier: depth, dropout: dropout,
          stochasticDepth: stochasticDepth), device: device, using: &stream)
    case .convNeXtTiny(let stochasticDepth):
      return ConvNeXt(
        .init(stochasticDepth: stochasticDepth), inputs: channels, outputs: outputs,
        device: device, using: &stream)
    case .visionTransformer(
      let patch, let depth, let heads, let width, let hiddenWidth, let dropout):
      var options = VisionTransformer.Options(
        imageSize: image[1], patchSize: patch, depth: depth, heads: heads, width: width,
        hiddenWidth: hiddenWidth)
      options.dropout = dropout
      return VisionTransformer(
        options, inputs: channels, outputs: outputs, device: device, using: &stream)
    default: fatalError("\(architecture.name) is no model for images.")
    }
  }

  /// Refuses images that a model's making would not survive.
  private func checkExtents(_ image: [Int]) throws {
    let (height, width) = (image[1], image[2])
    switch architecture {
    case .leNet where min(height, width) < 12: throw tooSmall(image, smallest: 12)
    case .visionTransformer(let patch, _, _, _, _, _)
    where height != width || !height.isMultiple(of: patch):
      throw configuration.problem(
        at: "model.name",
        Localized(
          "\(architecture.name) needs square images whose side is a multiple of patch, \(patch); "
            + "these are \(height)x\(width). Set data.imageSize.",
          korean: "\(architecture.name)은(는) 한 변이 patch(\(patch))의 배수인 정사각 이미지가 필요하지만, "
            + "데이터는 \(height)x\(width)입니다. data.imageSize를 지정하십시오."))
    default: break
    }
  }

  /// The side of the smallest square image that a model takes; nil where none up to 1,024 does.
  private func smallestSide(for twin: any Layer<Tensor, Tensor>, channels: Int) -> Int? {
    func fits(_ side: Int) -> Bool {
      (try? twin.outputShape(for: [2, channels, side, side])) != nil
    }
    var (low, high) = (0, 1024)
    guard fits(high) else { return nil }
    while high - low > 1 {
      let middle = (low + high) / 2
      if fits(middle) { high = middle } else { low = middle }
    }
    return high
  }

  private func tooSmall(_ image: [Int], smallest: Int?) -> ConfigurationError {
    let name = architecture.name
    let size = smallest.map { "\($0)x\($0)" } ?? "1024x1024"
    return configuration.problem(
      at: "model.name",
      Localized(
        "\(name) needs images of \(size) or more; these are \(image[1])x\(image[2]). Set "
          + "data.imageSize, or use a model for small images such as resnet20.",
        korean: "\(name)에는 \(size) 이상의 이미지가 필요하지만, 데이터는 \(image[1])x\(image[2])입니다. "
          + "data.imageSize를 지정하거나 resnet20처럼 작은 이미지를 위한 모델을 사용하십시오."))
  }
}
