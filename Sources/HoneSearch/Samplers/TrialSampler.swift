public import HoneNumerics
public import HoneRecords

/// Which suggestion is asked for.
public struct TrialKey: Sendable, Hashable {
  /// The study's seed.
  public let seed: UInt64
  /// The trial's number.
  public let number: Int

  /// The key of a trial.
  public init(seed: UInt64, number: Int) {
    self.seed = seed
    self.number = number
  }

  /// The random numbers of the trial for one purpose.
  public func stream(_ purpose: String) -> RandomStream {
    RandomStream(seed: seed, purpose, number)
  }
}

/// A way to choose the next point: a pure function of space, history, seed and trial number, so that
/// any suggestion can be computed again.
public protocol TrialSampler: Sendable {
  /// The name that commands and files use.
  var name: String { get }

  /// Throws where the sampler cannot search such a space or such objectives.
  func check(_ space: SearchSpace, _ objectives: [ObjectiveRecord]) throws(SearchError)

  /// A value for each parameter that applies, or nil where every point has been tried.
  func suggest(
    for trial: TrialKey, given history: SearchHistory
  ) -> [String: HyperparameterValue]?

  /// A value for one parameter, which a trial asks for while it runs.
  func suggest(
    _ parameter: SearchParameter, for trial: TrialKey, given history: SearchHistory
  ) -> HyperparameterValue
}

extension TrialSampler {
  /// Every space and objective will do.
  public func check(_ space: SearchSpace, _ objectives: [ObjectiveRecord]) throws(SearchError) {}

  /// A random value.
  public func suggest(
    _ parameter: SearchParameter, for trial: TrialKey, given history: SearchHistory
  ) -> HyperparameterValue {
    RandomSampler.value(parameter, trial)
  }
}
