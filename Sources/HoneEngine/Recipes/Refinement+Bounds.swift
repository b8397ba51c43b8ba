import HoneRecords
import HoneSearch

extension Distribution {
  /// The range with each bound that is not accepted put back to that of the range before.
  func clamped(
    to old: Distribution, _ isAccepted: (HyperparameterValue) -> Bool
  ) -> Distribution {
    switch (self, old) {
    case (.float(let low, let high, let scale, let step), .float(let least, let most, _, _)):
      return .float(
        low: isAccepted(.number(low)) ? low : max(low, least),
        high: isAccepted(.number(high)) ? high : min(high, most), scale: scale, step: step)
    case (.integer(let low, let high, let scale, let step), .integer(let least, let most, _, _)):
      return .integer(
        low: isAccepted(.integer(low)) ? low : max(low, least),
        high: isAccepted(.integer(high)) ? high : min(high, most), scale: scale, step: step)
    default: return self
    }
  }

  /// The ends of a range; empty for a choice.
  fileprivate var ends: [Double] {
    switch self {
    case .float(let low, let high, _, _): [low, high]
    case .integer(let low, let high, _, _): [Double(low), Double(high)]
    case .choice, .fixed: []
    }
  }
}

extension RangeChange {
  /// Whether the range goes on past an end that it had.
  var isExtended: Bool {
    guard before.count == 2, after.count == 2 else { return false }
    // Bounds pass through a logarithm and back.
    let tolerance = 1e-9 * max(abs(before[0]), abs(before[1]))
    return after[0] < before[0] - tolerance || after[1] > before[1] + tolerance
  }

  /// The change with the ends that a space has in the end.
  func corrected(by space: SearchSpace) -> RangeChange {
    guard before.count == 2, let ends = space.parameter(parameter)?.distribution.ends,
      ends.count == 2
    else { return self }
    return RangeChange(parameter: parameter, kind: kind, before: before, after: ends)
  }
}

extension SearchSpace {
  /// Values of other parameters under which a parameter is there.
  func point(leadingTo parameter: SearchParameter) -> [String: ConfigurationValue] {
    var point: [String: ConfigurationValue] = [:]
    for condition in parameter.conditions {
      point[condition.parameter] = condition.values.first?.configuration
      guard let parent = self.parameter(condition.parameter) else { continue }
      point.merge(self.point(leadingTo: parent)) { own, _ in own }
    }
    return point
  }
}
