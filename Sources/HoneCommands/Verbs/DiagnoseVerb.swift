import ArgumentParser
import Foundation
import HoneDiagnosis
import HoneRecords
import HoneStore
import HoneText

/// `hone diagnose`: findings of a run, from its records alone.
struct DiagnoseVerb: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "diagnose",
      abstract: localized(
        "Say what holds a run back: finished, running or crashed, or made elsewhere.",
        "실행의 성능을 막는 것이 무엇인지 진단합니다. 끝난 실행, 도는 실행, 다른 도구의 실행도 됩니다."),
      discussion: localized(
        """
        EXAMPLES
          hone diagnose last
          hone diagnose --curves history.csv --json
        """,
        """
        예
          hone diagnose last
          hone diagnose --curves history.csv --json
        """))
  }

  @Argument(
    help: help(
      "A run: id, part of it, name or last.", "실행: id, id의 앞부분, 이름 또는 last.", valueName: "RUN"))
  var reference: String?

  @Option(
    help: help(
      "A table of losses per epoch (CSV), TensorBoard's events, or a run's log with its layers (JSON lines).",
      "에폭마다의 손실을 적은 CSV 파일, TensorBoard 이벤트 파일, 또는 층별 통계를 담은 JSON 줄 파일.",
      valueName: "file"))
  var curves: String?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if (reference == nil) == (curves == nil) {
      throw ValidationError(
        localized("Name a run, or a file with --curves.", "실행을 쓰거나, --curves로 파일을 쓰십시오."))
    }
  }

  mutating func run() async throws {
    let context = global.context()
    let record = Diagnostician().diagnose(try evidence(context))
    if context.json {
      try context.emit(DiagnoseOutput(record, language: context.language))
    } else {
      context.say(context.text(record.verdict.word))
      if let note = record.note { context.say(note) }
      DiagnosisSummary.say(record.findings, context)
    }
  }

  private func evidence(_ context: CommandContext) throws -> RunEvidence {
    if let curves {
      let path = CommandEnvironment.current?.absolute(curves) ?? curves
      guard FileManager.default.fileExists(atPath: path) else {
        throw CommandFailure.inputNotFound(curves)
      }
      if EventFileReader.isEventFile(path) {
        return try CurveFile.read(
          scalars: try EventFileReader.read(path: path).scalars, name: curves)
      }
      guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
        throw CommandFailure.unreadable(curves, detail: "UTF-8")
      }
      if RunLog.recognizes(text) { return try RunLog.read(text: text, name: curves) }
      return try CurveFile.read(csvText: text, name: curves)
    }
    let store = try context.openExistingStore()
    return try store.evidence(try store.find(reference ?? "last").id)
  }
}

extension DiagnosisRecord.Verdict {
  var word: Localized {
    switch self {
    case .healthy: Localized("healthy", korean: "양호")
    case .problems: Localized("problems", korean: "문제 있음")
    case .insufficientEvidence: Localized("insufficient evidence", korean: "근거 부족")
    }
  }
}
