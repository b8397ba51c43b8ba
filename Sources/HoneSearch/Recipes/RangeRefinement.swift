import HoneNumerics
import HoneRecords

/// What refining did to a parameter's range.
public struct RangeChange: Sendable, Codable, Equatable {
  /// What was done.
  public enum Kind: String, Sendable, Codable {
    /// The range stays: too few good trials have the parameter.
    case kept
    /// The range shrinks to where the good trials lie, with a margin.
    case narrowed
    /// The best lies on the lower border: the range goes on below it.
    case extendedBelow
    /// The best lies on the upper border: the range goes on above it.
    case extendedAbove
  }

  /// The parameter's name.
  public let parameter: String
  /// What was done.
  public let kind: Kind
  /// The bounds before; empty for a choice.
  public let before: [Double]
  /// The bounds after; empty for a choice.
  public let after: [Double]

  /// A change of a range.
  public init(parameter: String, kind: Kind, before: [Double], after: [Double]) {
    self.parameter = parameter
    self.kind = kind
    self.before = before
    self.after = after
  }
}

extension StudyRecord {
  /// The share of the range next to a border in which a best point counts as lying on the border.
  private static let borderShare = 0.05
  /// How far a range goes on past a border, as a share of its width.
  private static let extensionShare = 0.5

  /// The space for a closer look: each range shrunk to where the best fifth of the trials lies (five
  /// at least), with a tenth of their spread as margin, or extended where the best is on its border.
  ///
  /// A best point on a border says that the range was chosen wrongly, not that the best is found.
  /// Choices keep the values that occur among the good trials. A range of numbers that are not
  /// negative does not go below zero.
  /// - Throws: `SearchError.tooFewTrials` under ten completed trials.
  public func refinedSpace() throws(SearchError) -> (space: SearchSpace, changes: [RangeChange]) {
    guard objectives.count == 1 else { throw .severalObjectives }
    let ranked = ranked
    guard ranked.count >= 10 else { throw .tooFewTrials(needed: 10, found: ranked.count) }
    let good = Array(ranked.prefix(max(5, Int((0.2 * Double(ranked.count)).rounded(.up)))))
    var parameters: [SearchParameter] = []
    var changes: [RangeChange] = []
    for parameter in space.parameters {
      let (refined, change) = refine(parameter, good)
      parameters.append(refined)
      if let change { changes.append(change) }
    }
    return (try SearchSpace(parameters, version: space.version + 1), changes)
  }

  private func refine(
    _ parameter: SearchParameter, _ good: [TrialRecord]
  ) -> (SearchParameter, RangeChange?) {
    let axis = Axis(parameter.distribution)
    guard !axis.isSingle else { return (parameter, nil) }
    let values = good.compactMap { $0.parameters[parameter.name] }
    if case .choice(let choices) = parameter.distribution {
      return (refine(parameter, choices, values), nil)
    }
    let places = values.compactMap { axis.encoded($0).map(axis.fraction) }
    let old = [axis.scale.restored(axis.lower), axis.scale.restored(axis.upper)]
    guard places.count >= 3, let best = places.first else {
      return (
        parameter, RangeChange(parameter: parameter.name, kind: .kept, before: old, after: old)
      )
    }
    let (kind, low, high) = bounds(best, places)
    var refined = parameter
    refined.distribution = moved(parameter.distribution, axis, low, high)
    let after = Axis(refined.distribution)
    return (
      refined,
      RangeChange(
        parameter: parameter.name, kind: kind, before: old,
        after: [after.scale.restored(after.lower), after.scale.restored(after.upper)])
    )
  }

  /// The new ends as fractions of the old range.
  private func bounds(_ best: Double, _ places: [Double]) -> (RangeChange.Kind, Double, Double) {
    let ends = places.quantiles([0.1, 0.9])
    let margin = max(0.1 * (ends[1] - ends[0]), 0.02)
    let low = max(0, min(ends[0], best) - margin)
    let high = min(1, max(ends[1], best) + margin)
    if best <= StudyRecord.borderShare {
      return (.extendedBelow, -StudyRecord.extensionShare, high)
    }
    if best >= 1 - StudyRecord.borderShare {
      return (.extendedAbove, low, 1 + StudyRecord.extensionShare)
    }
    return (.narrowed, low, high)
  }

  private func refine(
    _ parameter: SearchParameter, _ choices: [HyperparameterValue], _ values: [HyperparameterValue]
  ) -> SearchParameter {
    // A value that another parameter waits for stays, or that parameter could never be there.
    let needed = space.parameters.flatMap(\.conditions).filter { $0.parameter == parameter.name }
      .flatMap(\.values)
    let kept = choices.filter { values.contains($0) || needed.contains($0) }
    var refined = parameter
    if !kept.isEmpty { refined.distribution = .choice(kept) }
    return refined
  }

  /// The distribution between two fractions of its range.
  private func moved(
    _ distribution: Distribution, _ axis: Axis, _ low: Double, _ high: Double
  ) -> Distribution {
    func restored(_ fraction: Double) -> Double {
      axis.scale.restored(axis.lower + fraction * (axis.upper - axis.lower))
    }
    switch distribution {
    case .float(let first, _, let scale, let step):
      var (lower, upper) = (restored(low), restored(high))
      if first >= 0 { lower = max(lower, 0) }
      if let step {
        // Steps keep their places.
        lower = first + ((lower - first) / step).rounded(.up) * step
        if first >= 0, lower < 0 { lower = first }
        upper = max(lower + step, upper)
      }
      return .float(low: lower, high: upper, scale: scale, step: step)
    case .integer(let first, _, let scale, let step):
      let stride = Double(step)
      var lower = first + Int(((restored(low) - Double(first)) / stride).rounded(.up)) * step
      let least = scale == .linear ? (first >= 0 ? 0 : Int.min) : 1
      while lower < least { lower += step }
      let steps = Int(((restored(high) - Double(lower)) / stride).rounded(.down))
      return .integer(low: lower, high: lower + max(1, steps) * step, scale: scale, step: step)
    case .choice, .fixed: return distribution
    }
  }
}
