/// Answers to classes of unequal size.
public enum ClassBalance: String, Sendable, Codable, CaseIterable {
  /// Nothing is done.
  case none
  /// The loss weighs rare classes more.
  case classWeights
  /// Rare classes are drawn more often.
  case oversample

  /// A weight for each class, inverse to its frequency, 1 on average over samples; a class without
  /// samples weighs nothing.
  public static func weights(counts: [Int]) -> [Float] {
    let present = counts.count { $0 > 0 }
    let total = Double(counts.reduce(0, +))
    return counts.map { $0 > 0 ? Float(total / (Double(present) * Double($0))) : 0 }
  }
}
