import Foundation

/// Answers to classes of unequal size.
public enum ClassBalance: String, Sendable, Codable, CaseIterable {
  /// Nothing is done.
  case none
  /// The loss weighs rare classes more.
  case classWeights
  /// The loss weighs rare classes more, by the effective number of their samples.
  case effectiveNumbers
  /// Rare classes are drawn more often; within a class every sample comes before one comes again.
  case oversample
  /// Samples are drawn independently, those of rare classes with a larger probability.
  case weightedSampler
  /// Of every class as many samples are drawn as the rarest has, others in each epoch.
  case undersample
  /// Rows between neighboring rows of rare classes are made up; for tables.
  case smote

  /// A weight for each class, inverse to its frequency, 1 on average over samples; a class without
  /// samples weighs nothing.
  public static func weights(counts: [Int]) -> [Float] {
    let present = counts.count { $0 > 0 }
    let total = Double(counts.reduce(0, +))
    return counts.map { $0 > 0 ? Float(total / (Double(present) * Double($0))) : 0 }
  }

  /// A weight for each class, inverse to the effective number of its samples, which grows ever more
  /// slowly because samples overlap (Cui and others 2019, arXiv 1901.05555); 1 on average over samples.
  /// - Parameter overlap: β in the paper, 0..<1: 0 gives equal weights, near 1 those of `weights(counts:)`.
  public static func effectiveWeights(counts: [Int], overlap: Double = 0.9999) -> [Float] {
    let raw = counts.map { count in
      count > 0 ? (1 - overlap) / (1 - pow(overlap, Double(count))) : 0
    }
    let total = Double(counts.reduce(0, +))
    let mean = zip(raw, counts).reduce(0) { $0 + $1.0 * Double($1.1) } / max(1, total)
    return raw.map { mean > 0 ? Float($0 / mean) : 0 }
  }
}
