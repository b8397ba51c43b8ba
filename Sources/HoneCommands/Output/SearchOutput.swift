import Foundation
import HoneRecords
import HoneSearch

/// The JSON of `hone search` and `hone studies show`.
struct SearchOutput: Encodable, Sendable, Equatable {
  let study: String
  let objective: String
  let direction: ObjectiveDirection
  let sampler: String
  @OrNull var pruner: String?
  let trials: Int
  let states: States
  @OrNull var best: Best?
  @OrNull var importance: [String: Double]?
  @OrNull var trialsPerMinute: Double?
  @OrNull var seconds: Double?

  /// How many trials stand where.
  struct States: Encodable, Sendable, Equatable {
    let completed: Int
    let pruned: Int
    let failed: Int
    let running: Int
    let waiting: Int
  }

  /// The best trial.
  struct Best: Encodable, Sendable, Equatable {
    let trial: Int
    @OrNull var value: Double?
    let parameters: [String: HyperparameterValue]
    @OrNull var run: String?
  }

  /// The JSON of a study.
  /// - Parameters:
  ///   - ended: the trials that ended in `seconds`.
  init(_ record: StudyRecord, ended: Int, seconds: Double) {
    study = record.name
    objective = record.objectives[0].name
    direction = record.objectives[0].direction
    sampler = record.sampler
    _pruner = OrNull(wrappedValue: record.pruner)
    trials = record.trials.count
    func count(_ state: TrialState) -> Int { record.trials.count { $0.state == state } }
    states = States(
      completed: count(.completed), pruned: count(.pruned), failed: count(.failed),
      running: count(.running), waiting: count(.waiting) + count(.paused))
    let best = record.ranked.first.map {
      Best(
        trial: $0.number, value: $0.values.first, parameters: $0.parameters, run: $0.run)
    }
    _best = OrNull(wrappedValue: best)
    let shares = try? record.importance().map { ($0.name, $0.share) }
    _importance = OrNull(
      wrappedValue: shares.map { Dictionary($0, uniquingKeysWith: { first, _ in first }) })
    _trialsPerMinute = OrNull(wrappedValue: seconds > 0 ? 60 * Double(ended) / seconds : nil)
    _seconds = OrNull(wrappedValue: seconds)
  }
}

extension StudyRecord {
  /// The time that finished trials took together.
  var trialSeconds: Double {
    trials.reduce(0) { sum, trial in
      guard let started = trial.started, let ended = trial.ended else { return sum }
      return sum + max(0, ended.timeIntervalSince(started))
    }
  }
}
