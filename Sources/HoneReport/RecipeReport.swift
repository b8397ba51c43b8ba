public import HoneNumerics
public import HoneRecords
public import HoneSearch
public import HoneText

/// One self-contained HTML file about a recipe: each step with its numbers, then its studies.
public struct RecipeReport: Sendable {
  private let recipe: RecipeRecord
  private let studies: [StudyRecord]

  /// A report.
  /// - Parameters:
  ///   - recipe: the recipe as far as it has gone.
  ///   - studies: its studies, those that are there, in order.
  public init(_ recipe: RecipeRecord, studies: [StudyRecord]) {
    self.recipe = recipe
    self.studies = studies
  }

  /// The page.
  /// - Parameters:
  ///   - language: the reader's language.
  ///   - plotlySource: the text of `plotly.min.js`, which is put into the file; nil gives a page of
  ///     tables that says so.
  public func html(language: Language, plotlySource: String?) -> String {
    var writer = ReportWriter(language: language, drawsCharts: plotlySource != nil)
    var sections = [writer.recipeSteps(recipe)]
    for (index, study) in studies.enumerated() {
      let prefix = "study\(index)-"
      let title = writer.say("Study \(study.name)", korean: "연구 \(study.name)")
      sections.append(writer.section("\(prefix)title", title, []))
      sections += writer.studySections(study, prefix: prefix)
    }
    if !recipe.command.isEmpty {
      sections.append(
        writer.section(
          "reproduce", writer.say("Go on", korean: "이어서 하기"),
          [
            writer.copyable(
              "command", writer.say("Command", korean: "명령"), ShellText.command(recipe.command))
          ]))
    }
    let title = writer.say("Recipe \(recipe.name)", korean: "레시피 \(recipe.name)")
    let header = writer.header(title: title, created: recipe.created, sections: sections)
    let footer = HTML.tag(
      "footer",
      text: writer.say(
        "Made by Hone \(HoneVersion.current). The file needs no network.",
        korean: "Hone \(HoneVersion.current)이(가) 만들었습니다. 네트워크 없이 볼 수 있는 파일입니다."))
    return Page(
      title: title, language: language.rawValue, body: [header] + sections + [footer],
      figures: writer.figures, plotlySource: plotlySource
    ).text
  }

  /// Writes the page, whole or not at all.
  /// - Parameters:
  ///   - path: the file to make or replace.
  ///   - language: the reader's language.
  ///   - plotlySource: as for ``html(language:plotlySource:)``.
  /// - Throws: `FileError` where the folder or the disk does not take the file.
  public func write(
    to path: String, language: Language, plotlySource: String?
  ) throws(FileError) {
    try AtomicFile.write(html(language: language, plotlySource: plotlySource), to: path)
  }
}

extension ReportWriter {
  /// The steps as a table.
  fileprivate func recipeSteps(_ recipe: RecipeRecord) -> HTML {
    var table = HTMLTable([
      .init(say("Step", korean: "단계")), .init(say("Result", korean: "결과")),
      .init(say("Value", korean: "값"), isNumber: true), .init(say("Expected", korean: "기대한 값")),
      .init(say("Meaning", korean: "뜻")), .init(say("Time", korean: "시간"), isNumber: true),
    ])
    table.rows = recipe.steps.enumerated().map { index, step in
      let details = step.details.map { HTML.tag("div", "muted", text: $0.text(language)) }
      return [
        .tag("span", "nowrap", text: "\(index + 1) \(step.name.title.text(language))"),
        pill(
          step.passed ? say("passed", korean: "통과") : say("failed", korean: "실패"),
          step.passed ? .good : .bad),
        .text(step.value.map { Formatting.significant($0, digits: 4) } ?? "–"),
        .text(step.expected),
        .group([.tag("div", text: step.message.text(language))] + details),
        .text(duration(step.seconds)),
      ]
    }
    let passed = recipe.steps.count(where: \.passed)
    return section(
      "steps", say("Steps", korean: "단계"),
      lead: say(
        "\(recipe.dataSource): \(passed) of \(RecipeStep.Name.allCases.count) steps passed.",
        korean: "\(recipe.dataSource): \(RecipeStep.Name.allCases.count)단계 중 \(passed)단계 통과."),
      [table.html])
  }
}
