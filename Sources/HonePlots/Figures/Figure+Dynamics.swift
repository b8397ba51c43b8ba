import Foundation
public import HoneRecords

extension Figure {
  /// The losses of single training samples after each epoch: the median and the bands that hold half and
  /// nine tenths of them.
  /// - Parameters:
  ///   - epochs: those with quantiles are drawn.
  ///   - labels: words for the axes.
  ///   - names: what the two bands and the median are called, the widest band first.
  public static func sampleLosses(
    _ epochs: [EpochRecord], labels: FigureLabels = FigureLabels(), names: [String]
  ) -> Figure {
    let known = epochs.filter { $0.trainLossQuantiles?.count == EpochRecord.fractions.count }
    let numbers = known.map(\.epoch)
    func column(_ place: Int) -> [Double] { known.map { $0.trainLossQuantiles?[place] ?? .nan } }
    var data: [Trace] = []
    for (index, ends) in [(0, 4), (1, 3)].enumerated() {
      var band = Trace(
        .scatter, name: names[index], x: .integers(numbers + numbers.reversed()),
        y: .numbers(column(ends.1) + column(ends.0).reversed()))
      band.mode = "lines"
      band.line = Line(color: "rgba(0,0,0,0)", width: 0)
      band.fill = "toself"
      band.fillColor = index == 0 ? "rgba(0,114,178,0.15)" : "rgba(0,114,178,0.3)"
      band.hoverInfo = "skip"
      data.append(band)
    }
    var median = Trace(
      .scatter, name: names[2], x: .integers(numbers), y: .numbers(column(2)))
    median.mode = "lines"
    median.line = Line(color: Palette.blue, width: 2.2)
    median.hoverTemplate = "%{x}: %{y:.4~g}<extra></extra>"
    data.append(median)
    return Figure(
      data: data,
      layout: FigureLayout(
        xaxis: Axis(labels.epoch), yaxis: Axis(labels.loss, type: "log", tickformat: "~e"),
        height: 340, hovermode: "closest", showlegend: true))
  }

  /// The data map: how many samples were answered with which confidence, and how much that changed from
  /// epoch to epoch (Swayamdipta and others 2020, arXiv 2009.10795).
  /// - Parameters:
  ///   - map: counts by confidence (rows) and variability (columns).
  ///   - confidence: the words beside the vertical axis.
  ///   - variability: the words beside the horizontal axis.
  ///   - labels: words for the box at the pointer.
  public static func dataMap(
    _ map: [[Int]], confidence: String, variability: String,
    labels: FigureLabels = FigureLabels()
  ) -> Figure {
    let rows = map.indices.map { (Double($0) + 0.5) / Double(map.count) }
    let columns = (map.first ?? []).indices.map {
      (Double($0) + 0.5) / Double(map.first?.count ?? 1) / 2
    }
    var heat = Trace(.heatmap, x: .numbers(columns), y: .numbers(rows))
    // Most samples lie in one corner: on a logarithm the others show.
    heat.z = map.map { row in row.map { $0 == 0 ? nil : log10(Double($0)) } }
    heat.cellText = map.map { row in row.map { String($0) } }
    heat.autoColorScale = true
    heat.showScale = false
    heat.hoverTemplate =
      "\(confidence) %{y:.2f}, \(variability) %{x:.2f}: %{customdata} \(labels.samples)<extra></extra>"
    return Figure(
      data: [heat],
      layout: FigureLayout(
        xaxis: Axis(variability, range: [0, 0.5]), yaxis: Axis(confidence, range: [0, 1]),
        height: 340, hovermode: "closest", showlegend: false))
  }
}
