import HoneRecords
public import HoneSearch

extension Figure {
  /// Each completed trial's value by its number, and the best up to it.
  public static func studyHistory(
    _ study: StudyRecord, labels: StudyLabels = StudyLabels()
  ) -> Figure {
    let points = study.history
    let numbers = Coordinates.integers(points.map(\.trial))
    var values = Trace(.scatter, name: labels.value, x: numbers, y: .numbers(points.map(\.value)))
    values.mode = "markers"
    values.marker = Marker(color: Palette.gray, size: 7)
    values.hoverTemplate = "\(labels.trial) %{x}: %{y:.4~g}<extra></extra>"
    var best = Trace(.scatter, name: labels.bestSoFar, x: numbers, y: .numbers(points.map(\.best)))
    best.mode = points.count == 1 ? "markers" : "lines"
    best.line = Line(color: Palette.blue, width: 2.4)
    best.hoverTemplate = "%{y:.4~g}<extra>\(labels.bestSoFar)</extra>"
    var vertical = Axis(study.objectives[0].name)
    vertical.range = visibleRange(points.map(\.value), study.objectives[0].direction)
    return Figure(
      data: [values, best],
      layout: FigureLayout(
        xaxis: Axis(labels.trial), yaxis: vertical, height: 320, hovermode: "closest",
        showlegend: true))
  }

  /// The ends of an axis that a few bad trials do not stretch; nil leaves them to the values.
  static func visibleRange(_ values: [Double], _ direction: ObjectiveDirection) -> [Double]? {
    let losses = values.filter(\.isFinite).map(direction.loss).sorted()
    guard losses.count >= 10, let least = losses.first, let most = losses.last else { return nil }
    let end = losses[losses.count * 9 / 10 - 1]
    guard end > least, most > end + 2 * (end - least) else { return nil }
    let margin = 0.08 * (end - least)
    return [direction.loss(least - margin), direction.loss(end + 4 * margin)].sorted()
  }
}
