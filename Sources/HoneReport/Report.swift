import Foundation
public import HoneNumerics
public import HoneRecords
public import HoneText

/// One self-contained HTML file about a run or an improvement.
///
/// ```swift
/// let report = Report(improvement: record, baseline: baseline, final: final)
/// try report.write(to: "hone-report.html", language: .english, plotlySource: plotly)
/// ```
public struct Report: Sendable {
  private enum Subject {
    case run(RunEvidence, DiagnosisRecord)
    case improvement(ImprovementRecord, baseline: RunEvidence, final: RunEvidence)
  }

  private let subject: Subject

  /// A report about one run.
  /// - Parameters:
  ///   - run: the run with its series.
  ///   - diagnosis: what was found in it.
  public init(run: RunEvidence, diagnosis: DiagnosisRecord) {
    subject = .run(run, diagnosis)
  }

  /// A report about an improvement.
  /// - Parameters:
  ///   - improvement: the ledger.
  ///   - baseline: the series of its baseline run.
  ///   - final: the series of its final run.
  public init(improvement: ImprovementRecord, baseline: RunEvidence, final: RunEvidence) {
    subject = .improvement(improvement, baseline: baseline, final: final)
  }

  /// The page.
  /// - Parameters:
  ///   - language: the reader's language.
  ///   - plotlySource: the text of `plotly.min.js`, which is put into the file; nil gives a page of
  ///     tables that says so.
  public func html(language: Language, plotlySource: String?) -> String {
    var writer = ReportWriter(language: language, drawsCharts: plotlySource != nil)
    let sections: [HTML]
    let run: RunRecord
    let created: Date
    switch subject {
    case .run(let evidence, let diagnosis):
      run = evidence.run
      created = run.created
      sections = Self.runSections(&writer, evidence, diagnosis)
    case .improvement(let record, let baseline, let final):
      run = final.run
      created = record.created
      sections = Self.improvementSections(&writer, record, baseline, final)
    }
    let title = title(writer)
    let header = writer.header(title: title, created: created, sections: sections)
    let footer = HTML.tag(
      "footer",
      text: writer.say(
        "Made by Hone \(run.environment.hone). The file needs no network.",
        korean: "Hone \(run.environment.hone)이(가) 만들었습니다. 네트워크 없이 볼 수 있는 파일입니다."))
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

  private func title(_ writer: ReportWriter) -> String {
    switch subject {
    case .run(let evidence, _):
      writer.say("Run \(evidence.run.name)", korean: "실행 \(evidence.run.name)")
    case .improvement(let record, _, _):
      writer.say("Improvement of \(record.dataSource)", korean: "\(record.dataSource) 성능 개선")
    }
  }

  private static func runSections(
    _ writer: inout ReportWriter, _ evidence: RunEvidence, _ diagnosis: DiagnosisRecord
  ) -> [HTML] {
    let run = evidence.run
    let headline = writer.runHeadline(evidence, diagnosis)
    let findings = writer.findings(diagnosis, title: writer.say("Findings", korean: "진단"))
    let decision = diagnosis.decision.map { writer.decision($0) }
    let curves = writer.curves(evidence)
    let dynamics = writer.dynamics(evidence)
    let depth = writer.depth(evidence)
    let probes = writer.probes(run.probes)
    let evaluation = writer.evaluation(run, baseline: nil)
    return [
      headline, decision, findings, curves, dynamics, depth, probes, evaluation,
      writer.reproduction(run, command: run.command),
      writer.environment(run),
    ].compactMap { $0 }
  }

  private static func improvementSections(
    _ writer: inout ReportWriter, _ record: ImprovementRecord, _ baseline: RunEvidence,
    _ final: RunEvidence
  ) -> [HTML] {
    let headline = writer.improvementHeadline(record)
    let experiments = writer.experiments(record)
    let controls = writer.controls(record)
    let race = writer.race(record)
    let actions = writer.actions(record)
    let curves = writer.comparison(baseline: baseline, final: final)
    let findings = writer.findings(
      record.diagnosis,
      title: writer.say("What held the baseline back", korean: "기준 모델의 진단"))
    let evaluation = writer.evaluation(
      record.final, baseline: record.baseline.id == record.final.id ? nil : record.baseline)
    return [
      headline, experiments, controls, race, curves, findings, actions, evaluation,
      writer.configurationDifference(record.baseline, record.final),
      writer.reproduction(record.final, command: record.command),
      writer.environment(record.final),
    ].compactMap { $0 }
  }
}
