import Foundation
import HoneModels
import HoneNN
import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

private typealias Model = any ImageBackbone & ForeignWeights

/// The model of a golden case, without dropout.
private func goldenModel(_ name: String, outputs: Int, _ device: Device = .cpu) -> Model? {
  var stream = RandomStream(seed: 1, "test")
  let isLarge = device.kind == .meta && outputs == 1000
  switch name {
  case "leNet": return LeNet(outputs: outputs, device: device, using: &stream)
  case "alexNet", "originalAlexNet":
    return AlexNet(
      name == "alexNet" ? .oneTower : .original, outputs: outputs, dropout: 0,
      device: device, using: &stream)
  case "squeezeNet1_0", "squeezeNet1_1":
    return SqueezeNet(
      name == "squeezeNet1_0" ? .v10 : .v11, outputs: outputs, dropout: 0,
      device: device, using: &stream)
  case "wideResnet16x2":
    return ResNet(.wide(depth: 16, factor: 2), outputs: outputs, device: device, using: &stream)
  case "preActivationResnet20", "excitedResnet20", "excitedPreActivationResnet50":
    let isSmall = name.hasSuffix("20")
    var options = isSmall ? ResNet.Options.small(depth: 20) : .depth(50)
    options.order = name == "excitedResnet20" ? .post : .pre
    if name.hasPrefix("excited") { options.excitationReduction = isSmall ? 4 : 16 }
    return ResNet(options, outputs: outputs, device: device, using: &stream)
  case "resnext50": return ResNet(.resNeXt50, outputs: outputs, device: device, using: &stream)
  case "wideResnet50": return ResNet(.wide50, outputs: outputs, device: device, using: &stream)
  case "denseNet121": return DenseNet(outputs: outputs, device: device, using: &stream)
  case "mobileNetV2":
    return MobileNetV2(outputs: outputs, dropout: 0, device: device, using: &stream)
  case "mobileNetV3Small", "mobileNetV3Large":
    return MobileNetV3(
      name == "mobileNetV3Small" ? .small : .large, outputs: outputs, dropout: 0,
      device: device, using: &stream)
  case "efficientNetB0":
    let options = EfficientNet.Options(dropout: 0, stochasticDepth: 0)
    return EfficientNet(outputs: outputs, options: options, device: device, using: &stream)
  case "convNeXtTiny":
    return ConvNeXt(.init(stochasticDepth: 0), outputs: outputs, device: device, using: &stream)
  case "smallVisionTransformer":
    return VisionTransformer(.small(), outputs: outputs, device: device, using: &stream)
  case "visionTransformerB16":
    let options = VisionTransformer.Options(imageSize: isLarge ? 224 : 32)
    return VisionTransformer(options, outputs: outputs, device: device, using: &stream)
  case "googLeNet", "googLeNetAuxiliary":
    return GoogLeNet(
      outputs: outputs, auxiliary: name != "googLeNet", dropout: 0, auxiliaryDropout: 0,
      device: device, using: &stream)
  case "inceptionV3", "inceptionV3Auxiliary":
    return InceptionV3(
      outputs: outputs, auxiliary: name != "inceptionV3", dropout: 0, device: device,
      using: &stream)
  default: break
  }
  guard let depth = Int(name.filter(\.isNumber)) else { return nil }
  if name.hasPrefix("vgg") {
    let options = VGG.Options(normalizes: name.hasSuffix("BatchNorm"), dropout: 0)
    return VGG(depth: depth, outputs: outputs, options: options, device: device, using: &stream)
  }
  return name.hasPrefix("resnet")
    ? ResNet(.depth(depth), outputs: outputs, device: device, using: &stream) : nil
}

/// Hundreds of megabytes or seconds each: checked by `make prove` and HONE_LONG_TESTS=1.
private let large: Set<String> = [
  "alexNet", "originalAlexNet", "resnet101", "resnet152", "wideResnet50", "vgg11",
  "vgg11BatchNorm", "vgg13", "vgg13BatchNorm", "vgg16", "vgg16BatchNorm", "vgg19",
  "vgg19BatchNorm", "visionTransformerB16", "inceptionV3Auxiliary", "convNeXtTiny",
]
private let names = VisionGolden.all.map(\.name)
private let checksAll = ProcessInfo.processInfo.environment["HONE_LONG_TESTS"] == "1"

struct VisionModelTests {
  @Test("has torchvision's parameters and arithmetic", arguments: names)
  func cost(_ name: String) throws {
    let golden = try #require(VisionGolden.named(name))
    let model = try #require(goldenModel(name, outputs: 1000, .meta))
    let cost = try modelCost(model, golden.costShape)
    #expect(cost.parameters == golden.parameters)
    #expect(cost.multiplyAdds == golden.multiplyAdds)
    #expect(cost.flops == 2 * golden.multiplyAdds)
    #expect(cost.outputShape == [1000])
    let unused = cost.layers.filter { $0.outputShape == nil && $0.path.contains(".") }
    #expect(unused.allSatisfy { $0.path.hasPrefix("auxiliary.") })
  }

  @Test(
    "computes what torchvision computes from the same weights",
    arguments: names.filter { checksAll || !large.contains($0) })
  func outputs(_ name: String) throws {
    let difference = try difference(name)
    #expect(difference.evaluation <= Self.tolerance)
    #expect(difference.training ?? 0 <= Self.tolerance)
  }

  /// Both sides compute in double precision; only the order of sums differs.
  private static let tolerance = 1e-8

  @Test("a table of all models' differences, where one is asked for")
  func table() throws {
    guard let path = ProcessInfo.processInfo.environment["HONE_VISION_TABLE"] else { return }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    try encoder.encode(names.map(difference)).write(to: URL(filePath: path))
  }

  /// How far a model's outputs are from torchvision's, as a share of the largest of these.
  private struct Difference: Encodable {
    let name: String
    let parameters: Int
    let multiplyAdds: Int
    let isLarge: Bool
    let tolerance: Double
    let evaluation: Double
    let training: Double?
  }

  private func difference(_ name: String) throws -> Difference {
    let golden = try #require(VisionGolden.named(name))
    let model = try #require(goldenModel(name, outputs: 7))
    model.move(dtype: .float64)
    FormulaWeights.fill(model)
    let images = FormulaWeights.images(golden.shape)
    return try withoutGradients {
      let evaluation = model.evaluating { output(of: model, images) }
      return Difference(
        name: name, parameters: golden.parameters, multiplyAdds: golden.multiplyAdds,
        isLarge: large.contains(name), tolerance: Self.tolerance,
        evaluation: try distance(evaluation, golden.evaluation),
        training: try golden.training.map { try distance(output(of: model, images), $0) })
    }
  }

  @Test(
    "gives maps and features of the stated extents, and takes a new head",
    arguments: names)
  func backbone(_ name: String) throws {
    let golden = try #require(VisionGolden.named(name))
    let model = try #require(goldenModel(name, outputs: 7, .meta))
    try checkBackbone(model, Tensor.zeros([2] + golden.shape, device: .meta))
  }

  private func checkBackbone(
    _ model: some ImageBackbone, _ images: Tensor
  ) throws {
    model.evaluate()
    try catchingTorchErrors {
      let maps = model.featureMaps(images)
      #expect(maps.map { $0.shape[1] } == model.mapChannels)
      #expect(zip(maps, maps.dropFirst()).allSatisfy { $0.shape[2] >= $1.shape[2] })
      #expect(model.features(images).shape == [2, model.featureCount])
    }
    let before = model.backboneParameters.map(ObjectIdentifier.init)
    #expect(before.count == model.parameters.count - model.head.parameters.count)
    var stream = RandomStream(seed: 2, "test")
    model.replaceHead(outputs: 3, using: &stream)
    #expect(model.backboneParameters.map(ObjectIdentifier.init) == before)
    #expect(try model.outputShape(for: images.shape) == [2, 3])
  }

  private func modelCost(_ model: some ImageBackbone, _ shape: [Int]) throws -> ModelCost {
    try model.cost(ofSample: shape)
  }

  /// The outputs; in training those of heads in the middle too, in the order of the network.
  private func output(of model: some ImageBackbone, _ images: Tensor) -> Tensor {
    switch model {
    case let model as GoogLeNet where model.dropout.isTraining && !model.auxiliary.isEmpty:
      let (main, others) = model.allOutputs(images)
      return Tensor.concatenated([main] + others)
    case let model as InceptionV3 where model.dropout.isTraining && model.auxiliary != nil:
      let (main, other) = model.allOutputs(images)
      return Tensor.concatenated([main] + [other].compactMap { $0 })
    default: return model(images)
    }
  }

  private func distance(_ output: Tensor, _ golden: [Double]) throws -> Double {
    let found = output.values(as: Double.self)
    try #require(found.count == golden.count && found.allSatisfy(\.isFinite))
    let scale = golden.map(abs).max() ?? 0
    return (zip(found, golden).map { abs($0 - $1) }.max() ?? 0) / scale
  }
}
