import HoneConfiguration
import HoneData
import HoneNN
import HoneNumerics
import HoneTensor
import Testing

@testable import HoneAssembly

/// A name of the catalogue with the configuration that the catalogue shows for it.
struct CatalogueName: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let example: String

  /// The augmentations of some groups: for images, for texts, made of other steps.
  static func augmentations(_ groups: ClosedRange<Int>) -> [CatalogueName] {
    let names = Set(ComponentFamily.augmentations.groups[groups].flatMap(\.components).map(\.name))
    return all(.augmentations).filter { names.contains($0.testDescription) }
  }

  /// Every name of a kind, other names included.
  static func all(_ family: ComponentFamily) -> [CatalogueName] {
    family.components.flatMap { component in
      component.names.map {
        CatalogueName(testDescription: $0, example: family.example(of: component, as: $0))
      }
    }
  }
}

/// A name that cannot be built and trained cannot be listed: every one is, as its example says.
@Suite("Every name of the catalogue trains") struct CatalogueTrainingTests {
  private func expectTraining(_ text: String, on data: Dataset) throws {
    let failure = try FirstSteps.failure(text, on: data)
    #expect(failure == nil, "\(text)")
  }

  @Test("layers", arguments: CatalogueName.all(.layers))
  func layers(_ name: CatalogueName) throws {
    try expectTraining(name.example, on: try Workbench.digits.get())
  }

  /// On numbers, because some methods solve least squares only; with few weights, because some keep
  /// a matrix of all pairs.
  @Test("optimizers", arguments: CatalogueName.all(.optimizers))
  func optimizers(_ name: CatalogueName) throws {
    try expectTraining(
      name.example + "model: {name: mlp, widths: [3], activation: tanh}\n",
      on: try Workbench.table(target: "value"))
  }

  @Test("schedules", arguments: CatalogueName.all(.schedules))
  func schedules(_ name: CatalogueName) throws {
    try expectTraining(
      name.example + "model: {name: mlp, widths: [4]}\n", on: try Workbench.digits.get())
  }

  @Test("averages of weights", arguments: CatalogueName.all(.averages))
  func averages(_ name: CatalogueName) throws {
    try expectTraining(
      name.example + "model: {name: mlp, widths: [4], normalization: batchNorm}\n",
      on: try Workbench.digits.get())
  }

  @Test("constraints", arguments: CatalogueName.all(.constraints))
  func constraints(_ name: CatalogueName) throws {
    try expectTraining(
      name.example + "model: {name: mlp, widths: [4]}\n", on: try Workbench.digits.get())
  }

  @Test("augmentations of texts", arguments: CatalogueName.augmentations(1...2))
  func textAugmentations(_ name: CatalogueName) throws {
    let needsInstalled: Set<String> = [
      "wordInsertion", "synonymReplacement", "antonymReplacement", "embeddingReplacement",
      "spellingCorrection", "backTranslation", "generation",
    ]
    do {
      try expectTraining(
        name.example + "model: {name: bagOfEmbeddings, features: 4}\n", on: FirstSteps.texts())
    } catch is DataError {
      #expect(needsInstalled.contains(name.testDescription))
    }
  }

  @Test("augmentations of images", arguments: CatalogueName.augmentations(0...0))
  func augmentations(_ name: CatalogueName) throws {
    try expectTraining(
      name.example + "model: {name: mlp, widths: [4]}\n",
      on: FirstSteps.images(side: 8, channels: 3))
  }
}

/// Every ready model is trained in a small size, or built without memory where it has none.
@Suite("Every model of the catalogue") struct CatalogueModelTests {
  /// Keys that make a model small.
  private static let small: [String: String] = [
    "mlp": "widths: [4], repeats: 2", "cnn": "width: 2", "smallResnet": "depth: 8, width: 2",
    "wideResnet": "depth: 10, factor: 1", "resnet": "depth: 18, width: 2, stem: small",
    "vgg": "depth: 11, widthMultiplier: 0.02",
    "mobileNetV2": "widthMultiplier: 0.25", "mobileNetV3": "size: small, widthMultiplier: 0.25",
    "efficientNetB0": "widthMultiplier: 0.05, depthMultiplier: 0.1", "denseNet121": "growth: 2",
    "visionTransformer": "patch: 8, depth: 1, heads: 2, width: 8, hiddenWidth: 8",
    "bagOfEmbeddings": "features: 4", "textCNN": "features: 4, maps: 2",
    "lstm": "features: 4, width: 4", "gru": "features: 4, width: 4",
    "transformer": "features: 4, depth: 1, heads: 2, feedForward: 4", "tabularMLP": "widths: [4]",
    "tabularResNet": "blocks: 1, width: 4", "ftTransformer": "blocks: 1, width: 8, heads: 2",
  ]
  /// Models of a single size with millions of weights.
  private static let large: Set<String> = [
    "alexNet", "googLeNet", "inceptionV3", "squeezeNet", "convNeXtTiny",
  ]

  private static func names(in components: [Component]) -> [String] {
    components.map(\.name).filter { $0 != "layers" && !large.contains($0) }
  }

  private static func components(_ index: Int) -> [Component] {
    ComponentFamily.models.groups[index].components
  }

  private func expectTraining(_ name: String, on data: Dataset) throws {
    let keys = Self.small[name].map { ", \($0)" } ?? ""
    let failure = try FirstSteps.failure("model: {name: \(name)\(keys)}", on: data)
    #expect(failure == nil)
  }

  @Test("for any data train on a table", arguments: ["auto", "mlp"])
  func anyData(_ name: String) throws { try expectTraining(name, on: try FirstSteps.rows()) }

  @Test("for images train", arguments: names(in: components(1)) + ["cnn"])
  func images(_ name: String) throws { try expectTraining(name, on: FirstSteps.images(side: 32)) }

  @Test("for texts train", arguments: names(in: components(2)))
  func texts(_ name: String) throws { try expectTraining(name, on: try FirstSteps.texts()) }

  @Test("for tables train", arguments: names(in: components(3)))
  func tables(_ name: String) throws { try expectTraining(name, on: try FirstSteps.rows()) }

  @Test(
    "of each name are built and give a number for each class",
    arguments: CatalogueName.all(.models).map(\.testDescription).filter { $0 != "layers" })
  func builds(_ name: String) throws {
    let use = try #require(ModelUse(of: name == "auto" ? "mlp" : name))
    let configuration = try Workbench.configuration("model: {name: \(name)}")
    var stream = RandomStream(seed: 1, "weights")
    let model = try ModelAssembler(
      configuration: configuration, inputShape: use.input, outputs: use.outputs, device: .meta,
      cardinalities: use.cardinalities, vocabulary: use.vocabulary
    ).model(using: &stream)
    let output = try model.outputShape(
      for: [2] + use.input, dtype: use.vocabulary == nil ? .float32 : .int64)
    #expect(output == [2, use.outputs])
  }
}
