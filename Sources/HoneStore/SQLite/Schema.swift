import GRDB

/// The tables of a store, as a list of named changes that is only ever added to.
enum Schema {
  /// Marks a file as a store in its header: "Hone" in ASCII.
  static let applicationID = 0x486F_6E65

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1-runs") { database in
      try database.execute(sql: runs)
    }
    return migrator
  }

  /// Runs and improvements are kept as JSON, with columns for what is searched; epochs as JSON;
  /// steps, of which there are many, as numbers.
  ///
  /// A number that is missing is NULL. One that is not a number is the text `nan`, because SQLite
  /// turns the floating-point one into NULL.
  private static let runs = """
    CREATE TABLE runs (
      id TEXT PRIMARY KEY NOT NULL,
      created REAL NOT NULL,
      name TEXT NOT NULL,
      status TEXT NOT NULL,
      dataSource TEXT NOT NULL,
      parent TEXT,
      record TEXT NOT NULL
    );
    CREATE INDEX runsByAge ON runs (created);
    CREATE TABLE tags (
      run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      tag TEXT NOT NULL,
      PRIMARY KEY (run, tag)
    ) WITHOUT ROWID;
    CREATE TABLE epochs (
      run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      epoch INTEGER NOT NULL,
      record TEXT NOT NULL,
      PRIMARY KEY (run, epoch)
    ) WITHOUT ROWID;
    CREATE TABLE steps (
      run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      step INTEGER NOT NULL,
      epoch INTEGER NOT NULL,
      loss REAL,
      learningRate REAL,
      gradientNorm REAL,
      updateRatio REAL,
      PRIMARY KEY (run, step)
    ) WITHOUT ROWID;
    CREATE TABLE improvements (
      id TEXT PRIMARY KEY NOT NULL,
      created REAL NOT NULL,
      record TEXT NOT NULL
    );
    """
}
