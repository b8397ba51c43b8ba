import HoneNumerics
import HoneRecords

/// How much of what happened to a study is one parameter's doing.
public struct ParameterImportance: Sendable, Codable, Equatable {
  /// The parameter's name.
  public let name: String
  /// Its share; all shares sum to 1.
  public let share: Double
  /// The lower end of the share's 90 % bootstrap interval.
  public let lower: Double
  /// The upper end of the share's 90 % bootstrap interval.
  public let upper: Double
}

/// How importance is measured.
public enum ImportanceMethod: String, Sendable, Codable, CaseIterable {
  /// By how the best tenth of the trials differ from all (Watanabe and others, arXiv 2304.10255):
  /// what mattered for becoming one of the best.
  case pedANOVA
  /// By the variance that a forest fitted to all trials gives each parameter alone (Hutter and
  /// others, ICML 2014): what moved the value anywhere.
  case fANOVA
}

extension StudyRecord {
  /// The fewest completed trials that importance is computed from.
  public static let leastTrialsForImportance = 20

  /// The importance of the parameters, the largest first, of the first objective.
  /// - Parameters:
  ///   - resamples: how often trials are drawn anew for the intervals.
  /// - Throws: `SearchError.tooFewTrials` under 20 completed trials.
  public func importance(
    _ method: ImportanceMethod = .pedANOVA, resamples: Int = 40
  ) throws(SearchError) -> [ParameterImportance] {
    let table = ImportanceTable(self)
    guard table.losses.count >= StudyRecord.leastTrialsForImportance else {
      throw .tooFewTrials(
        needed: StudyRecord.leastTrialsForImportance, found: table.losses.count)
    }
    var stream = RandomStream(seed: seed, "importance")
    let all = Array(table.losses.indices)
    let shares = ImportanceTable.normalized(table.raw(method, all, &stream))
    var draws: [[Double]] = []
    for _ in 0..<resamples {
      let rows = all.map { _ in stream.index(below: all.count) }
      draws.append(ImportanceTable.normalized(table.raw(method, rows, &stream)))
    }
    let result = table.names.indices.map { index -> ParameterImportance in
      let ends = draws.map { $0[index] }.quantiles([0.05, 0.95])
      return ParameterImportance(
        name: table.names[index], share: shares[index],
        lower: draws.isEmpty ? shares[index] : min(ends[0], shares[index]),
        upper: draws.isEmpty ? shares[index] : max(ends[1], shares[index]))
    }
    return result.sorted { ($0.share, $1.name) > ($1.share, $0.name) }
  }
}

/// The completed trials as columns, for measures of importance.
struct ImportanceTable {
  let names: [String]
  let axes: [Axis]
  /// Transformed values; not a number where a trial had none.
  let columns: [[Double]]
  let losses: [Double]

  init(_ record: StudyRecord) {
    let parameters = record.space.parameters.filter { !Axis($0.distribution).isSingle }
    let direction = record.objectives[0].direction
    let trials = record.completed.filter { $0.values[0].isFinite }
    let axes = parameters.map { Axis($0.distribution) }
    names = parameters.map(\.name)
    self.axes = axes
    columns = parameters.indices.map { index in
      trials.map { trial in
        trial.parameters[parameters[index].name].flatMap { axes[index].encoded($0) } ?? .nan
      }
    }
    losses = trials.map { direction.loss($0.values[0]) }
  }

  func raw(
    _ method: ImportanceMethod, _ rows: [Int], _ stream: inout RandomStream
  ) -> [Double] {
    switch method {
    case .pedANOVA: pedANOVA(rows)
    case .fANOVA: fANOVA(rows, &stream)
    }
  }

  static func normalized(_ values: [Double]) -> [Double] {
    let sum = values.reduce(0, +)
    guard sum > 0 else { return values.map { _ in 1 / Double(max(1, values.count)) } }
    return values.map { $0 / sum }
  }
}
