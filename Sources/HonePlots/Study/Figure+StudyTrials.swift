import Foundation
import HoneRecords
public import HoneSearch

extension Figure {
  /// What each trial told while it ran: completed and pruned trials, and the best.
  public static func studyCurves(
    _ study: StudyRecord, labels: StudyLabels = StudyLabels()
  ) -> Figure {
    let told = study.trials.filter { !$0.reports.isEmpty }
    let best = study.objectives.count == 1 ? study.ranked.first?.number : nil
    let groups: [([TrialRecord], String, Line)] = [
      (
        told.filter { $0.state == .pruned }, labels.states[1],
        Line(color: Palette.vermillion, width: 0.8)
      ),
      (
        told.filter { $0.state != .pruned && $0.number != best }, labels.others,
        Line(color: Palette.gray, width: 0.8)
      ),
      (told.filter { $0.number == best }, labels.best, Line(color: Palette.blue, width: 2.6)),
    ]
    let data = groups.filter { !$0.0.isEmpty }.map { trials, name, line -> Trace in
      var (x, y, text): ([Double], [Double], [String]) = ([], [], [])
      for trial in trials {
        for report in trial.reports {
          x.append(Double(report.step))
          y.append(report.values.first ?? .nan)
          text.append(String(trial.number))
        }
        x.append(.nan)
        y.append(.nan)
        text.append("")
      }
      var trace = Trace(.scatter, name: name, x: .numbers(x), y: .numbers(y))
      trace.mode = trials.allSatisfy { $0.reports.count == 1 } ? "markers" : "lines"
      trace.line = line
      trace.text = .labels(text)
      trace.hoverTemplate = "\(labels.trial) %{text}, %{x}: %{y:.4~g}<extra></extra>"
      return trace
    }
    var vertical = Axis(study.objectives[0].name)
    let values = told.flatMap { $0.reports.compactMap(\.values.first) }
    vertical.range = visibleRange(values, study.objectives[0].direction)
    return Figure(
      data: data,
      layout: FigureLayout(
        xaxis: Axis(labels.step), yaxis: vertical, height: 340, hovermode: "closest",
        showlegend: true))
  }

  /// When each trial ran, coloured by how it ended.
  ///
  /// A trial that still runs has a bar up to the last moment that the study knows of.
  public static func studyTimeline(
    _ study: StudyRecord, labels: StudyLabels = StudyLabels()
  ) -> Figure {
    let started = study.trials.compactMap { trial in trial.started.map { (trial, $0) } }
    let zero = started.map(\.1).min() ?? Date(timeIntervalSince1970: 0)
    let last = (study.trials.compactMap(\.ended) + started.map(\.1)).max() ?? zero
    let colors = [Palette.blue, Palette.gray, Palette.vermillion, Palette.purple]
    let data = colors.indices.compactMap { index -> Trace? in
      let trials = started.filter { timelineGroup($0.0.state) == index }
      guard !trials.isEmpty else { return nil }
      var (x, y, text): ([Double], [Double], [String]) = ([], [], [])
      for (trial, start) in trials {
        x += [start.timeIntervalSince(zero), (trial.ended ?? last).timeIntervalSince(zero), .nan]
        y += [Double(trial.number), Double(trial.number), .nan]
        text += [String(trial.number), String(trial.number), ""]
      }
      var trace = Trace(.scatter, name: labels.states[index], x: .numbers(x), y: .numbers(y))
      trace.mode = "lines"
      trace.line = Line(color: colors[index], width: study.trials.count > 60 ? 3 : 6)
      trace.text = .labels(text)
      trace.hoverTemplate = "\(labels.trial) %{text}: %{x:.3~g} s<extra></extra>"
      return trace
    }
    var vertical = Axis(labels.trial)
    vertical.autorange = "reversed"
    return Figure(
      data: data,
      layout: FigureLayout(
        xaxis: Axis(labels.seconds), yaxis: vertical,
        height: Double(min(560, 140 + 8 * max(study.trials.count, 10))), hovermode: "closest",
        showlegend: true))
  }

  private static func timelineGroup(_ state: TrialState) -> Int {
    switch state {
    case .completed: 0
    case .pruned: 1
    case .failed: 2
    case .waiting, .running, .paused: 3
    }
  }
}
