import Foundation
public import HoneRecords

extension Figure {
  /// The loss against the learning rate on a logarithmic axis, with suggestion and divergence marked.
  public static func rangeTest(
    _ test: RangeTestRecord, labels: FigureLabels = FigureLabels()
  ) -> Figure {
    var trace = Trace(
      .scatter, name: labels.loss, x: .numbers(test.learningRates), y: .numbers(test.losses))
    trace.mode = "lines"
    trace.line = Line(color: Palette.blue, width: 2.2)
    trace.hoverTemplate = "%{x:.2~e}: %{y:.4~g}<extra></extra>"
    var shapes: [FigureLayout.Shape] = []
    var annotations: [FigureLayout.Annotation] = []
    let marks: [(Double?, String, String)] = [
      (test.suggestion, labels.suggestion, Palette.green),
      (test.divergence, labels.divergence, Palette.vermillion),
    ]
    for case (let rate?, let name, let color) in marks where rate > 0 {
      // Plotly places shapes on logarithmic axes by value and annotations by exponent.
      shapes.append(.vertical(at: rate, line: Line(color: color, width: 2, dash: "dash")))
      annotations.append(.init(" \(name)", atTop: log10(rate)))
    }
    var vertical = Axis(labels.loss)
    if let range = visibleRange(test.losses) { vertical.range = range }
    return Figure(
      data: [trace],
      layout: FigureLayout(
        xaxis: Axis(labels.learningRate, type: "log", tickformat: "~e"), yaxis: vertical,
        height: 320, shapes: shapes, annotations: annotations, hovermode: "closest",
        showlegend: false))
  }

  /// From below the least loss to above the first; divergence would flatten everything else.
  private static func visibleRange(_ losses: [Double]) -> [Double]? {
    let finite = losses.filter(\.isFinite)
    guard let first = finite.first, let least = finite.min(), first > least else { return nil }
    return [least - 0.1 * (first - least), first + 0.5 * (first - least)]
  }
}
