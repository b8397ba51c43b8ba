import ArgumentParser
import HoneRecords
import HoneSearch
import HoneText

/// A study for people and scripts.
struct SearchSummary {
  private static let shownTrials = 10
  let report: SearchReport

  init(_ report: SearchReport) { self.report = report }

  /// Prints the answer; ends with the status of an interruption where there was one, and without
  /// success where no trial has completed.
  /// - Parameter workers: the status of the first worker process that could not work, or 0.
  func answer(_ context: CommandContext, workers: Int32 = 0) throws {
    if context.json {
      try context.emit(
        SearchOutput(report.study, ended: report.ended, seconds: report.seconds))
    } else {
      say(context)
    }
    if context.interruption.isRequested, !context.json {
      let name = report.study.name
      context.say(
        Localized(
          "Interrupted. The same command with --study \(name) goes on.",
          korean: "중단했습니다. 같은 명령에 --study \(name)을 쓰면 이어서 합니다."))
    }
    try TensorVerb.exitIfInterrupted(context)
    if workers != 0 { throw ExitCode(workers) }
    if report.study.ranked.isEmpty { throw ExitCode(ExitStatus.unsuccessful.rawValue) }
  }

  /// The best trials, what mattered, and how to go on.
  func say(_ context: CommandContext) {
    let study = report.study
    context.say("")
    context.say(line(of: study))
    for row in SearchSummary.table(study, context).lines { context.say(row) }
    if let shares = try? study.importance(), !shares.isEmpty {
      let words = shares.map { "\($0.name) \(Formatting.percent($0.share))" }
      context.say(
        Localized("Importance: ", korean: "중요도: ").text(context.language)
          + words.joined(separator: ", "))
    }
    if let best = study.ranked.first, let run = best.run {
      context.say(
        Localized(
          "Best trial \(best.number), run \(run). Its test result: hone evaluate \(run)",
          korean: "가장 좋은 시행 \(best.number), 실행 \(run). 테스트 결과: hone evaluate \(run)"))
    }
    for trial in study.trials.filter({ $0.state == .failed }).prefix(3) {
      context.say(
        Localized(
          "Trial \(trial.number) failed: \(trial.note ?? "?")",
          korean: "시행 \(trial.number) 실패: \(trial.note ?? "?")"))
    }
  }

  private func line(of study: StudyRecord) -> Localized {
    func count(_ state: TrialState) -> Int { study.trials.count { $0.state == state } }
    let (completed, pruned, failed) = (count(.completed), count(.pruned), count(.failed))
    let paused = count(.paused)
    return Localized(
      "Study \(study.name): \(study.trials.count) trials, \(completed) completed, \(pruned) pruned, "
        + "\(failed) failed" + (paused > 0 ? ", \(paused) paused" : ""),
      korean: "연구 \(study.name): 시행 \(study.trials.count)개, 완료 \(completed), 조기 종료 \(pruned), 실패 "
        + "\(failed)" + (paused > 0 ? ", 일시 중지 \(paused)" : ""))
  }

  /// The best trials, a column for each parameter.
  static func table(_ study: StudyRecord, _ context: CommandContext) -> TextTable {
    let names = study.space.parameters.map(\.name)
    let heading = [
      Localized("trial", korean: "시행"), Localized(verbatim: study.objectives[0].name),
    ]
    var table = TextTable(heading.map(context.text) + names, rightAligned: [0, 1])
    for trial in study.ranked.prefix(shownTrials) {
      let values = names.map { trial.parameters[$0].map(text) ?? "-" }
      table.append([String(trial.number), decimal(trial.values[0])] + values)
    }
    return table
  }

  /// A value in few digits.
  static func text(_ value: HyperparameterValue) -> String {
    if case .number(let number) = value { decimal(number) } else { "\(value)" }
  }
}
