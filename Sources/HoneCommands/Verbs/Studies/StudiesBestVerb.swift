import ArgumentParser
import HoneRecords
import HoneSearch
import HoneText

/// `hone studies best`: the best trials of a study, or its Pareto front.
struct StudiesBestVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "best",
      abstract: localized(
        "The best trials of a study; of several objectives the Pareto front.",
        "연구에서 가장 좋은 시행. 목적이 여럿이면 파레토 전선."))
  }

  /// The JSON of `hone studies best`.
  private struct Output: Encodable {
    struct Trial: Encodable {
      let trial: Int
      let values: [String: Double]
      let parameters: [String: HyperparameterValue]
      @OrNull var run: String?
    }

    let study: String
    let objectives: [ObjectiveRecord]
    let best: [Trial]
  }

  @Argument(help: studyHelp()) var name: String
  @Option(help: help("How many trials to show at most.", "보여 줄 시행의 최대 수.")) var count = 10
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard count > 0 else {
      throw ValidationError(
        localized("--count must be at least 1.", "--count는 1 이상이어야 합니다."))
    }
  }

  mutating func run() throws {
    let context = global.context()
    let record = try StudyWorker.record(of: name, in: context.studies())
    let trials = (record.objectives.count == 1 ? record.ranked : record.paretoFront).prefix(count)
    guard !trials.isEmpty else { throw SearchError.tooFewTrials(needed: 1, found: 0) }
    if context.json {
      let best = trials.map { trial in
        Output.Trial(
          trial: trial.number,
          values: Dictionary(
            zip(record.objectives.map(\.name), trial.values),
            uniquingKeysWith: { first, _ in first }
          ), parameters: trial.parameters, run: trial.run)
      }
      try context.emit(Output(study: name, objectives: record.objectives, best: best))
      return
    }
    let names = record.space.parameters.map(\.name)
    let objectives = record.objectives.map(\.name)
    let first = [Localized("trial", korean: "시행")].map(context.text)
    let last = [Localized("run", korean: "실행")].map(context.text)
    var table = TextTable(
      first + objectives + names + last, rightAligned: Set(0...objectives.count))
    for trial in trials {
      table.append(
        [String(trial.number)] + trial.values.map(decimal)
          + names.map { trial.parameters[$0].map(SearchSummary.text) ?? "-" } + [trial.run ?? "-"])
    }
    context.say(table.lines.joined(separator: "\n"))
  }
}
