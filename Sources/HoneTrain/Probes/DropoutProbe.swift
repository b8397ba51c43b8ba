import HoneData
public import HoneNN
import HoneNumerics
public import HoneRecords
public import HoneTensor

/// What each dropout of a model does to the activations that reach it, in both forms of dropout.
///
/// Inverted dropout (Hone's) divides what it keeps by the share kept, so that training and evaluation
/// have the same mean; the classic form (Srivastava and others 2014) leaves training as it is and
/// multiplies by that share in evaluation.
public struct DropoutProbe: Sendable {
  /// Bins of a histogram.
  public var bins = 24
  /// Values of a layer that are looked at, at most.
  public var values = 20_000

  /// A probe with default settings.
  public init() {}

  /// The views, in the order of the forward pass; none where the model drops nothing.
  /// - Parameters:
  ///   - model: the model; its modes are as before afterwards.
  ///   - inputs: a batch of inputs on the model's device.
  ///   - seed: what the drawn elements follow from.
  /// - Throws: `TorchError`.
  public func run(
    _ model: any Layer<Tensor, Tensor>, on inputs: Tensor, seed: UInt64
  ) throws -> [DropoutView] {
    let modules = model.namedModules
    let dropouts = modules.compactMap { $0.module as? Dropout }
    guard dropouts.contains(where: { $0.probability > 0 }) else { return [] }
    let paths = Dictionary(
      modules.map { (ObjectIdentifier($0.module), $0.name) }, uniquingKeysWith: { a, _ in a })
    return try catchingTorchErrors {
      withoutGradients {
        let (_, trace) = model.evaluating { LayerTrace.recording { model(inputs) } }
        return views(trace, dropouts, paths, seed)
      }
    }
  }

  private func views(
    _ trace: LayerTrace, _ dropouts: [Dropout], _ paths: [ObjectIdentifier: String], _ seed: UInt64
  ) -> [DropoutView] {
    var result: [DropoutView] = []
    var layer = ""
    var passed = 0
    for event in trace.events {
      if let weighted = event.layer {
        layer = paths[ObjectIdentifier(weighted)] ?? ""
      } else if event.kind == "dropout", passed < dropouts.count {
        let dropout = dropouts[passed]
        passed += 1
        guard dropout.probability > 0 else { continue }
        var view = DropoutView(
          number: result.count + 1, layer: layer, probability: dropout.probability)
        var stream = RandomStream(seed: seed, "dropout view", result.count)
        // In evaluation a dropout gives what it gets.
        measure(event.output.floats.map(Double.init), &view, &stream)
        result.append(view)
      }
    }
    return result
  }

  private func measure(
    _ all: [Double], _ view: inout DropoutView, _ stream: inout RandomStream
  ) {
    let step = max(1, all.count / values)
    let before = stride(from: 0, to: all.count, by: step).map { all[$0] }.filter(\.isFinite)
    guard !before.isEmpty else { return }
    let kept = 1 - view.probability
    let classic = before.map { stream.uniform() < kept ? $0 : 0 }
    let inverted = classic.map { $0 / kept }
    view.before = before.mean()
    view.classic = classic.mean()
    view.inverted = inverted.mean()
    view.classicEvaluation = before.mean() * kept
    let low = min(inverted.min() ?? 0, before.min() ?? 0)
    let high = max(inverted.max() ?? 0, before.max() ?? 0)
    let width = max(high - low, 1e-12) / Double(bins)
    view.bins = (0..<bins).map { low + (Double($0) + 0.5) * width }
    func shares(_ numbers: [Double]) -> [Double] {
      var counts = [Double](repeating: 0, count: bins)
      for number in numbers { counts[min(bins - 1, max(0, Int((number - low) / width)))] += 1 }
      return counts.map { $0 / Double(numbers.count) }
    }
    view.sharesBefore = shares(before)
    view.sharesInverted = shares(inverted)
    view.sharesClassic = shares(classic)
  }
}
