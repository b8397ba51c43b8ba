public import HoneRecords

/// Chooses for the user: ten evenly spread trials, then a Gaussian process while the space is small
/// and the trials are few, else the multivariate Parzen estimator; for several objectives the latter.
public struct AutoSampler: TrialSampler {
  private static let startup = 10
  private static let gaussianDimensions = 20
  private static let gaussianTrials = 200
  private static let gaussianChoices = 8

  /// The name that commands and files use.
  public var name: String { "auto" }

  /// A sampler.
  public init() {}

  /// What the chosen sampler suggests.
  public func suggest(
    for trial: TrialKey, given history: SearchHistory
  ) -> [String: HyperparameterValue]? {
    if history.table(countsRunning: false).ranking.count < AutoSampler.startup {
      return SobolSampler.point(trial, history.space)
    }
    return AutoSampler.choice(history).suggest(for: trial, given: history)
  }

  /// What the Parzen estimator suggests.
  public func suggest(
    _ parameter: SearchParameter, for trial: TrialKey, given history: SearchHistory
  ) -> HyperparameterValue {
    TPESampler().suggest(parameter, for: trial, given: history)
  }

  static func choice(_ history: SearchHistory) -> any TrialSampler {
    // Trials that rest count as those that a pruner ended.
    let table = history.table(countsRunning: false)
    let free = table.axes.filter { !$0.isSingle }
    let choices = free.reduce(into: 0) { sum, axis in
      if case .categorical(let count) = axis.kind { sum += count }
    }
    let isFlat = history.space.parameters.allSatisfy(\.conditions.isEmpty)
    // A process needs values; where a pruner ends most trials it would see few.
    let completed = table.ranking.reduce(0) { table.ranks[$1].tier == 0 ? $0 + 1 : $0 }
    let isMostlyComplete = 2 * completed >= table.ranking.count
    if history.objectives.count == 1, isFlat, isMostlyComplete, free.count <= gaussianDimensions,
      choices <= gaussianChoices, table.ranking.count <= gaussianTrials
    {
      return GaussianSampler()
    }
    return TPESampler()
  }
}

extension TrialSampler where Self == AutoSampler {
  /// Chooses by the space, the objectives and the number of trials.
  public static var auto: AutoSampler { AutoSampler() }
}
