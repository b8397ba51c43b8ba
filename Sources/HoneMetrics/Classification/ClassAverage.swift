/// How the figures of single classes become one figure.
public enum ClassAverage: String, Sendable, Codable, CaseIterable {
  /// The mean over the classes that occur among labels or predictions: each class counts alike.
  case macro
  /// The figure of all decisions together: each decision counts alike.
  case micro
  /// The mean over classes weighted by their samples.
  case weighted
}
