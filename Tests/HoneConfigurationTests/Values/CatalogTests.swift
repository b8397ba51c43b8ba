import HoneRecords
import HoneText
import Testing

@testable import HoneConfiguration

@Suite("The catalogue") struct CatalogTests {
  @Test(
    "the example of every name can be read, uses it, and can be written again",
    arguments: ComponentFamily.allCases)
  func examples(_ family: ComponentFamily) throws {
    for component in family.components {
      for name in component.names {
        let example = family.example(of: component, as: name)
        let configuration = try Configuration(text: example)
        let isWritten = component.names.contains { configuration.yaml.contains($0) }
        #expect(isWritten, "\(name)")
        #expect(example.contains(name), "\(name)")
        #expect(try Configuration(text: configuration.yaml) == configuration)
      }
    }
  }

  @Test("what an example says of its own accord fits any shape")
  func values() {
    let shapes: [(ValueShape, String)] = [
      (.flag, "true"), (.integer(from: 7), "7"), (.integer(-8...(-1)), "-1"),
      (.number(.share), "0.1"), (.number(NumberRange(lower: 1, includesLower: false)), "2"),
      (.choice(["one", "two"]), "one"), (.list(.integer(from: 1), 2...2), "[2, 2]"),
      (.optional(.text), "name"), (.component(.constraints), "maxNorm"),
    ]
    for (shape, text) in shapes { #expect(ComponentExample.text(shape) == text) }
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

  @Test("an unknown name gets the nearest, other names among them")
  func nearest() {
    for (text, name) in [("model: resnet2O", "resnet20"), ("optimizer: adamw2", "adamW")] {
      #expect(throws: ConfigurationError.self) { try Configuration(text: text) }
      do {
        _ = try Configuration(text: text)
      } catch {
        #expect(error.explanation.english.contains("Did you mean \"\(name)\"?"))
      }
    }
  }

  @Test("kinds that take keys beside their own say which")
  func common() {
    #expect(ComponentFamily.optimizers.common.contains { $0.name == "lookahead" })
    #expect(ComponentFamily.schedules.common.contains { $0.name == "warmupEpochs" })
    #expect(ComponentFamily.models.common.contains { $0.name == "pretrained" })
    #expect(ComponentFamily.layers.common.isEmpty)
  }

  @Test("an empty configuration is the default one") func defaults() throws {
    #expect(try Configuration(text: "{}") == Configuration())
    #expect(try ConfigurationDocument().resolved() == Configuration())
    #expect(try Configuration(text: "training:\n") == Configuration())
  }
}
