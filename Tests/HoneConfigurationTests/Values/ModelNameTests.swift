import HoneRecords
import Testing

@testable import HoneConfiguration

@Suite struct ModelNameTests {
  private func written(_ text: String) throws -> ConfigurationValue {
    let configuration = try Configuration(text: text)
    guard case .map(let whole) = ConfigurationValue(coding: configuration),
      let model = whole["model"]
    else { return .null }
    return model
  }

  @Test(
    "a model keeps the name that says its size, with what else was set",
    arguments: [
      ("model: resnet18", "resnet18", nil), ("model: {name: resnet, depth: 18}", "resnet18", nil),
      ("model: resnext50", "resnext50", nil), ("model: vgg16BatchNorm", "vgg16BatchNorm", nil),
      ("model: {name: smallResnet, depth: 26}", "smallResnet", 26),
      ("model: alexNet", "alexNet", nil), ("model: originalAlexNet", "originalAlexNet", nil),
    ] as [(String, String, Int?)])
  func names(text: String, name: String, depth: Int?) throws {
    let configuration = try Configuration(text: text)
    #expect(configuration.model.architecture.name == name)
    guard case .map(let model) = try written(text) else {
      Issue.record("The model is no map.")
      return
    }
    #expect(model["name"] == .string(name))
    #expect(model["depth"] == depth.map { .integer($0) })
  }

  @Test("every published size has its costs, and each name is used once")
  func references() {
    let components = ComponentFamily.models.components
    let references = components.flatMap(ModelReference.all(of:))
    #expect(references.count > 30)
    #expect(references.allSatisfy { $0.parameters > 1000 && $0.multiplyAdds >= $0.use.outputs })
    let names = components.flatMap(\.names)
    #expect(Set(names).count == names.count)
  }
}
