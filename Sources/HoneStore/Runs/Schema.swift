/// The tables of a store, as a list of named changes that is only ever added to.
///
/// A change that a released version made is never edited. Statements use SQLite's words for types;
/// `SQLDialect.schema` translates them.
enum Schema {
  static let migrations = [
    Migration("1-runs") { try $0.changeTables(runs) },
    Migration("2-series") { session in
      try session.changeTables(series)
      try moveSteps(session)
      let order = session.dialect == .sqlite ? "rowid" : "created"
      for row in try session.rows("SELECT id, record FROM runs ORDER BY \(order)") {
        try RunTables(session: session).addListing(of: try row.text(0), record: try row.text(1))
      }
    },
    Migration("3-studies") { try $0.changeTables(studies) },
    Migration("4-recipes") { try $0.changeTables(recipes) },
    Migration("5-open-trials") { try $0.changeTables(openTrials) },
  ]

  /// Runs and improvements as JSON, with columns for what is searched; epochs as JSON; steps, of
  /// which there are many, as numbers.
  ///
  /// Version 2 keeps the extra columns of `runs` filled, and the
  /// steps in blocks.
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

  /// One narrow line for each run, so that lists of thousands read no records; the numbers and
  /// findings by which runs are filtered; series in blocks; events and files.
  private static let series = """
    CREATE TABLE listings (
      run TEXT PRIMARY KEY NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      created REAL NOT NULL,
      name TEXT NOT NULL,
      status TEXT NOT NULL,
      model TEXT NOT NULL,
      dataSource TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      parent TEXT,
      epochs INTEGER NOT NULL,
      parameters INTEGER NOT NULL,
      seconds REAL NOT NULL,
      metric TEXT NOT NULL,
      larger INTEGER NOT NULL,
      validationMetric REAL,
      validationLoss REAL,
      testMetric REAL,
      tags TEXT NOT NULL,
      note TEXT NOT NULL,
      lowercased TEXT NOT NULL
    );
    CREATE INDEX listingsByAge ON listings (created, position);
    CREATE INDEX listingsByPosition ON listings (position);
    CREATE INDEX listingsByName ON listings (name);
    CREATE INDEX tagsByName ON tags (tag);
    CREATE TABLE numbers (
      run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      isMetric INTEGER NOT NULL,
      step INTEGER NOT NULL,
      value REAL NOT NULL,
      PRIMARY KEY (run, name, isMetric)
    ) WITHOUT ROWID;
    CREATE INDEX numbersByValue ON numbers (name, value);
    CREATE TABLE findings (
      run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      finding TEXT NOT NULL,
      PRIMARY KEY (run, finding)
    ) WITHOUT ROWID;
    CREATE TABLE blocks (
      run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      series TEXT NOT NULL,
      position INTEGER NOT NULL,
      count INTEGER NOT NULL,
      points BLOB NOT NULL,
      PRIMARY KEY (run, series, position)
    );
    CREATE TABLE events (
      run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      number INTEGER NOT NULL,
      time REAL NOT NULL,
      kind TEXT NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY (run, number)
    );
    CREATE TABLE artifacts (
      run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      path TEXT NOT NULL,
      kind TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      digest TEXT,
      PRIMARY KEY (run, path)
    )
    """

  /// Packs the rows of version 1 into blocks and drops their table.
  private static func moveSteps(_ session: any SQLSession) throws {
    let table = SeriesTable(session: session)
    for row in try session.rows("SELECT DISTINCT run FROM steps") {
      let run = try row.text(0)
      let steps = try session.rows(
        """
        SELECT step, epoch, loss, learningRate, gradientNorm, updateRatio
        FROM steps WHERE run = ? ORDER BY step
        """, [.text(run)])
      let block = PointBlock(
        steps: try steps.map { try $0.integer(0) },
        columns: [
          try steps.map { try $0.real(1) },
          // NULL stood for NaN where a loss or a rate must be.
          try steps.map { try $0.optionalReal(2) ?? .nan },
          try steps.map { try $0.optionalReal(3) ?? .nan },
          try steps.map { try $0.optionalReal(4) }, try steps.map { try $0.optionalReal(5) },
        ])
      try table.append(block, to: PointBlock.stepSeries, of: run)
    }
    try session.execute("DROP TABLE steps")
  }
}
