/// Parameters chosen by their names, and how they differ from the others.
public struct ParameterRule: Sendable, Equatable {
  /// The names that are meant: `*` stands for any characters, dots among them, as in `head.*`.
  public var match: String
  /// What the learning rate is multiplied by, beside layer-wise decay.
  public var learningRateScale: Double
  /// The strength of weight decay; nil for that of the others.
  public var weightDecay: Double?

  /// A rule.
  /// - Precondition: neither number is negative or not finite.
  public init(match: String, learningRateScale: Double = 1, weightDecay: Double? = nil) {
    requireNonNegative(learningRateScale, "learningRateScale")
    requireNonNegative(weightDecay ?? 0, "weightDecay")
    self.match = match
    self.learningRateScale = learningRateScale
    self.weightDecay = weightDecay
  }

  /// Whether the rule means a parameter of this name.
  public func matches(_ name: String) -> Bool {
    let parts = match.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    guard let first = parts.first, let last = parts.last, parts.count > 1 else {
      return name == match
    }
    guard name.hasPrefix(first), name.hasSuffix(last), name.count >= first.count + last.count else {
      return false
    }
    var rest = name.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }
}
