/// Samples of like confidence: one point of a reliability diagram.
public struct CalibrationBin: Sendable, Codable, Equatable {
  /// How many samples fell into it.
  public var samples: Int
  /// Their mean confidence, 0...1; 0 where there are none.
  public var confidence: Double
  /// The share of them that were right, 0...1; 0 where there are none.
  public var accuracy: Double

  /// A bin.
  public init(samples: Int, confidence: Double, accuracy: Double) {
    self.samples = samples
    self.confidence = confidence
    self.accuracy = accuracy
  }
}
