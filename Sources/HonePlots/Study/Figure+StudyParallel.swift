import HoneRecords
public import HoneSearch
import HoneText

extension Figure {
  /// A line through the parameters' values for each completed trial, ending at its value; the best
  /// tenth and the best of all stand out.
  ///
  /// Each upright axis is a parameter's own scale, its ends written beside it.
  public static func studyParallel(
    _ study: StudyRecord, labels: StudyLabels = StudyLabels()
  ) -> Figure {
    let parameters = study.space.parameters.filter { $0.distribution.count != 1 }
    let objective = study.objectives[0]
    let ranked = study.completed.sorted {
      (objective.direction.loss($0.values[0]), $0.number)
        < (objective.direction.loss($1.values[0]), $1.number)
    }
    let ends = valueEnds(ranked.map { $0.values[0] }, objective.direction)
    let names = parameters.map(\.name) + [objective.name]
    let tenth = max(1, ranked.count / 10)
    let groups: [(ArraySlice<TrialRecord>, String, Line)] = [
      (ranked.dropFirst(tenth), labels.others, Line(color: Palette.gray, width: 0.7)),
      (ranked.prefix(tenth).dropFirst(), labels.bestTenth, Line(color: Palette.blue, width: 1.6)),
      (ranked.prefix(1), labels.best, Line(color: Palette.green, width: 3)),
    ]
    let data = groups.filter { !$0.0.isEmpty }.map { trials, name, line -> Trace in
      var (x, y, text): ([String], [Double], [String]) = ([], [], [])
      for trial in trials {
        for parameter in parameters {
          let value = trial.parameters[parameter.name]
          x.append(parameter.name)
          y.append(value.flatMap(parameter.position) ?? .nan)
          text.append("\(labels.trial) \(trial.number): \(value.map { "\($0)" } ?? "–")")
        }
        x.append(objective.name)
        y.append(share(of: trial.values[0], ends))
        text.append("\(labels.trial) \(trial.number): \(Formatting.significant(trial.values[0]))")
        // A gap, so that the next trial's line begins anew.
        x.append(names[0])
        y.append(.nan)
        text.append("")
      }
      var trace = Trace(.scatter, name: name, x: .labels(x), y: .numbers(y))
      trace.mode = "lines"
      trace.line = line
      trace.text = .labels(text)
      trace.hoverTemplate = "%{x}<br>%{text}<extra></extra>"
      return trace
    }
    return Figure(data: data, layout: parallelLayout(parameters, objective.name, ends))
  }

  private static func parallelLayout(
    _ parameters: [SearchParameter], _ objective: String, _ ends: (Double, Double)
  ) -> FigureLayout {
    var annotations: [FigureLayout.Annotation] = []
    var texts = parameters.map { ("\(short($0.value(at: 0)))", "\(short($0.value(at: 1)))") }
    texts.append((Formatting.significant(ends.0), Formatting.significant(ends.1)))
    for (index, (low, high)) in texts.enumerated() {
      var bottom = FigureLayout.Annotation(low, atTop: Double(index), anchor: "center")
      bottom.y = 0
      annotations.append(bottom)
      annotations.append(FigureLayout.Annotation(high, atTop: Double(index), anchor: "center"))
    }
    var horizontal = Axis(type: "category")
    horizontal.categoryarray = parameters.map(\.name) + [objective]
    var vertical = Axis(range: [-0.08, 1.08])
    vertical.showgrid = false
    vertical.tickformat = " "
    return FigureLayout(
      xaxis: horizontal, yaxis: vertical, height: 380, annotations: annotations,
      hovermode: "closest", showlegend: true)
  }

  /// The ends of the objective's axis, without the outliers at its bad end.
  private static func valueEnds(
    _ values: [Double], _ direction: ObjectiveDirection
  ) -> (Double, Double) {
    let finite = values.filter(\.isFinite)
    let range = visibleRange(finite, direction)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
    return (max(range?[0] ?? low, low), min(range?[1] ?? high, high))
  }

  private static func share(of value: Double, _ ends: (Double, Double)) -> Double {
    guard value.isFinite, ends.1 > ends.0 else { return 0.5 }
    return min(max((value - ends.0) / (ends.1 - ends.0), 0), 1)
  }

  private static func short(_ value: HyperparameterValue) -> String {
    if case .number(let number) = value { Formatting.significant(number) } else { "\(value)" }
  }
}
