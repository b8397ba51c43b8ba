public import HoneRecords

/// Which numbers of an epoch a curve shows.
public enum CurveMeasure: Sendable, Equatable { case loss, metric }

extension Figure {
  /// A run's curves: training as trained on, training in evaluation mode, validation with its 95 %
  /// band, and the epoch whose weights were kept.
  public static func learningCurves(
    _ evidence: RunEvidence, of measure: CurveMeasure, labels: FigureLabels = FigureLabels()
  ) -> Figure {
    let series = CurveSeries(evidence, measure)
    var data: [Trace] = []
    if let band = series.band() { data.append(band) }
    if !series.trainEvaluation.isEmpty {
      data.append(
        series.line(
          series.trainMode, labels.trainMode,
          Line(color: Palette.vermillion, width: 1.3, dash: "dot")))
    }
    data.append(
      series.line(
        series.trainEvaluation.isEmpty ? series.trainMode : series.trainEvaluation, labels.train,
        Line(color: Palette.vermillion, width: 2.2)))
    if !series.validation.isEmpty {
      data.append(
        series.line(
          series.validation, labels.validation, Line(color: Palette.blue, width: 2.2)))
    }
    if let best = series.bestMarker(labels.best) { data.append(best) }
    return Figure(
      data: data.filter { $0.x != .numbers([]) }, layout: curveLayout(measure, evidence, labels))
  }

  /// The validation curves of two runs, with their training curves dashed.
  public static func comparison(
    baseline: RunEvidence, final: RunEvidence, of measure: CurveMeasure,
    labels: FigureLabels = FigureLabels()
  ) -> Figure {
    var data: [Trace] = []
    let runs = [
      (baseline, labels.baseline, Palette.gray), (final, labels.final, Palette.blue),
    ]
    for (evidence, name, color) in runs {
      let series = CurveSeries(evidence, measure)
      let train = series.trainEvaluation.isEmpty ? series.trainMode : series.trainEvaluation
      data.append(
        series.line(
          train, "\(name) · \(labels.train)", Line(color: color, width: 1.5, dash: "dash")))
      data.append(
        series.line(
          series.validation, "\(name) · \(labels.validation)", Line(color: color, width: 2.4)))
    }
    return Figure(
      data: data.filter { $0.x != .numbers([]) }, layout: curveLayout(measure, final, labels))
  }

  /// The learning rate of each epoch's last step.
  public static func learningRateSchedule(
    _ evidence: RunEvidence, labels: FigureLabels = FigureLabels()
  ) -> Figure {
    var trace = Trace(
      .scatter, name: labels.learningRate, x: .integers(evidence.epochs.map(\.epoch)),
      y: .numbers(evidence.epochs.map(\.learningRate)))
    trace.mode = "lines"
    trace.line = Line(color: Palette.green, width: 2.2)
    trace.hoverTemplate = "%{y:.3~g}<extra></extra>"
    var vertical = Axis(labels.learningRate, tickformat: "~g")
    vertical.rangemode = "tozero"
    return Figure(
      data: [trace],
      layout: FigureLayout(
        xaxis: Axis(labels.epoch), yaxis: vertical, height: 240, hovermode: "x unified",
        showlegend: false))
  }

  private static func curveLayout(
    _ measure: CurveMeasure, _ evidence: RunEvidence, _ labels: FigureLabels
  ) -> FigureLayout {
    let isFraction = evidence.run.task.kind != .regression && measure == .metric
    var vertical = Axis(
      measure == .loss ? labels.loss : labels.metric, tickformat: isFraction ? ".0%" : nil)
    if measure == .loss { vertical.rangemode = "tozero" }
    return FigureLayout(
      xaxis: Axis(labels.epoch), yaxis: vertical, height: 340, hovermode: "x unified",
      showlegend: true)
  }
}
