import Foundation
import HonePlots
import HoneRecords
import HoneSearch
import HoneText

extension StudyRecord {
  /// When its first trial began; nil before it.
  var begun: Date? { trials.compactMap(\.started).min() }
}

extension ReportWriter {
  /// Trials that tables show at most.
  private static let shownTrials = 50

  /// All sections of a study's page; those for which it has nothing to show are left out.
  /// - Parameter prefix: what the sections' names begin with, where a page has several studies.
  mutating func studySections(
    _ study: StudyRecord, command: [String] = [], prefix: String = ""
  ) -> [HTML] {
    let labels = studyLabels
    var sections: [HTML?] = [studyHeadline(study)]
    sections.append(studyBest(study, prefix))
    if !study.history.isEmpty {
      sections.append(studyHistory(study, labels, prefix))
      sections.append(studyImportance(study, labels, prefix))
    }
    if study.objectives.count > 1 { sections.append(studyFront(study, labels, prefix)) }
    if !study.completed.isEmpty {
      sections.append(studyParameters(study, labels, prefix))
    }
    sections.append(studyTrials(study, labels, prefix))
    if !command.isEmpty {
      sections.append(
        section(
          "\(prefix)reproduce", say("Go on", korean: "이어서 하기"),
          [copyable("\(prefix)command", say("Command", korean: "명령"), ShellText.command(command))]))
    }
    return sections.compactMap { $0 }
  }

  /// The words on a study's figures.
  var studyLabels: StudyLabels {
    var labels = StudyLabels()
    guard language == .korean else { return labels }
    labels.trial = "시행"
    labels.value = "값"
    labels.bestSoFar = "그때까지의 최선"
    labels.best = "가장 좋은 시행"
    labels.bestTenth = "상위 10%"
    labels.others = "다른 시행"
    labels.states = ["완료", "조기 종료", "실패", "미완료"]
    labels.front = "파레토 전선"
    labels.step = "단계"
    labels.seconds = "첫 시행부터의 시간(초)"
    labels.share = "중요도의 비율"
    return labels
  }

  /// The best value and what the study spent.
  func studyHeadline(_ study: StudyRecord) -> HTML {
    func count(_ state: TrialState) -> Int { study.trials.count { $0.state == state } }
    let best = study.objectives.count == 1 ? study.ranked.first : nil
    let facts: [(String, String)] = [
      (say("Trials", korean: "시행"), String(study.trials.count)),
      (say("Completed", korean: "완료"), String(count(.completed))),
      (say("Pruned", korean: "조기 종료"), String(count(.pruned))),
      (say("Failed", korean: "실패"), String(count(.failed))),
      (say("Sampler", korean: "추출기"), study.sampler),
      (say("Pruner", korean: "프루너"), study.pruner ?? "–"),
      (say("Seed", korean: "시드"), String(study.seed)),
    ]
    let objective = study.objectives.map { "\($0.name) (\(direction($0.direction)))" }
    let value =
      best.map { Formatting.significant($0.values[0], digits: 4) }
      ?? (study.objectives.count > 1
        ? say(
          "\(study.paretoFront.count) on the front", korean: "전선에 \(study.paretoFront.count)개")
        : "–")
    return .tag(
      "section", "hero", [("aria-label", say("Result", korean: "결과"))],
      [
        .tag("div", "label", text: objective.joined(separator: ", ")),
        .tag(
          "div", "arrow", [],
          [.tag("div", "after", [], [.tag("div", "value", text: value)])]),
        .tag("p", "claim", text: claim(best, study)),
        .tag(
          "dl", "facts", [],
          facts.map { name, value in
            .tag("div", nil, [], [.tag("dt", text: name), .tag("dd", text: value)])
          }),
      ])
  }

  private func claim(_ best: TrialRecord?, _ study: StudyRecord) -> String {
    guard let best else {
      return study.completed.isEmpty
        ? say("No trial has completed.", korean: "완료된 시행이 없습니다.")
        : say("The best trials stand below.", korean: "가장 좋은 시행은 아래에 있습니다.")
    }
    let run = best.run.map { say(" (run \($0))", korean: "(실행 \($0))") } ?? ""
    return say(
      "Trial \(best.number)\(run) is the best by the value that it was chosen by, which flatters it. "
        + "What it is worth shows on samples that no trial has seen.",
      korean: "시행 \(best.number)\(run)이(가) 가장 좋습니다. 다만 이 값은 선택에 쓰였으므로 실제보다 좋아 보입니다. 어느 "
        + "시행도 보지 못한 표본에서 확인해야 합니다.")
  }

  private func direction(_ direction: ObjectiveDirection) -> String {
    direction == .minimize
      ? say("smaller is better", korean: "작을수록 좋음") : say("larger is better", korean: "클수록 좋음")
  }

  /// The best trials with their parameters.
  private func studyBest(_ study: StudyRecord, _ prefix: String) -> HTML? {
    let rows = study.objectives.count == 1 ? study.ranked : study.paretoFront
    guard !rows.isEmpty else { return nil }
    return section(
      "\(prefix)best",
      study.objectives.count == 1
        ? say("Best trials", korean: "가장 좋은 시행") : say("Pareto front", korean: "파레토 전선"),
      [trialTable(Array(rows.prefix(10)), study, withState: false).html])
  }

  /// Trials with values and parameters.
  func trialTable(
    _ trials: [TrialRecord], _ study: StudyRecord, withState: Bool
  ) -> HTMLTable {
    let names = study.space.parameters.map(\.name)
    var columns: [HTMLTable.Column] = [.init(studyLabels.trial, isNumber: true)]
    if withState { columns.append(.init(say("State", korean: "상태"))) }
    columns += study.objectives.map { .init($0.name, isNumber: true) }
    columns += names.map { .init($0, isNumber: true) }
    columns.append(.init(withState ? say("Note", korean: "비고") : say("Run", korean: "실행")))
    var table = HTMLTable(columns)
    table.rows = trials.map { trial in
      var cells: [HTML] = [.text(String(trial.number))]
      if withState { cells.append(.text(stateWord(trial))) }
      for index in study.objectives.indices {
        let value = index < trial.values.count ? trial.values[index] : nil
        cells.append(.text(value.map { Formatting.significant($0, digits: 4) } ?? "–"))
      }
      cells += names.map { name in
        guard let value = trial.parameters[name] else { return .text("–") }
        if case .number(let number) = value { return .text(Formatting.significant(number)) }
        return .text("\(value)")
      }
      let last = withState ? trial.note : trial.run
      cells.append(.tag("span", "muted", text: last ?? "–"))
      return cells
    }
    return table
  }

  private func stateWord(_ trial: TrialRecord) -> String {
    let words = studyLabels.states
    switch trial.state {
    case .completed: return words[0]
    case .pruned: return words[1]
    case .failed: return words[2] + (trial.failure.map { " (\($0.rawValue))" } ?? "")
    case .waiting, .running, .paused: return words[3]
    }
  }

  /// Every trial's curve, when it ran, and a table of the trials.
  private mutating func studyTrials(
    _ study: StudyRecord, _ labels: StudyLabels, _ prefix: String
  ) -> HTML? {
    guard !study.trials.isEmpty else { return nil }
    let table = trialTable(
      Array(study.trials.prefix(Self.shownTrials)), study, withState: true)
    var children: [HTML] = []
    if study.trials.contains(where: { !$0.reports.isEmpty }) {
      children.append(
        chart(
          "\(prefix)chart-curves", title: say("Learning curves", korean: "학습 곡선"),
          summary: say(
            "What each trial reported, step by step.", korean: "각 시행이 단계마다 보고한 값입니다."),
          figure: .studyCurves(study, labels: labels), table: curveTable(study)))
    }
    if study.begun != nil {
      children.append(
        chart(
          "\(prefix)chart-timeline", title: say("Timeline", korean: "시간표"),
          summary: say("When each trial ran.", korean: "각 시행이 실행된 시간입니다."),
          figure: .studyTimeline(study, labels: labels), table: timeTable(study)))
    }
    let more = study.trials.count - Self.shownTrials
    let title =
      more > 0
      ? say(
        "The first \(Self.shownTrials) trials", korean: "처음 \(Self.shownTrials)개의 시행")
      : say("All trials", korean: "모든 시행")
    children.append(.tag("details", nil, [], [.tag("summary", text: title), table.html]))
    return section("\(prefix)trials", say("Trials", korean: "시행"), children)
  }

  private func curveTable(_ study: StudyRecord) -> HTMLTable {
    var table = HTMLTable([
      .init(studyLabels.trial, isNumber: true),
      .init(say("Reports", korean: "보고 수"), isNumber: true),
      .init(say("First", korean: "처음"), isNumber: true),
      .init(say("Last", korean: "마지막"), isNumber: true),
    ])
    func text(_ report: TrialReport?) -> HTML {
      .text(report?.values.first.map { Formatting.significant($0, digits: 4) } ?? "–")
    }
    table.rows = study.trials.prefix(Self.shownTrials).map { trial in
      [
        .text(String(trial.number)), .text(String(trial.reports.count)),
        text(trial.reports.first), text(trial.reports.last),
      ]
    }
    return table
  }

  private func timeTable(_ study: StudyRecord) -> HTMLTable {
    var table = HTMLTable([
      .init(studyLabels.trial, isNumber: true), .init(say("State", korean: "상태")),
      .init(say("Seconds", korean: "초"), isNumber: true),
    ])
    table.rows = study.trials.prefix(Self.shownTrials).map { trial in
      let seconds = trial.started.flatMap { start in trial.ended?.timeIntervalSince(start) }
      return [
        .text(String(trial.number)), .text(stateWord(trial)),
        .text(seconds.map { Formatting.significant($0) } ?? "–"),
      ]
    }
    return table
  }
}
