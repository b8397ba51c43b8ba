import Foundation
public import HoneRecords

/// The tree-structured Parzen estimator (Bergstra and others, NeurIPS 2011; multivariate after Falkner
/// and others, arXiv 1807.01774): draws where good trials are dense and bad ones rare.
///
/// Parameters under the same conditions are modelled together from the trials that had them, so that
/// a branch of a conditional space learns from all trials of the branch.
public struct TPESampler: TrialSampler {
  /// How many trials are drawn at random before the model is used.
  public var startupTrials: Int
  /// How many points are drawn for one suggestion; the best of them is taken.
  public var candidates: Int
  /// Whether parameters are modelled together; nil for together where there is one objective.
  public var isMultivariate: Bool?
  /// Whether running trials count as bad ones, which keeps workers apart.
  public var usesConstantLiar: Bool

  /// The name that commands and files use.
  public var name: String { "tpe" }

  /// A sampler.
  public init(
    startupTrials: Int = 10, candidates: Int = 24, isMultivariate: Bool? = nil,
    usesConstantLiar: Bool = true
  ) {
    self.startupTrials = startupTrials
    self.candidates = candidates
    self.isMultivariate = isMultivariate
    self.usesConstantLiar = usesConstantLiar
  }

  /// How many of so many finished trials count as good.
  static func goodCount(_ finished: Int) -> Int {
    min(Int((0.1 * Double(finished)).rounded(.up)), 25)
  }

  /// The point of the largest ratio of good to bad density.
  public func suggest(
    for trial: TrialKey, given history: SearchHistory
  ) -> [String: HyperparameterValue]? {
    let table = history.table(countsRunning: usesConstantLiar)
    guard table.ranking.count >= startupTrials else {
      return RandomSampler.point(trial, history.space)
    }
    let ranking = history.ranking(of: table)
    var values: [String: HyperparameterValue] = [:]
    for group in history.groups {
      guard history.space.isActive(history.space.parameters[group[0]], given: values) else {
        continue
      }
      let learnable = group.filter { !table.axes[$0].isSingle }
      for index in group where table.axes[index].isSingle {
        values[table.names[index]] = table.axes[index].decoded(table.axes[index].lower)
      }
      guard !learnable.isEmpty else { continue }
      let cells = isJoint(history) ? [learnable] : learnable.map { [$0] }
      for cell in cells {
        let point = best(of: cell, trial, table, ranking, history)
        for (index, value) in zip(cell, point) { values[table.names[index]] = value }
      }
    }
    return values
  }

  /// One parameter by itself.
  public func suggest(
    _ parameter: SearchParameter, for trial: TrialKey, given history: SearchHistory
  ) -> HyperparameterValue {
    let table = history.table(countsRunning: usesConstantLiar)
    guard let index = history.space.index(of: parameter.name),
      history.space.parameters[index].distribution == parameter.distribution,
      !table.axes[index].isSingle, table.ranking.count >= startupTrials
    else { return RandomSampler.value(parameter, trial) }
    return best(of: [index], trial, table, history.ranking(of: table), history)[0]
  }

  private func isJoint(_ history: SearchHistory) -> Bool {
    isMultivariate ?? (history.objectives.count == 1)
  }

  private func best(
    of cell: [Int], _ trial: TrialKey, _ table: TrialTable, _ ranking: [Int],
    _ history: SearchHistory
  ) -> [HyperparameterValue] {
    let isComplete = cell.allSatisfy { table.present[$0] == table.count }
    func hasPoint(_ row: Int) -> Bool {
      isComplete || cell.allSatisfy { !table.columns[$0][row].isNaN }
    }
    let usable = isComplete ? ranking : ranking.filter(hasPoint)
    let good = TPESampler.goodCount(usable.count)
    var isGood = [Bool](repeating: false, count: table.count)
    for row in usable.prefix(good) { isGood[row] = true }
    var goodPositions = [Int](repeating: -1, count: table.count)
    var badPositions = goodPositions
    var goods = 0
    var bads = 0
    for row in table.order where hasPoint(row) {
      if isGood[row] {
        goodPositions[row] = goods
        goods += 1
      } else {
        badPositions[row] = bads
        bads += 1
      }
    }
    let isUniform = history.objectives.count > 1
    let below = ParzenMixture(
      table, cell, positions: goodPositions, count: goods, isUniform: isUniform)
    let above = ParzenMixture(table, cell, positions: badPositions, count: bads)
    var stream = trial.stream("tpe/\(table.names[cell[0]])")
    let points = (0..<candidates).map { _ in below.sample(&stream) }
    let (first, second) = (below.logDensities(points), above.logDensities(points))
    var best = 0
    for index in points.indices where first[index] - second[index] > first[best] - second[best] {
      best = index
    }
    return zip(cell, points[best]).map { table.axes[$0].decoded($1) }
  }
}

extension TrialSampler where Self == TPESampler {
  /// The tree-structured Parzen estimator.
  public static var tpe: TPESampler { TPESampler() }
}
