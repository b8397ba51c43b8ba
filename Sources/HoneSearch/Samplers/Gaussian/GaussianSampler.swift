import Foundation
import HoneNumerics
public import HoneRecords
import HoneText

/// A Gaussian process of all completed trials, and the point where the logarithm of the expected
/// improvement is largest (Jones 1998; Ament and others, arXiv 2310.20708).
///
/// The best sampler for smooth objectives and up to some hundred trials; its cost grows with the cube
/// of their number, so that it models the newest and best 500 at most. Running trials count with the
/// value that is expected of them. Constraints are modelled each by a process of its own.
public struct GaussianSampler: TrialSampler {
  /// How many trials are spread evenly before the model is used.
  public var startupTrials: Int
  /// How many trials the model holds at most.
  public var maximumTrials: Int

  /// The name that commands and files use.
  public var name: String { "gp" }

  /// A sampler.
  public init(startupTrials: Int = 10, maximumTrials: Int = 500) {
    self.startupTrials = startupTrials
    self.maximumTrials = maximumTrials
  }

  /// One objective only.
  public func check(_ space: SearchSpace, _ objectives: [ObjectiveRecord]) throws(SearchError) {
    guard objectives.count == 1 else {
      throw .unsuitableSampler(
        sampler: name,
        reason: Localized(
          "it needs one objective; take tpe or nsga2 for several.",
          korean: "목적이 하나여야 합니다. 목적이 여럿이면 tpe나 nsga2를 쓰십시오."))
    }
  }

  /// The point of the largest expected improvement.
  public func suggest(
    for trial: TrialKey, given history: SearchHistory
  ) -> [String: HyperparameterValue]? {
    let table = history.table
    let complete = table.ranking.filter { table.ranks[$0].tier == 0 || table.ranks[$0].tier == 3 }
    let learnable = table.axes.indices.filter { !table.axes[$0].isSingle }
    guard complete.count >= startupTrials, !learnable.isEmpty else {
      return SobolSampler.point(trial, history.space)
    }
    guard let model = AcquisitionModel(history, learnable, maximum: maximumTrials) else {
      return RandomSampler.point(trial, history.space)
    }
    let search = AcquisitionSearch(
      model: model, axes: learnable.map { table.axes[$0] })
    let point = search.best(trial)
    var values: [String: HyperparameterValue] = [:]
    for index in table.axes.indices where table.axes[index].isSingle {
      values[table.names[index]] = table.axes[index].decoded(table.axes[index].lower)
    }
    for (index, coordinate) in zip(learnable, point) {
      let axis = table.axes[index]
      values[table.names[index]] =
        axis.isCategorical ? axis.decoded(coordinate) : axis.value(atFraction: coordinate)
    }
    return history.space.active(values)
  }
}

extension TrialSampler where Self == GaussianSampler {
  /// A Gaussian process with the log expected improvement.
  public static var gaussianProcess: GaussianSampler { GaussianSampler() }
}
