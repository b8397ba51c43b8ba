/// One value that goes into a database or comes out of it.
///
/// A number that is not one survives in both databases: PostgreSQL has it, SQLite is given the text
/// `nan`, because it turns the floating-point one into NULL.
package enum SQLValue: Sendable, Equatable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])

  /// A number that may be missing.
  package static func real(_ value: Double?) -> SQLValue { value.map { .real($0) } ?? .null }

  /// A number that may be missing, NULL also where it is not finite, so that it can be compared.
  package static func finite(_ value: Double?) -> SQLValue {
    guard let value, value.isFinite else { return .null }
    return .real(value)
  }

  /// Text that may be missing.
  package static func text(_ value: String?) -> SQLValue { value.map { .text($0) } ?? .null }

  /// A whole number.
  package static func integer(_ value: Int) -> SQLValue { .integer(Int64(value)) }

  /// A truth value, as 1 or 0.
  package static func bool(_ value: Bool) -> SQLValue { .integer(value ? 1 : 0) }
}

/// A row of an answer, its columns in the order of the query.
package struct SQLRow: Sendable, Equatable {
  package let values: [SQLValue]

  package init(_ values: [SQLValue]) { self.values = values }

  /// A column of the database that does not hold what the schema says.
  struct Mismatch: Error, CustomStringConvertible {
    let column: Int
    let value: SQLValue
    var description: String { "column \(column + 1) of an answer holds \(value)" }
  }

  /// The text of a column.
  /// - Throws: where the column holds something else; the store reports itself as damaged.
  package func text(_ column: Int) throws -> String {
    guard case .text(let text) = values[column] else { throw mismatch(column) }
    return text
  }

  /// The text of a column, nil for NULL.
  /// - Throws: as `text`.
  package func optionalText(_ column: Int) throws -> String? {
    values[column] == .null ? nil : try text(column)
  }

  /// The whole number of a column.
  /// - Throws: as `text`.
  package func integer(_ column: Int) throws -> Int {
    guard case .integer(let value) = values[column] else { throw mismatch(column) }
    return Int(value)
  }

  /// The truth value of a column.
  /// - Throws: as `text`.
  package func bool(_ column: Int) throws -> Bool { try integer(column) != 0 }

  /// The number of a column.
  /// - Throws: as `text`.
  package func real(_ column: Int) throws -> Double {
    switch values[column] {
    case .real(let value): return value
    case .integer(let value): return Double(value)
    case .text("nan"): return .nan
    default: throw mismatch(column)
    }
  }

  /// The number of a column, nil for NULL.
  /// - Throws: as `text`.
  package func optionalReal(_ column: Int) throws -> Double? {
    values[column] == .null ? nil : try real(column)
  }

  /// The bytes of a column.
  /// - Throws: as `text`.
  package func blob(_ column: Int) throws -> [UInt8] {
    guard case .blob(let bytes) = values[column] else { throw mismatch(column) }
    return bytes
  }

  private func mismatch(_ column: Int) -> Mismatch {
    Mismatch(column: column, value: values[column])
  }
}
