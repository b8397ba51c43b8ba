import Foundation

/// The address of a store in PostgreSQL: what libpq understands, and the schema that holds the tables.
struct PostgreSQLAddress: Sendable, Equatable {
  /// The address for libpq.
  let connection: String
  /// The address without its password, for messages.
  let name: String
  /// The schema of the tables.
  let schema: String

  /// Whether a store's name is an address of PostgreSQL.
  static func isAddress(_ text: String) -> Bool {
    text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
  }

  /// An address as the user writes it: `postgresql://user:password@host:5432/database?schema=team`.
  /// - Throws: `StoreError.badAddress`.
  init(_ text: String) throws(StoreError) {
    guard PostgreSQLAddress.isAddress(text), let mark = text.range(of: "://") else {
      throw .badAddress(text, reason: "it does not begin with postgresql://")
    }
    let rest = text[mark.upperBound...]
    let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var place = String(parts[0])
    var options = parts.count > 1 ? parts[1].split(separator: "&").map(String.init) : []
    let schemas = options.filter { $0.hasPrefix("schema=") }.map { $0.dropFirst("schema=".count) }
    options.removeAll { $0.hasPrefix("schema=") }
    schema = schemas.last.map(String.init) ?? "hone"
    connection = PostgreSQLAddress.joined(place, options)
    if let end = place.lastIndex(of: "@"), let colon = place[..<end].firstIndex(of: ":") {
      place.removeSubrange(colon..<end)
    }
    options.removeAll { $0.hasPrefix("password=") || $0.hasPrefix("sslpassword=") }
    let named = PostgreSQLAddress.joined(place, options)
    name = schema == "hone" ? named : "\(named)\(options.isEmpty ? "?" : "&")schema=\(schema)"
    guard PostgreSQLAddress.isPlain(schema) else {
      throw .badAddress(name, reason: "schema '\(schema)' is not letters, digits and underscores")
    }
  }

  private static func joined(_ place: String, _ options: [String]) -> String {
    "postgresql://" + place + (options.isEmpty ? "" : "?" + options.joined(separator: "&"))
  }

  private static func isPlain(_ name: String) -> Bool {
    let isLetters = name.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "0"..."9", "_": true
      default: false
      }
    }
    return isLetters && !name.isEmpty && name.utf8.count <= 60 && !name.hasPrefix("pg_")
      && !"0123456789".contains(name.prefix(1))
  }
}
