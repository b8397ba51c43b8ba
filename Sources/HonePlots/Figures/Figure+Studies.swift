import Foundation
public import HoneRecords

extension Figure {
  /// The parts of a run's error as bars with their intervals, in the order in which they are asked
  /// about.
  /// - Parameters:
  ///   - budget: the parts.
  ///   - names: what the parts are called, in the same order.
  ///   - axis: the words beside the axis of errors.
  public static func errorBudget(_ budget: ErrorBudget, names: [String], axis: String) -> Figure {
    var bars = Trace(
      .bar, x: .numbers(budget.parts.map(\.value)), y: .labels(names))
    bars.orientation = "h"
    bars.marker = Marker(color: Palette.blue)
    bars.errorX = ErrorBars(
      upper: budget.parts.map { max(($0.interval.last ?? $0.value) - $0.value, 0) },
      lower: budget.parts.map { max($0.value - ($0.interval.first ?? $0.value), 0) },
      color: Palette.gray, thickness: 2, width: 5)
    bars.hoverTemplate = "%{y}: %{x:.4~g}<extra></extra>"
    var vertical = Axis(type: "category")
    vertical.autorange = "reversed"
    vertical.showgrid = false
    vertical.categoryarray = names
    return Figure(
      data: [bars],
      layout: FigureLayout(
        xaxis: Axis(axis), yaxis: vertical, height: Double(110 + 40 * names.count),
        shapes: [.vertical(at: 0, line: Line(color: Palette.gray, width: 1.5))],
        hovermode: "closest", showlegend: false))
  }

  /// The error against the training samples, both with what the seeds leave open.
  public static func dataCurve(
    _ record: LearningCurveRecord, labels: FigureLabels = FigureLabels(), axis: String
  ) -> Figure {
    var trace = Trace(
      .scatter, x: .integers(record.points.map(\.samples)),
      y: .numbers(record.points.map(\.mean)))
    trace.mode = "lines+markers"
    trace.line = Line(color: Palette.blue, width: 2.2)
    trace.marker = Marker(color: Palette.blue, size: 9)
    trace.errorY = bars(record.points.map { 1.96 * $0.standardError })
    trace.hoverTemplate = "%{x}: %{y:.4~g}<extra></extra>"
    return Figure(
      data: [trace],
      layout: FigureLayout(
        xaxis: Axis(labels.samples, type: "log"), yaxis: Axis(axis), height: 320,
        hovermode: "closest", showlegend: false))
  }

  /// The validation loss against the number of parameters; the smallest sufficient model is marked.
  /// - Parameters:
  ///   - record: the sweep.
  ///   - labels: words for axes.
  ///   - parameters: the words beside the horizontal axis.
  ///   - mark: the words beside the marked model.
  public static func capacity(
    _ record: CapacityRecord, labels: FigureLabels = FigureLabels(), parameters: String,
    mark: String
  ) -> Figure {
    var trace = Trace(
      .scatter, x: .integers(record.points.map(\.parameters)),
      y: .numbers(record.points.map(\.loss)))
    trace.mode = "markers"
    trace.marker = Marker(color: Palette.blue, size: 10)
    trace.errorY = bars(record.points.map(\.standardError))
    trace.text = .labels(
      record.points.map { "width × \($0.width), depth × \($0.depth)" })
    trace.hoverTemplate = "%{text}: %{y:.4~g}<extra></extra>"
    var shapes: [FigureLayout.Shape] = []
    var annotations: [FigureLayout.Annotation] = []
    if record.points.indices.contains(record.smallest) {
      let chosen = Double(record.points[record.smallest].parameters)
      shapes.append(
        .vertical(at: chosen, line: Line(color: Palette.green, width: 2, dash: "dash")))
      annotations.append(.init(" \(mark)", atTop: log10(chosen)))
    }
    return Figure(
      data: [trace],
      layout: FigureLayout(
        xaxis: Axis(parameters, type: "log"), yaxis: Axis(labels.loss), height: 320,
        shapes: shapes, annotations: annotations, hovermode: "closest", showlegend: false))
  }

  private static func bars(_ lengths: [Double]) -> ErrorBars {
    let known = lengths.map { $0.isFinite ? $0 : 0 }
    return ErrorBars(upper: known, lower: known, color: Palette.gray, thickness: 2, width: 5)
  }
}
