import HoneRecords
public import HoneSearch

extension Figure {
  /// Two objectives of each completed trial, and those that no other is better than in everything.
  /// - Parameters:
  ///   - first: the index of the objective along the horizontal axis.
  ///   - second: that along the vertical axis.
  public static func paretoFront(
    _ study: StudyRecord, _ first: Int = 0, _ second: Int = 1, labels: StudyLabels = StudyLabels()
  ) -> Figure {
    let front = study.paretoFront.sorted { $0.values[first] < $1.values[first] }
    let numbers = Set(front.map(\.number))
    func trace(_ trials: [TrialRecord], _ name: String) -> Trace {
      var trace = Trace(
        .scatter, name: name, x: .numbers(trials.map { $0.values[first] }),
        y: .numbers(trials.map { $0.values[second] }))
      trace.mode = "markers"
      trace.text = .labels(trials.map { String($0.number) })
      trace.hoverTemplate = "\(labels.trial) %{text}: %{x:.4~g}, %{y:.4~g}<extra></extra>"
      return trace
    }
    var others = trace(study.completed.filter { !numbers.contains($0.number) }, labels.others)
    others.marker = Marker(color: Palette.gray, size: 7)
    var best = trace(front, labels.front)
    best.marker = Marker(color: Palette.blue, size: 10)
    return Figure(
      data: [others, best],
      layout: FigureLayout(
        xaxis: Axis(study.objectives[first].name), yaxis: Axis(study.objectives[second].name),
        height: 380, hovermode: "closest", showlegend: true))
  }

  /// The share of each parameter with its bootstrap interval, the largest at the top.
  public static func importance(
    _ shares: [ParameterImportance], labels: StudyLabels = StudyLabels()
  ) -> Figure {
    var trace = Trace(.bar, x: .numbers(shares.map(\.share)), y: .labels(shares.map(\.name)))
    trace.orientation = "h"
    trace.marker = Marker(color: Palette.blue)
    trace.errorX = ErrorBars(
      upper: shares.map { $0.upper - $0.share }, lower: shares.map { $0.share - $0.lower },
      color: Palette.gray, thickness: 2, width: 5)
    trace.hoverTemplate = "%{y}: %{x:.1%}<extra></extra>"
    var horizontal = Axis(labels.share, tickformat: ".0%")
    horizontal.rangemode = "tozero"
    var vertical = Axis(type: "category")
    vertical.autorange = "reversed"
    vertical.showgrid = false
    return Figure(
      data: [trace],
      layout: FigureLayout(
        xaxis: horizontal, yaxis: vertical, height: Double(100 + 32 * max(shares.count, 2)),
        hovermode: "closest", showlegend: false))
  }
}
