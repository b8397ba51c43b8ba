import Foundation
import HoneConfiguration
import HoneText

/// Catalogues for people.
struct CatalogueOutput {
  let context: CommandContext

  /// Every entry on a line, under headings.
  func list(_ groups: [Catalogue.Group], of catalogue: Catalogue) {
    let width = groups.flatMap(\.items).map { displayWidth($0.name) }.max() ?? 0
    for (index, group) in groups.enumerated() {
      if let heading = group.heading {
        if index > 0 { context.say("") }
        context.say(context.terminal.styled(context.text(heading), .bold))
      }
      for item in group.items {
        let space = String(repeating: " ", count: width - displayWidth(item.name))
        var summary = context.text(item.summary)
        if catalogue.name == "models", !item.source.isEmpty { summary += " (\(item.source))" }
        say(summary, behind: "  \(context.terminal.styled(item.name, .bold))\(space)  ", width + 4)
        sizes(item, indent: width + 4)
      }
    }
    if groups.contains(where: { $0.items.contains { !$0.sizes.isEmpty } }) { explainSizes() }
    let verb = "hone \(catalogue.name)"
    context.say("")
    context.say(
      Localized(
        "`\(verb) NAME` shows one with its parameters and an example; any other word searches.",
        korean: "`\(verb) 이름`은 매개변수와 예를 보여 주고, 다른 단어를 쓰면 검색합니다."))
    guard !catalogue.common.isEmpty else { return }
    let keys = catalogue.common.map(\.name).joined(separator: ", ")
    context.say(
      Localized(
        "Keys beside any \(catalogue.noun.english): \(keys).",
        korean: "모든 \(catalogue.noun.korean)에 함께 쓸 수 있는 키: \(keys)."))
  }

  /// All about one entry.
  func show(_ item: CatalogueItem, in group: Catalogue.Group, others: [String]) {
    let heading = group.heading.map { "  (\(context.text($0)))" } ?? ""
    context.say(context.terminal.styled(item.name, .bold) + heading)
    say(context.text(item.summary), behind: "  ", 2)
    if let formula = item.formula { say(context.text(formula), behind: "  ", 2) }
    if !item.source.isEmpty { labelled("Source", "출처", item.source) }
    if !item.aliases.isEmpty {
      labelled("Other names", "다른 이름", item.aliases.joined(separator: ", "))
    }
    if let refusal = item.refusal { say(context.text(refusal), behind: "  ", 2) }
    parameters(item.parameters)
    if !item.sizes.isEmpty {
      title("Sizes", "크기")
      sizes(item, indent: 2)
      explainSizes()
    }
    if !item.example.isEmpty {
      title("Example", "예")
      for line in item.example.split(separator: "\n") { context.say("  \(line)") }
    }
    if others.isEmpty { return }
    context.say("")
    labelled("See also", "함께 볼 것", others.joined(separator: ", "))
  }

  private func parameters(_ parameters: [Parameter]) {
    if parameters.isEmpty { return }
    title("Parameters", "매개변수")
    let required = context.text(Localized("required", korean: "필수"))
    let names = parameters.map(\.name)
    let defaults = parameters.map { $0.writtenDefault ?? required }
    let first = names.map(displayWidth).max() ?? 0
    let second = min(defaults.map(displayWidth).max() ?? 0, 40)
    for (parameter, value) in zip(parameters, defaults) {
      let name = padded(parameter.name, first)
      let margin = "  \(name)  \(padded(value, second))  "
      say(context.text(parameter.summary), behind: margin, first + second + 6)
      let allowed = context.text(parameter.shape.summary)
      let space = String(repeating: " ", count: first + second + 6)
      say(allowed, behind: space, first + second + 6, .dim)
    }
  }

  private func title(_ english: String, _ korean: String) {
    context.say("")
    context.say(
      context.terminal.styled(context.text(Localized(english, korean: korean)), .bold))
  }

  private func labelled(_ english: String, _ korean: String, _ text: String) {
    say("\(context.text(Localized(english, korean: korean))): \(text)", behind: "  ", 2)
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - displayWidth(text)))
  }

  /// Text that goes on below its own beginning, where a terminal is narrower than it.
  private func say(
    _ text: String, behind margin: String, _ indent: Int, _ style: Terminal.Style? = nil
  ) {
    let room = context.terminal.outputIsTerminal ? context.terminal.width - indent : .max
    let space = String(repeating: " ", count: indent)
    for (index, line) in wrapped(text, to: max(24, room)).enumerated() {
      let shown = style.map { context.terminal.styled(line, $0) } ?? line
      context.say((index == 0 ? margin : space) + shown)
    }
  }
}

/// Lines of whole words; a word that is wider than a line has one of its own.
func wrapped(_ text: String, to width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ", omittingEmptySubsequences: false) {
    if !line.isEmpty, displayWidth(line) + 1 + displayWidth(String(word)) > width {
      lines.append(line)
      line = String(word)
    } else {
      line += line.isEmpty ? String(word) : " \(word)"
    }
  }
  return lines + [line]
}

extension CatalogueOutput {
  private func sizes(_ item: CatalogueItem, indent: Int) {
    guard !item.sizes.isEmpty else { return }
    let heading = [
      Localized("name", korean: "이름"), Localized("parameters", korean: "매개변수"),
      Localized("FLOPs", korean: "FLOPs"), Localized("input", korean: "입력"),
      Localized("classes", korean: "클래스"),
    ]
    var table = TextTable(heading.map(context.text), rightAligned: [1, 2, 4])
    for size in item.sizes {
      table.append([
        size.name, short(size.parameters), short(size.flops), context.text(size.use.summary),
        "\(size.use.outputs)",
      ])
    }
    let space = String(repeating: " ", count: indent)
    for line in table.lines { context.say(space + line) }
  }

  private func explainSizes() {
    context.say("")
    context.say(ModelReference.flopsExplanation)
  }
}

extension ModelReference {
  /// What the counts of arithmetic are.
  static let flopsExplanation = Localized(
    "FLOPs are those of one forward pass of one sample of the stated input: two for each "
      + "multiply-add of linear layers, convolutions, recurrences and attention.",
    korean: "FLOPs는 표시된 입력의 샘플 하나를 순전파할 때의 연산량으로, 선형 층, 합성곱, 순환 층, 어텐션의 "
      + "곱셈-덧셈 하나를 2로 셉니다.")
}

/// Three digits and a unit: `25.6 M`.
func short(_ number: Int) -> String {
  let units: [(Double, String)] = [(1e9, " G"), (1e6, " M"), (1e3, " k"), (1, "")]
  let value = Double(number)
  // 0.9995 would be written as a thousand of the smaller unit.
  let (size, unit) = units.first { value >= 0.9995 * $0.0 } ?? (1, "")
  let scaled = value / size
  let decimals = unit.isEmpty || scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2
  return String(format: "%.\(decimals)f", scaled) + unit
}
