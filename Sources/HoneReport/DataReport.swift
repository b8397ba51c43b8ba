public import HoneNumerics
public import HoneRecords
public import HoneText

/// One self-contained HTML file about data: what is wrong with them, and samples that show it.
///
/// ```swift
/// let report = DataReport(data: "photos/", task: task, findings: findings, views: views)
/// try report.write(to: "check.html", language: .english)
/// ```
public struct DataReport: Sendable {
  /// One of the recipe's first steps.
  public struct Step: Sendable {
    var name: String
    var passed: Bool
    var value: Double?
    var expected: String
    var message: Localized

    /// A step: its name, whether it passed, what was measured and what would have passed.
    public init(
      name: String, passed: Bool, value: Double?, expected: String, message: Localized
    ) {
      self.name = name
      self.passed = passed
      self.value = value
      self.expected = expected
      self.message = message
    }
  }

  private let data: String
  private let task: TaskRecord
  private let findings: [Finding]
  private let steps: [Step]
  private let views: [String: SampleView]

  /// A report.
  /// - Parameters:
  ///   - data: the data as the user named them.
  ///   - task: the task, with the sizes of the splits.
  ///   - findings: what is wrong, most important first.
  ///   - steps: the recipe's first steps, as far as they were taken.
  ///   - views: the samples of the findings' examples, by name.
  public init(
    data: String, task: TaskRecord, findings: [Finding], steps: [Step] = [],
    views: [String: SampleView] = [:]
  ) {
    self.data = data
    self.task = task
    self.findings = findings
    self.steps = steps
    self.views = views
  }

  /// The page.
  public func html(language: Language) -> String {
    var writer = ReportWriter(language: language, drawsCharts: false)
    writer.views = views
    let title = writer.say("Data: \(data)", korean: "데이터: \(data)")
    let header = HTML.tag(
      "header", nil, [], [.tag("div", "topline", [], [.tag("h1", text: title)])])
    let found = writer.findings(
      findings, title: writer.say("Findings", korean: "진단"),
      none: writer.say(
        "Nothing was found that holds a model back.", korean: "모델의 성능을 떨어뜨릴 문제를 찾지 못했습니다."),
      lead: writer.say(
        "The most important first. Each number stands beside the threshold it was held against.",
        korean: "중요한 것부터 나열합니다. 각 수치와 비교한 기준값을 함께 보입니다."))
    let footer = HTML.tag(
      "footer",
      text: writer.say(
        "Made by Hone \(HoneVersion.current). The file needs no network.",
        korean: "Hone \(HoneVersion.current)이(가) 만들었습니다. 네트워크 없이 볼 수 있는 파일입니다."))
    let sections = [overview(writer), found, writer.steps(steps)].compactMap { $0 }
    return Page(
      title: title, language: language.rawValue, body: [header] + sections + [footer],
      figures: [], plotlySource: nil
    ).text
  }

  /// Writes the page, whole or not at all.
  /// - Throws: `FileError` where the folder or the disk does not take the file.
  public func write(to path: String, language: Language) throws(FileError) {
    try AtomicFile.write(html(language: language), to: path)
  }

  private func overview(_ writer: ReportWriter) -> HTML {
    let shape = task.sampleShape.map { String($0) }.joined(separator: " × ")
    let facts: [(String, String)] = [
      (writer.say("Task", korean: "과제"), task.kind.rawValue),
      (writer.say("Input", korean: "입력"), shape),
      (writer.say("Training", korean: "훈련"), "\(task.trainSamples)"),
      (writer.say("Validation", korean: "검증"), "\(task.validationSamples)"),
      (writer.say("Test", korean: "시험"), "\(task.testSamples)"),
    ]
    var children: [HTML] = [
      .tag(
        "dl", "facts", [],
        facts.map { name, value in
          .tag("div", nil, [], [.tag("dt", text: name), .tag("dd", text: value)])
        })
    ]
    if !task.classes.isEmpty {
      var table = HTMLTable([
        .init(writer.say("Class", korean: "클래스")),
        .init(writer.say("Training samples", korean: "훈련 표본"), isNumber: true),
      ])
      table.rows = zip(task.classes, task.classCounts).map { [.text($0), .text("\($1)")] }
      children.append(
        .tag(
          "details", nil, [],
          [.tag("summary", text: writer.say("Classes", korean: "클래스별 표본 수")), table.html]))
    }
    return writer.section("data", writer.say("Data", korean: "데이터"), children)
  }
}

extension ReportWriter {
  /// The recipe's first steps as a table; nil where none was taken.
  fileprivate func steps(_ steps: [DataReport.Step]) -> HTML? {
    guard !steps.isEmpty else { return nil }
    var table = HTMLTable([
      .init(say("Step", korean: "단계")), .init(say("Result", korean: "결과")),
      .init(say("Value", korean: "값"), isNumber: true), .init(say("Expected", korean: "기대한 값")),
      .init(say("Meaning", korean: "뜻")),
    ])
    table.rows = steps.map { step in
      [
        .tag("code", text: step.name),
        pill(
          step.passed ? say("passed", korean: "통과") : say("failed", korean: "실패"),
          step.passed ? .good : .bad),
        .text(step.value.map { Formatting.significant($0) } ?? "–"), .text(step.expected),
        .tag("span", "muted", text: step.message.text(language)),
      ]
    }
    return section(
      "steps", say("First steps", korean: "첫 단계"),
      lead: say(
        "What must hold before a long run is worth it.", korean: "오래 학습하기 전에 확인할 것들입니다."),
      [table.html])
  }
}
