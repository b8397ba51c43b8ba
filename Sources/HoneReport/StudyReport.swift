public import HoneNumerics
import HonePlots
import HoneRecords
public import HoneSearch
public import HoneText

/// One self-contained HTML file about a study: its best trials, what mattered, and how it went.
///
/// ```swift
/// let report = StudyReport(record)
/// try report.write(to: "study.html", language: .english, plotlySource: plotly)
/// ```
public struct StudyReport: Sendable {
  private let study: StudyRecord
  private let command: [String]

  /// A report.
  /// - Parameters:
  ///   - study: the whole study.
  ///   - command: the command line that goes on with it or shows it; empty for none.
  public init(_ study: StudyRecord, command: [String] = []) {
    self.study = study
    self.command = command
  }

  /// The page.
  /// - Parameters:
  ///   - language: the reader's language.
  ///   - plotlySource: the text of `plotly.min.js`, which is put into the file; nil gives a page of
  ///     tables that says so.
  public func html(language: Language, plotlySource: String?) -> String {
    var writer = ReportWriter(language: language, drawsCharts: plotlySource != nil)
    let sections = writer.studySections(study, command: command)
    let title = writer.say("Study \(study.name)", korean: "연구 \(study.name)")
    let header = writer.header(title: title, created: study.begun, sections: sections)
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
