import ArgumentParser
import HoneConfiguration
import HoneText

/// All catalogues as one Markdown document.
struct CatalogueDocument {
  private var lines: [String] = []

  /// The document.
  static var text: String {
    var document = CatalogueDocument()
    document.write()
    return document.lines.joined(separator: "\n") + "\n"
  }

  private mutating func write() {
    lines = [
      "<!-- Written by Scripts/catalogue from the catalogue itself; do not edit. -->", "",
      "# Catalogue", "",
      "Every name that a configuration knows, with its parameters and a configuration that uses it.",
      "`hone models`, `hone layers`, `hone initializers`, `hone augmentations`, `hone losses`,",
      "`hone optimizers`, `hone schedules` and `hone metrics` say the same on the command line, each",
      "with the name of one for its details or with a word to search for.", "",
    ]
    let catalogues = Catalogue.all
    for catalogue in catalogues {
      lines.append("- [\(heading(catalogue))](#\(anchor(heading(catalogue))))")
    }
    for catalogue in catalogues { write(catalogue) }
  }

  private mutating func write(_ catalogue: Catalogue) {
    lines += ["", "## \(heading(catalogue))"]
    if !catalogue.common.isEmpty {
      lines += ["", "Beside any \(catalogue.noun.english):", ""]
      write(catalogue.common)
    }
    for group in catalogue.groups {
      if let heading = group.heading { lines += ["", "### \(heading.english)"] }
      for item in group.items { write(item) }
    }
  }

  private mutating func write(_ item: CatalogueItem) {
    let names = item.names.map { "`\($0)`" }.joined(separator: ", ")
    let source = item.source.isEmpty ? "" : " (\(escaped(item.source)))"
    lines += ["", "#### \(names)", "", capitalized(escaped(item.summary.english)) + "\(source)."]
    if let formula = item.formula { lines += ["", "    \(formula.english)"] }
    if let refusal = item.refusal { lines += ["", "Refused: " + escaped(refusal.english)] }
    if !item.parameters.isEmpty {
      lines.append("")
      write(item.parameters)
    }
    if !item.sizes.isEmpty { write(item.sizes) }
    if !item.example.isEmpty { lines += ["", "```yaml", String(item.example.dropLast()), "```"] }
  }

  private mutating func write(_ parameters: [Parameter]) {
    lines += ["| key | default | meaning | allowed |", "| --- | --- | --- | --- |"]
    for parameter in parameters {
      let value = parameter.writtenDefault.map { "`\($0)`" } ?? "required"
      let cells = [
        "`\(parameter.name)`", value, parameter.summary.english, parameter.shape.summary.english,
      ]
      lines.append("| " + cells.map(escaped).joined(separator: " | ") + " |")
    }
  }

  private mutating func write(_ sizes: [ModelReference]) {
    lines += [
      "", "| size | parameters | FLOPs | input | classes |", "| --- | --: | --: | --- | --: |",
    ]
    for size in sizes {
      let cells = [
        "`\(size.name)`", short(size.parameters), short(size.flops), size.use.summary.english,
        "\(size.use.outputs)",
      ]
      lines.append("| " + cells.joined(separator: " | ") + " |")
    }
  }

  private func heading(_ catalogue: Catalogue) -> String { capitalized(catalogue.name) }

  private func anchor(_ heading: String) -> String { heading.lowercased() }

  private func capitalized(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  /// Text without what Markdown takes for its own.
  private func escaped(_ text: String) -> String {
    text.replacing("|", with: "\\|").replacing("*", with: "\\*").replacing("<", with: "&lt;")
  }
}

/// `hone catalogue`: all catalogues as the document of the source tree.
struct CatalogueDocumentVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "catalogue",
      abstract: localized(
        "Print all catalogues as Markdown.", "모든 목록을 마크다운으로 출력합니다."),
      shouldDisplay: false)
  }

  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let context = global.context()
    if context.json {
      try context.emit(["catalogue": CatalogueDocument.text])
    } else {
      context.say(String(CatalogueDocument.text.dropLast()))
    }
  }
}
