import ArgumentParser
import Foundation
import HoneConfiguration
import HoneText

/// Lists the ready models with what each published size costs.
struct ModelsVerb: CatalogueVerb {
  static let name = "models"
  static let purpose = (
    "List ready models with their parameters and arithmetic.",
    "준비된 모델을 매개변수 수, 연산량과 함께 나열합니다."
  )
  static let family = ComponentFamily.models
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let context = global.context()
    let components = Self.family.components
    if context.json {
      try context.emit(
        [Self.name: components.flatMap { ModelEntry.all(of: $0, context.language) }])
      return
    }
    for component in components {
      Self.say(component, context)
      let sizes = ModelReference.all(of: component)
      if sizes.isEmpty { continue }
      for line in Self.table(sizes, context).lines { context.say("    \(line)") }
    }
    context.say(
      Localized(
        "FLOPs are those of one forward pass of one sample of the stated input: two for each "
          + "multiply-add of linear layers, convolutions, recurrences and attention.",
        korean: "FLOPs는 표시된 입력의 샘플 하나를 순전파할 때의 연산량으로, 선형 층, 합성곱, 순환 층, 어텐션의 "
          + "곱셈-덧셈 하나를 2로 셉니다."))
  }

  private static func table(_ sizes: [ModelReference], _ context: CommandContext) -> TextTable {
    let heading = [
      Localized("name", korean: "이름"), Localized("parameters", korean: "매개변수"),
      Localized("FLOPs", korean: "FLOPs"), Localized("input", korean: "입력"),
      Localized("classes", korean: "클래스"),
    ]
    var table = TextTable(heading.map(context.text), rightAligned: [1, 2, 4])
    for size in sizes {
      table.append([
        size.name, short(size.parameters), short(size.flops), context.text(size.use.summary),
        "\(size.use.outputs)",
      ])
    }
    return table
  }

  /// Three digits and a unit: `25.6 M`.
  private static func short(_ number: Int) -> String {
    let units: [(Double, String)] = [(1e9, " G"), (1e6, " M"), (1e3, " k"), (1, "")]
    let value = Double(number)
    // 0.9995 would be written as a thousand of the smaller unit.
    let (size, unit) = units.first { value >= 0.9995 * $0.0 } ?? (1, "")
    let scaled = value / size
    let decimals = unit.isEmpty || scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2
    return String(format: "%.\(decimals)f", scaled) + unit
  }
}

/// The JSON of one name of a model: its catalogue entry, and what it costs.
private struct ModelEntry: Encodable {
  enum Key: String, CodingKey {
    case name, family, input, outputs, parameterCount, multiplyAdds, flops
  }

  let name: String
  let family: String
  let entry: CatalogueEntry
  let reference: ModelReference?

  /// The entries of a component: its own name, and its sizes.
  static func all(of component: Component, _ language: Language) -> [ModelEntry] {
    let entry = CatalogueEntry(component, language)
    let references = ModelReference.all(of: component)
    let own = references.contains { $0.name == component.name } ? [] : [component.name]
    return (own + references.map(\.name)).map { name in
      ModelEntry(
        name: name, family: component.name, entry: entry,
        reference: references.first { $0.name == name })
    }
  }

  func encode(to encoder: any Encoder) throws {
    try entry.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    try container.encode(family, forKey: .family)
    try container.encode(reference?.use.input, forKey: .input)
    try container.encode(reference?.use.outputs, forKey: .outputs)
    try container.encode(reference?.parameters, forKey: .parameterCount)
    try container.encode(reference?.multiplyAdds, forKey: .multiplyAdds)
    try container.encode(reference?.flops, forKey: .flops)
  }
}
