public import HoneRecords

extension Figure {
  /// Counts by true class (row) and predicted class (column); the pointer also shows the share of the
  /// true class.
  /// - Parameters:
  ///   - counts: as ``EvaluationRecord/confusion``.
  ///   - classes: names in the order of their indices.
  public static func confusionMatrix(
    _ counts: [[Int]], classes: [String], labels: FigureLabels = FigureLabels()
  ) -> Figure {
    let names = counts.indices.map { $0 < classes.count ? classes[$0] : String($0) }
    let shares = counts.map { row -> [Double] in
      let total = Double(max(row.reduce(0, +), 1))
      return row.map { Double($0) / total }
    }
    var trace = Trace(.heatmap, x: .labels(names), y: .labels(names))
    trace.z = shares
    trace.cellText = counts.map { row in row.map { String($0) } }
    trace.autoColorScale = true
    trace.zMinimum = 0
    trace.zMaximum = 1
    trace.showScale = false
    // Numbers in the cells of large matrices would overlap.
    if counts.count <= 20 {
      trace.text = .grid(counts.map { row in row.map { $0 == 0 ? "" : String($0) } })
      trace.textTemplate = "%{text}"
    }
    trace.hoverTemplate =
      "\(labels.trueClass): %{y}<br>\(labels.predictedClass): %{x}<br>"
      + "%{customdata} (%{z:.1%} \(labels.share))<extra></extra>"
    var horizontal = Axis(labels.predictedClass, type: "category")
    horizontal.showgrid = false
    horizontal.constrain = "domain"
    var vertical = Axis(labels.trueClass, type: "category")
    vertical.showgrid = false
    vertical.autorange = "reversed"
    vertical.scaleanchor = "x"
    vertical.constrain = "domain"
    vertical.constraintoward = "top"
    return Figure(
      data: [trace],
      layout: FigureLayout(
        xaxis: horizontal, yaxis: vertical,
        height: Double(min(640, 160 + 40 * max(counts.count, 4))), hovermode: "closest"))
  }

  /// How many training samples each class has.
  public static func classBalance(
    _ task: TaskRecord, labels: FigureLabels = FigureLabels()
  ) -> Figure {
    var trace = Trace(.bar, x: .integers(task.classCounts), y: .labels(task.classes))
    trace.orientation = "h"
    trace.marker = Marker(color: Palette.blue)
    trace.hoverTemplate = "%{y}: %{x}<extra></extra>"
    var vertical = Axis(type: "category")
    vertical.autorange = "reversed"
    vertical.showgrid = false
    return Figure(
      data: [trace],
      layout: FigureLayout(
        xaxis: Axis(labels.samples), yaxis: vertical,
        height: Double(min(640, 90 + 26 * max(task.classes.count, 2))), showlegend: false))
  }

  /// The observed accuracy against the predicted probability; the diagonal is perfect calibration.
  public static func reliability(
    _ bins: [CalibrationBin], labels: FigureLabels = FigureLabels()
  ) -> Figure {
    let filled = bins.filter { $0.samples > 0 }
    var trace = Trace(
      .scatter, name: labels.accuracy, x: .numbers(filled.map(\.confidence)),
      y: .numbers(filled.map(\.accuracy)))
    trace.mode = "lines+markers"
    trace.line = Line(color: Palette.blue, width: 2)
    trace.marker = Marker(color: Palette.blue, size: 8)
    trace.text = .labels(filled.map { String($0.samples) })
    trace.hoverTemplate = "%{x:.1%} → %{y:.1%} (n = %{text})<extra></extra>"
    let diagonal = Line(color: Palette.gray, width: 1.5, dash: "dash")
    return Figure(
      data: [trace],
      layout: FigureLayout(
        xaxis: Axis(labels.confidence, tickformat: ".0%", range: [0, 1]),
        yaxis: Axis(labels.accuracy, tickformat: ".0%", range: [0, 1]), height: 360,
        shapes: [.segment(from: (0, 0), to: (1, 1), line: diagonal)], hovermode: "closest",
        showlegend: false))
  }
}
