import Foundation
public import HoneRecords

extension Figure {
  /// A number of each layer with weights, from the first to the last, at the beginning, in the middle and
  /// at the end of a run, on a logarithmic axis.
  /// - Parameters:
  ///   - samples: what the layers did in some steps, in order.
  ///   - field: the number.
  ///   - axis: the words beside the vertical axis.
  ///   - layers: the words beside the horizontal axis.
  ///   - step: the word before a step's number.
  public static func byDepth(
    _ samples: [LayerSample], of field: KeyPath<LayerState, Double?>, axis: String,
    layers: String, step: String
  ) -> Figure {
    let places = [0, samples.count / 2, samples.count - 1].filter(samples.indices.contains)
    let colors = [Palette.gray, Palette.vermillion, Palette.blue]
    var seen: Set<Int> = []
    let data = zip(places, colors).compactMap { place, color -> Trace? in
      guard seen.insert(place).inserted else { return nil }
      let sample = samples[place]
      var trace = Trace(
        .scatter, name: "\(step) \(sample.step)", x: .labels(sample.layers.map(\.path)),
        // A logarithmic axis has no place for zero: it becomes a gap.
        y: .numbers(
          sample.layers.map { layer in
            layer[keyPath: field].flatMap { $0 > 0 ? $0 : nil } ?? .nan
          }))
      trace.mode = "lines+markers"
      trace.line = Line(color: color, width: 2)
      trace.marker = Marker(color: color, size: 6)
      trace.hoverTemplate = "%{x}: %{y:.3~g}<extra></extra>"
      return trace
    }
    return Figure(
      data: data,
      layout: FigureLayout(
        xaxis: Axis(layers, type: "category"), yaxis: Axis(axis, type: "log", tickformat: "~e"),
        height: 340, hovermode: "x unified", showlegend: true))
  }

  /// The distribution of activations in front of a dropout and behind it, in both forms.
  /// - Parameters:
  ///   - view: the dropout.
  ///   - names: what the three series are called: before, inverted, classic.
  ///   - axis: the words beside the axis of activations.
  ///   - share: the words beside the axis of shares.
  public static func dropout(
    _ view: DropoutView, names: [String], axis: String, share: String
  ) -> Figure {
    let series = [view.sharesBefore, view.sharesInverted, view.sharesClassic]
    let colors = [Palette.gray, Palette.blue, Palette.vermillion]
    let data = series.indices.map { index -> Trace in
      var trace = Trace(
        .scatter, name: names.indices.contains(index) ? names[index] : nil,
        x: .numbers(view.bins), y: .numbers(series[index]))
      trace.mode = "lines"
      trace.line = Line(color: colors[index], width: 2, dash: index == 2 ? "dash" : nil)
      trace.hoverTemplate = "%{x:.3~g}: %{y:.2%}<extra></extra>"
      return trace
    }
    return Figure(
      data: data,
      layout: FigureLayout(
        xaxis: Axis(axis), yaxis: Axis(share, type: "log", tickformat: "~%"), height: 320,
        hovermode: "closest", showlegend: true))
  }

  /// The loss along a line through the weights.
  public static func landscape(
    _ slice: LandscapeSlice, labels: FigureLabels = FigureLabels(), axis: String
  ) -> Figure {
    var data: [Trace] = []
    for (name, values, color) in [
      (labels.train, slice.train, Palette.vermillion),
      (labels.validation, slice.validation, Palette.blue),
    ] where !values.isEmpty {
      var trace = Trace(.scatter, name: name, x: .numbers(slice.distances), y: .numbers(values))
      trace.mode = "lines"
      trace.line = Line(color: color, width: 2.2)
      trace.hoverTemplate = "%{x:.2~f}: %{y:.4~g}<extra></extra>"
      data.append(trace)
    }
    return Figure(
      data: data,
      layout: FigureLayout(
        xaxis: Axis(axis), yaxis: Axis(labels.loss, type: "log"), height: 320,
        shapes: [.vertical(at: 0, line: Line(color: Palette.gray, width: 1.5, dash: "dot"))],
        hovermode: "closest", showlegend: true))
  }
}
