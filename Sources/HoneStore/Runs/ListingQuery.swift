import Foundation
import HoneRecords

/// A filter as the end of a query of `listings`: conditions, order and limit.
struct ListingQuery {
  private(set) var sql = ""
  private(set) var arguments: [SQLValue] = []
  private var conditions: [String] = []
  private let dialect: SQLDialect

  init(_ filter: RunFilter, _ dialect: SQLDialect) {
    self.dialect = dialect
    if !filter.includesChildren { add("parent IS NULL") }
    if let status = filter.status { add("status = ?", .text(status.rawValue)) }
    if let model = filter.model { add("model = ?", .text(model)) }
    if let since = filter.since {
      add("created >= ?", .real(since.timeIntervalSinceReferenceDate))
    }
    if let before = filter.before {
      add("created < ?", .real(before.timeIntervalSinceReferenceDate))
    }
    if let tag = filter.tag {
      add("run IN (SELECT run FROM tags WHERE tag = ?)", .text(tag))
    }
    if let finding = filter.finding {
      add("run IN (SELECT run FROM findings WHERE finding = ?)", .text(finding.rawValue))
    }
    if let text = filter.text, !text.isEmpty { add(mentions, .text(text.lowercased())) }
    if let data = filter.data, !data.isEmpty { addData(data) }
    for condition in filter.conditions { add(condition) }
    if !conditions.isEmpty { sql += " WHERE " + conditions.joined(separator: " AND ") }
    sql += " ORDER BY created DESC, position DESC"
    if let limit = filter.limit {
      sql += " LIMIT ?"
      arguments.append(.integer(max(0, limit)))
    }
  }

  private mutating func add(_ condition: String, _ values: SQLValue...) {
    conditions.append(condition)
    arguments += values
  }

  private var mentions: String {
    switch dialect {
    case .sqlite: "instr(lowercased, ?) > 0"
    case .postgresql: "strpos(lowercased, ?) > 0"
    }
  }

  /// Part of the data source, which follows the name on a line of its own, or a fingerprint's start.
  private mutating func addData(_ text: String) {
    let length = SQLValue.integer(text.unicodeScalars.count)
    let source = mentions.replacing("lowercased", with: "lower(dataSource)")
    add(
      "(\(source) OR substr(fingerprint, 1, ?) = ?)", .text(text.lowercased()), length, .text(text))
  }

  private mutating func add(_ condition: NumberCondition) {
    add(
      "run IN (SELECT run FROM numbers WHERE name = ? AND value \(condition.comparison.rawValue) ?)",
      .text(condition.name), .real(condition.value))
  }
}
