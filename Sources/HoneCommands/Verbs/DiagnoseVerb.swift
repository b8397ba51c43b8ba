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
          hone diagnose last --target 0.95
          hone diagnose last --learning-curve --budget 10m
          hone diagnose --curves history.csv --json
        """,
        """
        예
          hone diagnose last
          hone diagnose last --target 0.95
          hone diagnose last --learning-curve --budget 10m
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

  @Option(
    help: help(
      "The value that the metric has to reach.", "지표가 도달해야 하는 값.", valueName: "value"))
  var target: Double?

  @Option(
    help: help(
      "What people reach on the task, in the metric.", "같은 과제에서 사람이 도달하는 지표 값.",
      valueName: "value"))
  var human: Double?

  @Flag(
    help: help(
      "Train on 25, 50 and 100 % of the data, with a larger model and other learning rates, and "
        + "price each way on.",
      "데이터의 25, 50, 100 %, 더 큰 모델, 다른 학습률로 학습하여 각 방법의 효과를 비교합니다."))
  var learningCurve = false

  @Flag(
    help: help(
      "Train smaller and larger models of the same kind and name the smallest that will do.",
      "같은 종류의 더 작은 모델과 더 큰 모델을 학습하여 충분한 가장 작은 모델을 찾습니다."))
  var capacity = false

  @Flag(
    help: help(
      "Look at the activations around dropout and at the loss along a line, for the report.",
      "드롭아웃 전후의 활성값과 손실 지형의 단면을 측정하여 보고서에 넣습니다."))
  var views = false

  @Flag(
    help: help(
      "Measure how noisy the gradients of single batches are, and what batch size that asks for.",
      "배치별 기울기의 잡음 척도를 측정하여 알맞은 배치 크기를 알려 줍니다."))
  var noiseScale = false

  @Option(
    help: help("Runs of each kind in the studies.", "각 조건의 실행 횟수.", valueName: "count"))
  var seeds: Int?

  @Option(help: help("Time for the studies.", "비교 실행에 쓸 시간.", valueName: "time"))
  var budget: TimeSpan?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if curves != nil, request.isWanted {
      throw ValidationError(
        localized(
          "Curves alone cannot be trained on: name a run of Hone.",
          "곡선만으로는 다시 학습할 수 없습니다. Hone의 실행을 쓰십시오."))
    }
    if (reference == nil) == (curves == nil) {
      throw ValidationError(
        localized("Name a run, or a file with --curves.", "실행을 쓰거나, --curves로 파일을 쓰십시오."))
    }
  }

  mutating func run() async throws {
    let request = request
    guard request.isWanted else { return try say(global.context()) }
    let verb = self
    try await TensorVerb.run(global) { engine, context in
      _ = try await engine.probe(request, in: context)
      try verb.say(context)
    }
  }

  private var request: ProbeRequest {
    ProbeRequest(
      run: reference ?? "last", learningCurve: learningCurve, capacity: capacity, views: views,
      noiseScale: noiseScale, seeds: seeds, budgetSeconds: budget?.seconds)
  }

  private func say(_ context: CommandContext) throws {
    let evidence = try evidence(context)
    let aims = Aims(target: target, human: human)
    let record = Diagnostician(aims: aims).diagnose(evidence)
    if context.json {
      var output = DiagnoseOutput(record, language: context.language)
      output.probes = evidence.run.probes
      output.dynamics = evidence.run.dynamics
      try context.emit(output)
      return
    }
    context.say(context.text(record.verdict.word))
    if let note = record.note { context.say(note) }
    DiagnosisSummary.say(record.findings, context)
    if let decision = record.decision { DecisionSummary.say(decision, context) }
    if let dynamics = evidence.run.dynamics { DynamicsSummary.say(dynamics, context) }
    if let probes = evidence.run.probes { ProbeSummary.say(probes, context) }
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
