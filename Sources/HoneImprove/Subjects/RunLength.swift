/// How long a recipe trains where nothing ends it before its time.
public struct RunLength: Sendable, Equatable {
  /// Its epochs.
  public var epochs: Int
  /// Seconds of all of them.
  public var seconds: Double

  /// A length.
  public init(epochs: Int, seconds: Double) {
    self.epochs = epochs
    self.seconds = seconds
  }
}
