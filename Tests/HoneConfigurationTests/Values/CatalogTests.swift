import HoneConfiguration
import HoneRecords
import Testing

@Suite("The catalogue") struct CatalogTests {
  /// A text in which a component of a family stands with what it needs.
  private func example(_ family: ComponentFamily, _ component: Component) -> String {
    var needed: [String: String] = [
      "outputs": "3", "vocabulary": "9", "layers": "[relu]", "count": "2", "value": "0",
      "milestones": "[2]", "groups": "1", "layer": "{linear: 2}", "probability": "0.1",
      "threshold": "0", "heads": "2", "size": "5", "factor": "2", "shape": "[2, -1]",
      "order": "[2, 1]",
      "steps": "[horizontalFlip, {randomCrop: 2}]", "pixels": "3", "halveEvery": "5",
      "tenthEvery": "20",
      "sequence": "[{kind: warmUp, epochs: 1}, cosine]", "product": "[cosine, {halveEvery: 3}]",
    ]
    if component.name == "bilinear" { needed["layers"] = "[relu, relu]" }
    if component.name == "upsample" { needed["scale"] = "2" }
    let required = component.parameters.filter {
      $0.isRequired || component.name == "upsample" && $0.name == "scale"
    }
    let pairs = required.map { "\($0.name): \(needed[$0.name] ?? "missing")" }
    let payload = pairs.joined(separator: ", ")
    let tagged = ["kind: \(component.name)"] + pairs
    switch family {
    case .models:
      return component.name == "layers"
        ? "model: {\(payload)}" : "model: {name: \(component.name)}"
    case .layers: return "model: {layers: [{\(component.name): {\(payload)}}]}"
    case .initializers:
      return "model: {layers: [{linear: {outputs: 2, initializer: "
        + "{\(tagged.joined(separator: ", "))}}}]}"
    case .augmentations: return "augment: [{\(component.name): {\(payload)}}]"
    case .losses: return "loss: {\(tagged.joined(separator: ", "))}"
    case .optimizers: return "optimizer: {\(tagged.joined(separator: ", "))}"
    case .schedules: return "schedule: {\(tagged.joined(separator: ", "))}"
    case .averages: return "training: {averaging: {\(component.name): {\(payload)}}}"
    case .constraints: return "regularization: {constraints: [{\(component.name): {\(payload)}}]}"
    }
  }

  @Test(
    "every component can be written, read and written again",
    arguments: ComponentFamily.allCases)
  func components(_ family: ComponentFamily) throws {
    for component in family.components {
      let text = example(family, component)
      let configuration = try Configuration(text: text)
      let isNamed = component.names.contains { configuration.yaml.contains($0) }
      #expect(isNamed, "\(component.name)")
      #expect(try Configuration(text: configuration.yaml) == configuration)
    }
  }

  @Test("names within a family are unique and every parameter that may be left out has a default")
  func names() {
    for family in ComponentFamily.allCases {
      let names = family.components.map(\.name)
      #expect(Set(names).count == names.count)
    }
    let slope = ComponentFamily.layers.components.first { $0.name == "leakyReLU" }
    #expect(slope?.parameters.first?.defaultText.written == .number(0.01))
  }

  @Test("an empty configuration is the default one") func defaults() throws {
    #expect(try Configuration(text: "{}") == Configuration())
    #expect(try ConfigurationDocument().resolved() == Configuration())
    #expect(try Configuration(text: "training:\n") == Configuration())
  }
}
