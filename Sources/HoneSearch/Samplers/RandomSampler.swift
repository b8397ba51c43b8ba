import HoneNumerics
public import HoneRecords

/// Every parameter drawn by itself, evenly on its scale (Bergstra and Bengio, JMLR 2012).
public struct RandomSampler: TrialSampler {
  /// The name that commands and files use.
  public var name: String { "random" }

  /// A random sampler.
  public init() {}

  /// A random point.
  public func suggest(
    for trial: TrialKey, given history: SearchHistory
  ) -> [String: HyperparameterValue]? {
    RandomSampler.point(trial, history.space)
  }

  static func point(_ trial: TrialKey, _ space: SearchSpace) -> [String: HyperparameterValue] {
    var values: [String: HyperparameterValue] = [:]
    for parameter in space.parameters {
      values[parameter.name] = value(parameter, trial)
    }
    return space.active(values)
  }

  static func value(_ parameter: SearchParameter, _ trial: TrialKey) -> HyperparameterValue {
    var stream = trial.stream("random/\(parameter.name)")
    return Axis(parameter.distribution).value(atFraction: stream.uniform())
  }
}

extension TrialSampler where Self == RandomSampler {
  /// Every parameter drawn by itself.
  public static var random: RandomSampler { RandomSampler() }
}
