import Foundation
public import HoneRecords
import HoneText

/// A point of a study's history: a trial's value and the best up to then.
public struct HistoryPoint: Sendable, Codable, Equatable {
  /// The trial's number.
  public let trial: Int
  /// Its value of the first objective.
  public let value: Double
  /// The best value up to it.
  public let best: Double
}

/// A trial's value over the values of one parameter or two.
public struct SlicePoint: Sendable, Codable, Equatable {
  /// The trial's number.
  public let trial: Int
  /// The parameters' values, in the order asked for.
  public let parameters: [HyperparameterValue]
  /// Its value of the first objective.
  public let value: Double
}

extension StudyRecord {
  /// The values in the order of the trials with the best so far.
  public var history: [HistoryPoint] {
    let direction = objectives[0].direction
    var best: Double?
    return completed.filter { $0.violation == 0 }.map { trial in
      let value = trial.values[0]
      if direction.loss(value) < direction.loss(best ?? value) || best == nil { best = value }
      return HistoryPoint(trial: trial.number, value: value, best: best ?? value)
    }
  }

  /// The values over one parameter (a slice), two (a contour's points) or all (parallel
  /// coordinates), of the completed trials that have all of them.
  /// - Throws: `SearchError.unknownParameter` for a name that the space does not have.
  public func slice(_ names: [String]) throws(SearchError) -> [SlicePoint] {
    for name in names where space.parameter(name) == nil {
      throw .unknownParameter(
        name, nearest: nearestMatch(to: name, among: space.parameters.map(\.name)))
    }
    return completed.compactMap { trial in
      let values = names.compactMap { trial.parameters[$0] }
      guard values.count == names.count else { return nil }
      return SlicePoint(trial: trial.number, parameters: values, value: trial.values[0])
    }
  }

  /// The mean value over a grid of two parameters' ranges, row by row of the second; nil where no
  /// trial fell.
  /// - Throws: `SearchError.unknownParameter` for a name that the space does not have.
  public func contour(
    _ first: String, _ second: String, cells: Int = 10
  ) throws(SearchError) -> [[Double?]] {
    let points = try slice([first, second])
    let axes = [first, second].compactMap { space.parameter($0).map { Axis($0.distribution) } }
    var sums = [[(sum: Double, count: Double)]](
      repeating: Array(repeating: (0, 0), count: cells), count: cells)
    for point in points {
      let places = zip(axes, point.parameters).map { axis, value -> Int in
        let fraction = axis.encoded(value).map(axis.fraction) ?? 0
        return min(max(Int(fraction * Double(cells)), 0), cells - 1)
      }
      sums[places[1]][places[0]].sum += point.value
      sums[places[1]][places[0]].count += 1
    }
    return sums.map { row in row.map { $0.count > 0 ? $0.sum / $0.count : nil } }
  }

  /// All trials as comma-separated values: number, state, parameters, objectives, why it ended.
  public var csv: String {
    let names = space.parameters.map(\.name)
    var lines = [
      (["trial", "state"] + names + objectives.map(\.name) + ["failure", "note"])
        .map(StudyRecord.cell).joined(separator: ",")
    ]
    for trial in trials {
      let values = objectives.indices.map { index in
        index < trial.values.count ? "\(trial.values[index])" : ""
      }
      let cells =
        ["\(trial.number)", trial.state.rawValue]
        + names.map { trial.parameters[$0].map { "\($0)" } ?? "" } + values
        + [trial.failure?.rawValue ?? "", trial.note ?? ""]
      lines.append(cells.map(StudyRecord.cell).joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func cell(_ text: String) -> String {
    guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// The best trials as a table for a terminal.
  public func table(_ count: Int = 10) -> String {
    let names = space.parameters.map(\.name)
    var table = TextTable(
      [.init("trial", alignment: .trailing), .init(objectives[0].name, alignment: .trailing)]
        + names.map { TextTable.Column($0, alignment: .trailing, maximumWidth: 16) })
    let rows = objectives.count == 1 ? ranked : paretoFront
    for trial in rows.prefix(count) {
      let cells = names.map { name -> String in
        guard let value = trial.parameters[name] else { return "–" }
        guard case .number(let number) = value else { return "\(value)" }
        return Formatting.significant(number, digits: 3)
      }
      table.add(["\(trial.number)", Formatting.significant(trial.values[0], digits: 4)] + cells)
    }
    return table.text
  }
}
