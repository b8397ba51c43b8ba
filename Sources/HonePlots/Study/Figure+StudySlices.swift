import HoneRecords
public import HoneSearch

extension Figure {
  /// The value over one parameter, a point for each completed trial.
  /// - Throws: `SearchError.unknownParameter` for a name that the space does not have.
  public static func studySlice(
    _ study: StudyRecord, of name: String, labels: StudyLabels = StudyLabels()
  ) throws(SearchError) -> Figure {
    let points = try study.slice([name])
    guard let parameter = study.space.parameter(name) else {
      throw .unknownParameter(name, nearest: nil)
    }
    let best = study.objectives.count == 1 ? study.ranked.first?.number : nil
    let others = points.filter { $0.trial != best }
    var trace = Trace(
      .scatter, name: labels.others, x: parameter.coordinates(others.map { $0.parameters[0] }),
      y: .numbers(others.map(\.value)))
    trace.mode = "markers"
    trace.marker = Marker(color: Palette.gray, size: 7)
    trace.text = .labels(others.map { String($0.trial) })
    trace.hoverTemplate = "\(labels.trial) %{text}<br>%{x}: %{y:.4~g}<extra></extra>"
    var data = [trace]
    if let point = points.first(where: { $0.trial == best }) {
      var mark = Trace(
        .scatter, name: labels.best, x: parameter.coordinates(point.parameters),
        y: .numbers([point.value]))
      mark.mode = "markers"
      mark.marker = Marker(color: Palette.blue, size: 12, symbol: "diamond")
      mark.hoverTemplate = "\(labels.trial) \(point.trial)<br>%{x}: %{y:.4~g}<extra></extra>"
      data.append(mark)
    }
    var vertical = Axis(study.objectives[0].name)
    vertical.range = visibleRange(points.map(\.value), study.objectives[0].direction)
    return Figure(
      data: data,
      layout: FigureLayout(
        xaxis: Axis(of: parameter), yaxis: vertical, height: 280, hovermode: "closest",
        showlegend: false))
  }

  /// The value over two parameters, interpolated between the trials, which are its points.
  /// - Throws: `SearchError.unknownParameter` for a name that the space does not have.
  public static func studyContour(
    _ study: StudyRecord, _ first: String, _ second: String, labels: StudyLabels = StudyLabels()
  ) throws(SearchError) -> Figure {
    let surface = try study.surface(first, second)
    let points = try study.slice([first, second])
    guard let x = study.space.parameter(first), let y = study.space.parameter(second) else {
      throw .unknownParameter(first, nearest: nil)
    }
    let objective = study.objectives[0]
    var heat = Trace(
      .heatmap, name: objective.name, x: x.coordinates(surface.first.map { x.value(at: $0) }),
      y: y.coordinates(surface.second.map { y.value(at: $0) }))
    heat.z = surface.values
    heat.autoColorScale = true
    heat.reverseScale = objective.direction == .minimize
    heat.showScale = true
    if let range = visibleRange(points.map(\.value), objective.direction) {
      (heat.zMinimum, heat.zMaximum) = (range[0], range[1])
    }
    heat.hoverTemplate = "%{x}, %{y}: %{z:.4~g}<extra></extra>"
    var dots = Trace(
      .scatter, name: labels.trial, x: x.coordinates(points.map { $0.parameters[0] }),
      y: y.coordinates(points.map { $0.parameters[1] }))
    dots.mode = "markers"
    dots.marker = Marker(
      color: "rgba(255,255,255,0.85)", size: 6, line: Line(color: Palette.gray, width: 1))
    dots.text = .labels(points.map { String($0.trial) })
    dots.hoverTemplate = "\(labels.trial) %{text}: %{x}, %{y}<extra></extra>"
    return Figure(
      data: [heat, dots],
      layout: FigureLayout(
        xaxis: Axis(of: x), yaxis: Axis(of: y), height: 380, hovermode: "closest",
        showlegend: false))
  }
}
