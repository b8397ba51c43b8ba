public import HoneRecords

extension Figure {
  /// The learning rate over the epochs of a run.
  public static func schedule(
    _ rates: [PlanRecord.Rate], labels: FigureLabels = FigureLabels()
  ) -> Figure {
    var trace = Trace(
      .scatter, name: labels.learningRate, x: .numbers(rates.map(\.epoch)),
      y: .numbers(rates.map(\.learningRate)))
    trace.mode = "lines"
    trace.line = Line(color: Palette.blue, width: 2.2)
    trace.hoverTemplate = "%{x:.2f}: %{y:.3~e}<extra></extra>"
    return Figure(
      data: [trace],
      layout: FigureLayout(
        xaxis: Axis(labels.epoch), yaxis: Axis(labels.learningRate, tickformat: "~e"),
        height: 320, hovermode: "closest", showlegend: false))
  }
}
