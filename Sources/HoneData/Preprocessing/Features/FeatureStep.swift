/// What is made of the features of a table's columns, learned from the training split.
public enum FeatureStep: Sendable, Codable, Equatable {
  /// Products of pairs of features follow the features: `[first, second]` each.
  case products([[Int]])
  /// Only these features remain, in this order.
  case select([Int])
  /// Principal components take the place of the features: the features less `center`, along each axis.
  case project(center: [Double], axes: [[Double]])

  /// Features after the step, of so many before it.
  func width(of width: Int) -> Int {
    switch self {
    case .products(let pairs): width + pairs.count
    case .select(let kept): kept.count
    case .project(_, let axes): axes.count
    }
  }

  /// The features after the step.
  func applied(to features: [Float]) -> [Float] {
    switch self {
    case .products(let pairs): return features + pairs.map { features[$0[0]] * features[$0[1]] }
    case .select(let kept): return kept.map { features[$0] }
    case .project(let center, let axes):
      return axes.map { axis in
        var sum = 0.0
        for place in axis.indices { sum += (Double(features[place]) - center[place]) * axis[place] }
        return Float(sum)
      }
    }
  }
}
