public import Foundation
public import HoneRecords
import Synchronization

/// What a trial does after a report.
public enum TrialVerdict: Sendable, Equatable {
  /// It goes on.
  case proceed
  /// It ends now; its objective returns, and what it returns is not used.
  case stop
  /// It saves its state with `save` and returns; it may be called again to go on.
  case pause
}

/// A trial in a worker's hands.
///
/// ```swift
/// let rate = try trial.float("learningRate", in: 1e-5...1e-1, scale: .log)
/// for epoch in 1...30 {
///   if trial.report(train(rate), step: epoch) != .proceed { return .nan }
/// }
/// ```
public final class Trial: Sendable {
  /// The trial's number in its study.
  public let number: Int
  /// The study's seed and the trial's number, for random numbers of the trial's own.
  public let key: TrialKey
  let study: Study
  /// What the sampler proposes; in a declared space all that the trial has.
  private let proposal: [String: HyperparameterValue]
  /// What single parameters are drawn from, in a study whose space its trials find.
  private let history: SearchHistory?

  init(
    number: Int, seed: UInt64, study: Study, proposal: [String: HyperparameterValue],
    history: SearchHistory?
  ) {
    self.number = number
    key = TrialKey(seed: seed, number: number)
    self.study = study
    self.proposal = proposal
    self.history = history
  }

  /// The values that the trial tries; of a study without a declared space those asked for so far.
  public var parameters: [String: HyperparameterValue] { study.trial(number).parameters }

  /// The step after the last report: where a trial goes on that was paused or lost its worker.
  public var firstStep: Int { (study.trial(number).reports.last?.step).map { $0 + 1 } ?? 0 }

  /// What the trial saved before it was paused; nil for a fresh start.
  public var saved: Data? { study.saved(number) }

  /// Keeps the trial's state for going on later.
  public func save(_ data: Data) { study.save(data, for: number) }

  /// The value of a number.
  /// - Throws: `SearchError` for a range that cannot be searched, or one of another kind than before.
  public func float(
    _ name: String, in range: ClosedRange<Double>, scale: Scale = .linear, step: Double? = nil
  ) throws(SearchError) -> Double {
    let value = try value(.float(name, range, scale: scale, step: step))
    return value.number ?? .nan
  }

  /// The value of a whole number.
  /// - Throws: `SearchError` for a range that cannot be searched.
  public func integer(
    _ name: String, in range: ClosedRange<Int>, scale: Scale = .linear, step: Int = 1
  ) throws(SearchError) -> Int {
    let value = try value(.integer(name, range, scale: scale, step: step))
    return value.number.map { Int($0) } ?? range.lowerBound
  }

  /// One of several texts.
  /// - Throws: `SearchError` where there are none, or one is there twice.
  public func choice(_ name: String, of texts: [String]) throws(SearchError) -> String {
    try value(.choice(name, texts.map(HyperparameterValue.text))).description
  }

  /// True or false.
  /// - Throws: `SearchError` where the name was something else before.
  public func bool(_ name: String) throws(SearchError) -> Bool {
    try value(.bool(name)) == .bool(true)
  }

  /// The value of a number of a declared space.
  /// - Precondition: the space has the name, its conditions hold, and it is a number.
  public subscript(name: String) -> Double {
    guard let value = parameters[name]?.number else {
      fatalError(
        "Trial \(number) has no number '\(name)'; it has "
          + "\(parameters.keys.sorted().joined(separator: ", ")).")
    }
    return value
  }

  /// The value of a text of a declared space.
  /// - Precondition: the space has the name, and its conditions hold.
  public subscript(text name: String) -> String {
    guard let value = parameters[name] else {
      fatalError(
        "Trial \(number) has no '\(name)'; it has "
          + "\(parameters.keys.sorted().joined(separator: ", ")).")
    }
    return value.description
  }

  /// The value of a parameter, which joins the study's space where it is new.
  /// - Throws: `SearchError` for a parameter that cannot be searched.
  public func value(_ parameter: SearchParameter) throws(SearchError) -> HyperparameterValue {
    try study.value(parameter, of: self, proposal: proposal, history: history)
  }

  /// Tells one value of a step: the validation loss of an epoch.
  /// - Parameter isLast: whether there is no further step, so that nothing is left to prune.
  public func report(_ value: Double, step: Int, isLast: Bool = false) -> TrialVerdict {
    report([value], step: step, isLast: isLast)
  }

  /// Tells a value for each objective.
  /// - Parameter isLast: whether there is no further step, so that nothing is left to prune.
  public func report(_ values: [Double], step: Int, isLast: Bool = false) -> TrialVerdict {
    study.report(TrialReport(step: step, values: values), of: number, isLast: isLast)
  }

  /// Tells the constraints' values; those above zero are broken by so much.
  public func constrain(_ values: [Double]) { study.constrain(values, of: number) }

  /// Marks the trial as failed for a reason: a diagnosis that it cannot learn, memory that ran out.
  ///
  /// Whatever its objective returns afterwards is not used.
  public func giveUp(_ failure: TrialFailure, _ note: String) {
    study.giveUp(failure, note, of: number)
  }
}

/// An error with which an objective says why its trial failed.
public struct TrialFailed: Error, Sendable, Equatable {
  /// Why.
  public let failure: TrialFailure
  /// What happened, for people.
  public let note: String

  /// A failure.
  public init(_ failure: TrialFailure, _ note: String) {
    self.failure = failure
    self.note = note
  }
}
