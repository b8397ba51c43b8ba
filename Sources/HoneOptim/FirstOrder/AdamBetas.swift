/// How slowly Adam's running averages forget: the share that each step keeps.
public struct AdamBetas: Sendable, Equatable {
  /// The share of the average of gradients, 0..<1.
  public let first: Double
  /// The share of the average of squared gradients, 0..<1.
  public let second: Double

  /// Two shares.
  /// - Precondition: both are in 0..<1.
  public init(_ first: Double = 0.9, _ second: Double = 0.999) {
    requireFraction(first, "The first beta")
    requireFraction(second, "The second beta")
    self.first = first
    self.second = second
  }
}
