public import HoneRecords
import HoneText

/// Every combination of values once, whatever the number of workers.
///
/// A range without steps is cut into `divisions` values, its ends among them. A cell that a trial has
/// or runs is not given again; a cell whose worker was lost is.
public struct GridSampler: TrialSampler {
  /// How many values a range without steps gets.
  public let divisions: Int

  /// The name that commands and files use.
  public var name: String { "grid" }

  /// A grid.
  /// - Precondition: at least two divisions.
  public init(divisions: Int = 5) {
    guard divisions >= 2 else {
      fatalError("GridSampler got \(divisions) divisions; a range needs two or more.")
    }
    self.divisions = divisions
  }

  /// A grid needs a declared space.
  public func check(_ space: SearchSpace, _ objectives: [ObjectiveRecord]) throws(SearchError) {
    guard !space.parameters.isEmpty else {
      throw .unsuitableSampler(
        sampler: name,
        reason: Localized(
          "it needs the space before the first trial.", korean: "첫 시행 전에 공간이 정해져 있어야 합니다."))
    }
  }

  /// All cells in order, the last parameter changing fastest; conditions leave out what does not
  /// apply.
  public func cells(of space: SearchSpace) -> [[String: HyperparameterValue]] {
    var cells: [[String: HyperparameterValue]] = [[:]]
    for parameter in space.parameters {
      let values = values(of: parameter.distribution)
      cells = cells.flatMap { cell -> [[String: HyperparameterValue]] in
        guard space.isActive(parameter, given: cell) else { return [cell] }
        return values.map { value in cell.merging([parameter.name: value]) { $1 } }
      }
    }
    return cells
  }

  private func values(of distribution: Distribution) -> [HyperparameterValue] {
    let axis = Axis(distribution)
    switch axis.kind {
    case .categorical(let count): return (0..<count).map { axis.decoded(Double($0)) }
    case .stepped(let first, let step, let count):
      return (0..<count).map {
        axis.decoded(axis.scale.transformed(first + Double($0) * step))
      }
    case .continuous:
      if axis.isSingle { return [axis.decoded(axis.lower)] }
      return (0..<divisions).map {
        axis.value(atFraction: Double($0) / Double(divisions - 1))
      }
    }
  }

  /// The first cell that no trial has.
  public func suggest(
    for trial: TrialKey, given history: SearchHistory
  ) -> [String: HyperparameterValue]? {
    var taken: Set<[String: HyperparameterValue]> = []
    for other in history.finished where other.failure != .workerLost {
      taken.insert(other.parameters)
    }
    for other in history.running { taken.insert(other.parameters) }
    return cells(of: history.space).first { !taken.contains($0) }
  }
}

extension TrialSampler where Self == GridSampler {
  /// Every combination of values once.
  public static var grid: GridSampler { GridSampler() }
}
