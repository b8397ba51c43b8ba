/// A column of a table, for rows that are written in bulk.
package struct SQLColumn: Sendable, Equatable {
  /// What a column holds; any of them may also hold NULL.
  package enum Kind: Sendable {
    case integer, real, text, blob
  }

  /// The column's name in the schema.
  package let name: String
  /// What it holds.
  package let kind: Kind

  /// A column by its name and kind.
  package init(_ name: String, _ kind: Kind) {
    self.name = name
    self.kind = kind
  }
}

extension SQLColumn {
  static func integer(_ name: String) -> SQLColumn { SQLColumn(name, .integer) }
  static func real(_ name: String) -> SQLColumn { SQLColumn(name, .real) }
  static func text(_ name: String) -> SQLColumn { SQLColumn(name, .text) }
  static func blob(_ name: String) -> SQLColumn { SQLColumn(name, .blob) }
}
