public import Foundation

/// What a running trial told about one step: an epoch, a fold, a batch of samples.
public struct TrialReport: Sendable, Codable, Equatable {
  /// The step's number; it grows within a trial.
  public var step: Int
  /// A value for each objective.
  public var values: [Double]

  /// A report.
  public init(step: Int, values: [Double]) {
    self.step = step
    self.values = values
  }
}

/// One trial of a study: what was tried and what came of it.
public struct TrialRecord: Sendable, Codable, Equatable, Identifiable {
  /// The trial's number in its study: 0, 1, 2 without gaps.
  public var number: Int
  /// Where it stands.
  public var state: TrialState
  /// What it tries: the values of the parameters that its conditions leave.
  public var parameters: [String: HyperparameterValue]
  /// A value for each objective; empty until it completes.
  ///
  /// A pruned trial keeps its last report.
  public var values: [Double]
  /// The constraints' values; a positive one is broken by so much.
  public var constraints: [Double]
  /// What it told while it ran, oldest first.
  public var reports: [TrialReport]
  /// The values recorded at the rungs that it passed, lowest first; of pruners with rungs.
  public var rungs: [Double]
  /// How many finished trials its suggestion could see, in the order in which they finished.
  public var seen: Int
  /// The running trials that its suggestion counted, of a study of several processes; nil for all of
  /// lower number that had not finished.
  public var pending: [Int]?
  /// How many reports each of `pending` had told where it rested, and 0 where it ran; nil where none rested.
  public var pendingReports: [Int]?
  /// Whether the user named its point, instead of the sampler.
  public var isEnqueued: Bool
  /// How often it was started anew after its worker had died; 1 for the first start.
  public var attempt: Int
  /// Why it failed, where it did.
  public var failure: TrialFailure?
  /// Why it was pruned or what the failure said, for people.
  public var note: String?
  /// The training run that it was, where it was one.
  public var run: String?
  /// When it was started.
  public var started: Date?
  /// When it ended.
  public var ended: Date?

  /// The number, which is unique in a study.
  public var id: Int { number }

  /// A trial.
  public init(
    number: Int, state: TrialState = .running,
    parameters: [String: HyperparameterValue] = [:], values: [Double] = [], seen: Int = 0
  ) {
    self.number = number
    self.state = state
    self.parameters = parameters
    self.values = values
    self.seen = seen
    constraints = []
    reports = []
    rungs = []
    isEnqueued = false
    attempt = 1
  }

  /// By how much the constraints are broken together; 0 where all hold.
  public var violation: Double {
    var sum = 0.0
    for value in constraints { sum += value.isNaN ? .infinity : max(0, value) }
    return sum
  }
}
