public import HoneRecords

extension Figure {
  /// The effect of each experiment with its interval, coloured and shaped by the decision.
  ///
  /// A line marks no effect. The first experiment stands at the top.
  public static func forest(
    _ experiments: [ExperimentRecord], labels: FigureLabels = FigureLabels(),
    isFraction: Bool = true
  ) -> Figure {
    let styles: [(ExperimentRecord.Decision, String, String)] = [
      (.kept, Palette.green, "circle"), (.rejected, Palette.vermillion, "x"),
      (.inconclusive, Palette.gray, "diamond-open"),
    ]
    // One row for each experiment, although a remedy may be tried twice.
    let names = experiments.indices.map { rowName($0, experiments) }
    var data: [Trace] = []
    for (index, style) in styles.enumerated() {
      let rows = experiments.indices.filter { experiments[$0].decision == style.0 }
      guard !rows.isEmpty else { continue }
      let chosen = rows.map { experiments[$0] }
      var trace = Trace(
        .scatter, name: labels.decisions[index], x: .numbers(chosen.map(\.delta)),
        y: .labels(rows.map { names[$0] }))
      trace.mode = "markers"
      trace.marker = Marker(
        color: style.1, size: 11, symbol: style.2, line: Line(color: style.1, width: 2))
      trace.errorX = ErrorBars(
        upper: chosen.map { max(($0.interval.last ?? $0.delta) - $0.delta, 0) },
        lower: chosen.map { max($0.delta - ($0.interval.first ?? $0.delta), 0) },
        color: style.1, thickness: 2, width: 5)
      let format = isFraction ? "+.2%" : "+.4~g"
      trace.hoverTemplate = "%{y}: %{x:\(format)}<extra>\(labels.decisions[index])</extra>"
      data.append(trace)
    }
    var vertical = Axis(type: "category")
    vertical.autorange = "reversed"
    vertical.showgrid = false
    vertical.categoryarray = names
    return Figure(
      data: data,
      layout: FigureLayout(
        xaxis: Axis(labels.effect, tickformat: isFraction ? "+.1~%" : "+~g"), yaxis: vertical,
        height: Double(110 + 34 * max(experiments.count, 1)),
        shapes: [.vertical(at: 0, line: Line(color: Palette.gray, width: 1.5))],
        hovermode: "closest", showlegend: true))
  }

  private static func rowName(_ index: Int, _ experiments: [ExperimentRecord]) -> String {
    let earlier = experiments[..<index].count { $0.remedy == experiments[index].remedy }
    let name = experiments[index].remedy
    return earlier == 0 ? name : "\(name) (\(earlier + 1))"
  }
}
