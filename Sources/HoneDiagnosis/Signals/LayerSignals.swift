import Foundation
import HoneNumerics
import HoneRecords

/// What the sampled layers of a run say, as the rules read it.
struct LayerSignals {
  /// The samples, in order of steps; each has the same layers in the order of the forward pass.
  let samples: [LayerSample]
  /// What is known of the layers beforehand, by path.
  let facts: [String: LayerFact]
  /// The paths in the order of the forward pass.
  let paths: [String]

  /// Nil where no layers were sampled, or only one.
  init?(_ evidence: RunEvidence) {
    guard let samples = evidence.run.layerSamples, let first = samples.first,
      first.layers.count >= 2
    else { return nil }
    self.samples = samples
    paths = first.layers.map(\.path)
    facts = Dictionary(
      (evidence.run.preflight?.layers ?? []).map { ($0.path, $0) }, uniquingKeysWith: { a, _ in a })
  }

  /// The layers but the last.
  var hidden: [String] { Array(paths.dropLast()) }

  /// The latest three samples.
  var latest: [LayerSample] { Array(samples.suffix(3)) }

  /// The median of a number of a layer over some samples.
  func median(
    _ field: KeyPath<LayerState, Double?>, of path: String, in some: [LayerSample]
  ) -> Double? {
    let values = some.compactMap { sample in
      sample.layers.first { $0.path == path }?[keyPath: field]
    }
    return values.isEmpty ? nil : values.median()
  }

  /// The layer whose number is largest over some samples.
  func largest(
    _ field: KeyPath<LayerState, Double?>, among paths: [String], in some: [LayerSample]
  ) -> (path: String, value: Double)? {
    paths.compactMap { path in
      median(field, of: path, in: some).map { (path, $0) }
    }.max { $0.1 < $1.1 }
  }

  /// The logarithm of the first layer's gradient over the last layer's, base 10.
  ///
  /// The median over the samples. A gradient of exactly zero counts as 1e-30.
  var gradientRatio: Double? {
    let ratios = samples.compactMap { sample -> Double? in
      guard let first = sample.layers.first?.gradient, let last = sample.layers.last?.gradient,
        last > 0
      else { return nil }
      return log10(max(first, 1e-30) / last)
    }
    return ratios.isEmpty ? nil : ratios.median()
  }

  /// The logarithm of the last layer's spread of outputs over the first layer's, base 10, in the first
  /// step.
  var signalRatio: Double? {
    guard let layers = samples.first?.layers, let first = layers.first?.outputSpread,
      let last = layers.last?.outputSpread, first > 0
    else { return nil }
    return log10(max(last, 1e-30) / first)
  }

  /// Whether a layer is followed by a normalization.
  func isNormalized(_ path: String) -> Bool {
    facts[path]?.followers.contains { $0.hasSuffix("Norm") } ?? false
  }

  /// The activation that follows a layer: `relu`, `none` where nothing does.
  func activation(_ path: String) -> String {
    let others: Set<String> = ["dropout", "maxPool"]
    return facts[path]?.followers.first { !$0.hasSuffix("Norm") && !others.contains($0) } ?? "none"
  }
}
