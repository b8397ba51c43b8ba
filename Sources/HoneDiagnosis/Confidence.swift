import Foundation
import HoneNumerics

/// The one place where evidence becomes a probability.
///
/// A value that lies `z` standard errors beyond its threshold gets the normal distribution's Φ(z):
/// 0.5 at the threshold, 0.84 one standard error past it, 0.98 two past it. A finding that needs
/// several pieces of evidence is as probable as the weakest of them.
enum Confidence {
  /// The most that a finding inferred from curves can claim: curves never exclude a cause that is
  /// not recorded.
  static let ceiling = 0.99

  /// The factor by which published tools disagree about a threshold on a ratio.
  ///
  /// It stands for one
  /// standard error where a threshold has no sampling error of its own.
  static let thresholdFactor = 2.0

  /// From the distance past the threshold, in standard errors.
  static func beyond(_ standardErrors: Double) -> Double {
    min(NormalDistribution.cumulative(standardErrors), ceiling)
  }

  /// From a value above its threshold where the threshold is a convention about ratios.
  static func above(_ value: Double, threshold: Double) -> Double {
    guard value.isFinite else { return value > 0 ? ceiling : 0.5 }
    guard value > 0, threshold > 0 else { return 0.5 }
    return beyond(log(value / threshold) / log(thresholdFactor))
  }

  /// From a value below its threshold where the threshold is a convention about ratios.
  static func below(_ value: Double, threshold: Double) -> Double {
    guard value > 0 else { return ceiling }
    return above(threshold, threshold: value)
  }
}
