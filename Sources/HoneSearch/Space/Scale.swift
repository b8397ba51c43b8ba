import Foundation

/// The scale on which a range is spread evenly.
public enum Scale: String, Sendable, Codable, CaseIterable {
  /// Equal differences count alike.
  case linear
  /// Equal ratios count alike: every decade gets the same share. For learning rates and decay.
  case log
  /// Odds count alike: for fractions near 0 or 1, such as momentum.
  case logit

  func transformed(_ value: Double) -> Double {
    switch self {
    case .linear: value
    case .log: Foundation.log(value)
    case .logit: Foundation.log(value / (1 - value))
    }
  }

  func restored(_ value: Double) -> Double {
    switch self {
    case .linear: value
    case .log: exp(value)
    case .logit: 1 / (1 + exp(-value))
    }
  }
}
