import HoneNumerics

/// How a number becomes a feature where a shift and a factor do not say all.
public struct ScaledColumn: Sendable, Codable, Equatable {
  /// Quantiles that are kept, at most (as scikit-learn's `QuantileTransformer`).
  private static let mostQuantiles = 1_000
  /// Beyond this the normal distribution is cut off, as scikit-learn cuts it: at a probability of
  /// 1e-7 minus the spacing of numbers at 1.
  private static let leastProbability = 1e-7 - 2.220446049250313e-16

  /// The column's name.
  public let name: String
  /// What takes the place of a missing number.
  public let fill: Double
  /// What is taken away first.
  public let center: Double
  /// What the rest is divided by.
  public let scale: Double
  /// Quantiles at equal steps, whose rank takes the place of the number; empty where none does.
  public let quantiles: [Double]
  /// Whether the rank becomes a normal number.
  public let isNormal: Bool
  /// Whether a second feature says that the number was missing.
  public let hasIndicator: Bool

  /// Learns from a column of the training split.
  init(
    _ name: String, _ values: [Double], _ normalization: Normalization, _ options: TableOptions
  ) {
    let known = values.filter(\.isFinite)
    let scaling = options.scaling ?? Self.scaling(of: normalization)
    self.name = name
    hasIndicator = options.missingIndicators && known.count < values.count
    fill = Self.fill(known, options.imputation)
    // Scales are learned from what the model will see: the filled column.
    let filled = known + [Double](repeating: fill, count: values.count - known.count)
    let mean = filled.isEmpty ? 0 : filled.mean()
    var (center, scale) = (0.0, 1.0)
    switch scaling {
    case .none, .quantile, .quantileNormal: break
    case .standard:
      center = mean
      let squares = filled.map { ($0 - mean) * ($0 - mean) }
      scale = squares.isEmpty ? 1 : squares.mean().squareRoot()
    case .robust:
      let quartiles = filled.isEmpty ? [0, 0, 1] : filled.quantiles([0.25, 0.5, 0.75])
      center = quartiles[1]
      scale = quartiles[2] - quartiles[0]
    case .unit:
      center = filled.min() ?? 0
      scale = (filled.max() ?? 1) - center
    }
    self.center = center
    let noise = 1e-12 * max(1, abs(filled.min() ?? 0), abs(filled.max() ?? 0))
    self.scale = scale > noise && scale.isFinite ? scale : 1
    isNormal = scaling == .quantileNormal
    guard scaling == .quantile || isNormal, !filled.isEmpty else {
      quantiles = []
      return
    }
    // As many quantiles as values are the values; rounding would part ties.
    guard filled.count > Self.mostQuantiles else {
      quantiles = filled.sorted()
      return
    }
    let steps = Self.mostQuantiles - 1
    quantiles = filled.quantiles((0...steps).map { Double($0) / Double(steps) })
  }

  /// The features of a number.
  func features(of value: Double) -> [Double] {
    let number = value.isFinite ? value : fill
    let feature = quantiles.isEmpty ? (number - center) / scale : ranked(number)
    return hasIndicator ? [feature, value.isFinite ? 0 : 1] : [feature]
  }

  /// The rank of a number, interpolated; the middle of the ranks that one value takes up.
  private func ranked(_ value: Double) -> Double {
    let rank: Double
    if value <= quantiles[0] {
      rank = 0
    } else if value >= quantiles[quantiles.count - 1] {
      rank = 1
    } else {
      rank = (interpolated(value, fromAbove: false) + interpolated(value, fromAbove: true)) / 2
    }
    guard isNormal else { return rank }
    let clamped = min(1 - Self.leastProbability, max(Self.leastProbability, rank))
    return NormalDistribution.quantile(clamped)
  }

  private func interpolated(_ value: Double, fromAbove: Bool) -> Double {
    var (low, high) = (0, quantiles.count)
    while low < high {
      let middle = (low + high) / 2
      let isBefore = fromAbove ? quantiles[middle] < value : quantiles[middle] <= value
      if isBefore { low = middle + 1 } else { high = middle }
    }
    // `low` is the first quantile beyond the value, or at it from above.
    let (before, after) = (max(0, low - 1), min(quantiles.count - 1, low))
    let width = quantiles[after] - quantiles[before]
    let part = width > 0 ? (value - quantiles[before]) / width : 0
    return (Double(before) + part * Double(after - before)) / Double(quantiles.count - 1)
  }

  private static func scaling(of normalization: Normalization) -> TableOptions.Scaling {
    switch normalization {
    case .none: .none
    case .unit: .unit
    case .standardize, .explicit: .standard
    }
  }

  private static func fill(_ known: [Double], _ imputation: TableOptions.Imputation) -> Double {
    guard !known.isEmpty else { return 0 }
    switch imputation {
    case .median: return known.median()
    case .mean: return known.mean()
    case .zero: return 0
    case .mostFrequent:
      var counts: [Double: Int] = [:]
      for value in known { counts[value, default: 0] += 1 }
      return counts.keys.min { (counts[$1] ?? 0, $0) < (counts[$0] ?? 0, $1) } ?? 0
    }
  }
}

/// The bucket of a name.
enum HashedLevel {
  /// The same on every machine.
  static func bucket(of level: String, among buckets: Int) -> Int {
    var hash = NearTexts.hash(level)
    // FNV mixes its upper bits best.
    hash ^= hash >> 32
    return Int(hash % UInt64(buckets))
  }
}
