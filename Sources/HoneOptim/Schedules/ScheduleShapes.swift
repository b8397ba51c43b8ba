/// How a rate goes from one value to another.
public enum ScheduleAnneal: String, Sendable, Codable, CaseIterable {
  /// Along half a cosine.
  case cosine
  /// In a straight line.
  case linear
}

/// How a warm-up rises.
public enum WarmUpShape: String, Sendable, Codable, CaseIterable {
  /// In a straight line.
  case linear
  /// By the same factor at every step; from a thousandth where it should start at zero.
  case exponential
  /// Along half a cosine.
  case cosine
  /// Not at all until its end: the first factor throughout.
  case constant
}

/// How the height of a cyclic schedule's cycles changes.
public enum CycleAmplitude: Sendable, Equatable, Codable {
  /// All cycles are as high (PyTorch's `triangular`).
  case constant
  /// Each cycle is half as high as the one before (PyTorch's `triangular2`).
  case halving
  /// Times a factor with every step (PyTorch's `exp_range`).
  case exponential(factor: Double)
}
