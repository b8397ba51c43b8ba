import Foundation
public import HoneRecords

extension Schema {
  /// Recipes as JSON by name.
  static let recipes = """
    CREATE TABLE recipes (
      name TEXT PRIMARY KEY NOT NULL,
      created REAL NOT NULL,
      record TEXT NOT NULL
    )
    """
}

/// Recipes in the database of a store of runs.
///
/// Every error is a `StoreError`.
public struct DatabaseRecipeStore: Sendable {
  private let database: StoreDatabase

  /// The recipes of a store.
  public init(_ store: any DatabaseStore) { database = store.database }

  /// Keeps a recipe as it stands, new or known.
  /// - Throws: `StoreError`.
  public func save(_ recipe: RecipeRecord) throws(StoreError) {
    try database.write { session in
      try session.execute(
        """
        INSERT INTO recipes (name, created, record) VALUES (?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET created = excluded.created, record = excluded.record
        """,
        [
          .text(recipe.name), .real(recipe.created.timeIntervalSinceReferenceDate),
          .text(try CanonicalJSON.string(recipe)),
        ])
    }
  }

  /// The recipe of a name; nil where there is none.
  /// - Throws: `StoreError`.
  public func recipe(_ name: String) throws(StoreError) -> RecipeRecord? {
    try database.read { session in
      try session.row("SELECT record FROM recipes WHERE name = ?", [.text(name)])
        .map { try DatabaseRecipeStore.record($0.text(0), name) }
    }
  }

  /// All recipes, the newest first.
  /// - Throws: `StoreError`.
  public func recipes() throws(StoreError) -> [RecipeRecord] {
    try database.read { session in
      try session.rows("SELECT record, name FROM recipes ORDER BY created DESC, name")
        .map { try DatabaseRecipeStore.record($0.text(0), $0.text(1)) }
    }
  }

  /// Removes a recipe; its studies and runs stay.
  /// - Returns: whether there was one.
  /// - Throws: `StoreError`.
  @discardableResult
  public func delete(_ name: String) throws(StoreError) -> Bool {
    try database.write { session in
      try session.execute("DELETE FROM recipes WHERE name = ?", [.text(name)]) > 0
    }
  }

  private static func record(_ text: String, _ name: String) throws -> RecipeRecord {
    do {
      return try CanonicalJSON.decode(RecipeRecord.self, from: text)
    } catch {
      throw UnreadableRecord(id: name, reason: "\(error)")
    }
  }
}
