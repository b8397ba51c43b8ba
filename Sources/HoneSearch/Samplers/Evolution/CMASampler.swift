import Foundation
import HoneNumerics
public import HoneRecords
import HoneText

/// CMA-ES over the numeric parameters (Hansen, arXiv 1604.00772), with its state replayed from the
/// history: nothing is stored that the trials do not say.
///
/// For budgets of some hundred trials.
///
/// Choices and parameters under conditions are drawn at random.
public struct CMASampler: TrialSampler {
  /// The name that commands and files use.
  public var name: String { "cmaes" }

  /// A sampler.
  public init() {}

  /// One objective and at least one numeric parameter.
  public func check(_ space: SearchSpace, _ objectives: [ObjectiveRecord]) throws(SearchError) {
    guard objectives.count == 1 else {
      throw .unsuitableSampler(
        sampler: name,
        reason: Localized(
          "it needs one objective; take nsga2 for several.",
          korean: "목적이 하나여야 합니다. 목적이 여럿이면 nsga2를 쓰십시오."))
    }
    let numeric = space.parameters.filter { CMASampler.isNumeric($0) }
    guard space.parameters.isEmpty || !numeric.isEmpty else {
      throw .unsuitableSampler(
        sampler: name,
        reason: Localized(
          "no parameter is a range of numbers.", korean: "숫자 범위인 매개변수가 없습니다."))
    }
  }

  private static func isNumeric(_ parameter: SearchParameter) -> Bool {
    let axis = Axis(parameter.distribution)
    return !axis.isCategorical && !axis.isSingle && parameter.conditions.isEmpty
  }

  /// A point of the distribution that the finished generations have shaped.
  public func suggest(
    for trial: TrialKey, given history: SearchHistory
  ) -> [String: HyperparameterValue]? {
    var values = RandomSampler.point(trial, history.space)
    let table = history.table
    let numeric = history.space.parameters.indices.filter {
      CMASampler.isNumeric(history.space.parameters[$0])
    }
    guard !numeric.isEmpty, !history.finished.isEmpty else { return values }
    let state = CMASampler.state(history, numeric)
    var stream = trial.stream("cmaes")
    var point = state.sample(&stream)
    for _ in 0..<(10 * numeric.count) where !point.allSatisfy((0...1).contains) {
      point = state.sample(&stream)
    }
    for (index, fraction) in zip(numeric, point) {
      values[table.names[index]] = table.axes[index].value(atFraction: fraction)
    }
    return history.space.active(values)
  }

  /// The distribution after the generations that the history closes.
  static func state(_ history: SearchHistory, _ numeric: [Int]) -> CovarianceAdaptation {
    let table = history.table
    let middle = [Double](repeating: 0.5, count: numeric.count)
    var state = CovarianceAdaptation(mean: middle, size: 1.0 / 6)
    let direction = history.objectives[0].direction
    func point(_ trial: TrialRecord) -> [Double]? {
      let fractions = numeric.compactMap { index -> Double? in
        guard let value = trial.parameters[table.names[index]] else { return nil }
        return table.axes[index].encoded(value).map(table.axes[index].fraction)
      }
      return fractions.count == numeric.count ? fractions : nil
    }
    func cost(_ trial: TrialRecord) -> Double? {
      if trial.state == .completed, let value = trial.values.first, !value.isNaN {
        return trial.violation > 0 ? 1e300 + trial.violation : direction.loss(value)
      }
      switch trial.failure {
      case .diverged, .notLearning, .timeout, .outOfMemory: return .infinity
      default: return nil
      }
    }
    _ = GenerationReplay(
      history.finished, size: state.constants.population,
      counts: { $0.seen > 0 && cost($0) != nil && point($0) != nil },
      close: { members in
        state.learn(members.map { (point($0) ?? middle, cost($0) ?? .infinity) })
      })
    return state
  }
}

extension TrialSampler where Self == CMASampler {
  /// CMA-ES over the numeric parameters.
  public static var cmaES: CMASampler { CMASampler() }
}
