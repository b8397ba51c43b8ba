public import HoneRecords

/// Points of a scrambled Sobol sequence: random, but evenly spread from the first trial on (Joe and
/// Kuo 2008).
///
/// Parameters beyond the 64th are drawn at random.
public struct SobolSampler: TrialSampler {
  /// The name that commands and files use.
  public var name: String { "sobol" }

  /// A sampler.
  public init() {}

  /// The sequence's point of the trial's number.
  public func suggest(
    for trial: TrialKey, given history: SearchHistory
  ) -> [String: HyperparameterValue]? {
    SobolSampler.point(trial, history.space)
  }

  static func point(_ trial: TrialKey, _ space: SearchSpace) -> [String: HyperparameterValue] {
    let parameters = space.parameters
    let sequence = SobolSequence(
      dimension: min(parameters.count, SobolSequence.maximumDimension), scramble: trial.seed)
    let point = sequence.point(trial.number)
    var values: [String: HyperparameterValue] = [:]
    for (index, parameter) in parameters.enumerated() {
      values[parameter.name] =
        index < point.count
        ? Axis(parameter.distribution).value(atFraction: point[index])
        : RandomSampler.value(parameter, trial)
    }
    return space.active(values)
  }
}

extension TrialSampler where Self == SobolSampler {
  /// Points of a scrambled Sobol sequence.
  public static var sobol: SobolSampler { SobolSampler() }
}
