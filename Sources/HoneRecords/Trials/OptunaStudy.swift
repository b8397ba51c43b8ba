public import Foundation

/// A study as Optuna's relational storage keeps it: what its rows say, in Optuna's own words.
public struct OptunaStudy: Sendable, Equatable {
  /// The study's name.
  public var name: String
  /// Small or large, for each objective.
  public var directions: [ObjectiveDirection]
  /// The user's notes on the study, as JSON texts by key.
  public var userAttributes: [String: String] = [:]
  /// Optuna's notes on the study, as JSON texts by key.
  public var systemAttributes: [String: String] = [:]
  /// The trials by number.
  public var trials: [OptunaTrial] = []

  /// A study without trials.
  public init(name: String, directions: [ObjectiveDirection]) {
    self.name = name
    self.directions = directions
  }
}

/// A trial as Optuna's relational storage keeps it.
public struct OptunaTrial: Sendable, Equatable {
  /// Where a trial stands, as Optuna writes it.
  public enum State: String, Sendable {
    /// A worker has it, or had it when it died.
    case running = "RUNNING"
    /// Ended with its values.
    case complete = "COMPLETE"
    /// Ended early because others did better.
    case pruned = "PRUNED"
    /// Ended with an error.
    case fail = "FAIL"
    /// Enqueued.
    case waiting = "WAITING"
  }

  /// A value that the trial tries.
  public struct Parameter: Sendable, Equatable {
    /// The parameter's name.
    public var name: String
    /// The number, or the index of a choice.
    public var value: Double
    /// The range, as JSON.
    public var distribution: String

    /// A value of a range.
    public init(name: String, value: Double, distribution: String) {
      self.name = name
      self.value = value
      self.distribution = distribution
    }
  }

  /// The trial's number in its study.
  public var number: Int
  /// Where it stands.
  public var state: State
  /// A value for each objective; they may be infinite.
  public var values: [Double] = []
  /// What it tries, in the order in which it asked.
  public var parameters: [Parameter] = []
  /// What it told while it ran, one value a step.
  public var reports: [TrialReport] = []
  /// The user's notes on the trial, as JSON texts by key.
  public var userAttributes: [String: String] = [:]
  /// Optuna's notes on the trial, as JSON texts by key.
  public var systemAttributes: [String: String] = [:]
  /// When it was started.
  public var started: Date?
  /// When it ended.
  public var ended: Date?

  /// A trial without parameters.
  public init(number: Int, state: State) {
    self.number = number
    self.state = state
  }
}
