import Foundation
import HoneNumerics

/// A value far from all others.
public struct Outlier: Sendable, Codable, Equatable {
  /// The sample.
  public var sample: Int
  /// The column or property.
  public var property: String
  /// The value.
  public var value: Double
  /// How many widths of the middle half it lies beyond it; infinite where nothing else varies.
  public var distance: Double
}

/// Finds values that no tail explains: slips of the pen, codes for missing values, blank images.
enum OutlierSearch {
  /// Widths of the middle half beyond it: a normal value goes there once in 10^250, one of a
  /// heavy-tailed distribution with a fourth moment hardly ever.
  private static let farOut = 25.0
  /// The same in logarithms, for what is positive and spreads over orders of magnitude.
  private static let farOutInLogarithms = 5.0
  /// Too few to know what is usual.
  private static let fewestSamples = 50

  /// The outliers of all measures, the farthest first.
  static func outliers(_ facts: SampleFacts) -> [Outlier] {
    facts.measures.filter { !$0.isHeaped }.flatMap(outliers).sorted {
      ($1.distance, $0.sample) < ($0.distance, $1.sample)
    }
  }

  private static func outliers(_ measure: SampleFacts.Measure) -> [Outlier] {
    let known = measure.values.indices.filter { measure.values[$0].isFinite }
    guard known.count >= fewestSamples else { return [] }
    let values = known.map { measure.values[$0] }
    let isPositive = values.allSatisfy { $0 > 0 }
    let scaled = isPositive ? values.map { log($0) } : values
    let limit = isPositive ? farOutInLogarithms : farOut
    let quartiles = scaled.quantiles([0.25, 0.75])
    let width = quartiles[1] - quartiles[0]
    guard width > 0 else { return [] }
    return zip(known, zip(values, scaled)).compactMap { sample, value in
      let distance = max(quartiles[0] - value.1, value.1 - quartiles[1]) / width
      guard distance > limit else { return nil }
      return Outlier(
        sample: sample, property: measure.name, value: value.0, distance: distance)
    }
  }
}
