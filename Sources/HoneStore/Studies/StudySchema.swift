extension Schema {
  /// Studies, their trials and the points that wait; `sequence` counts a study's finished trials in
  /// the order in which suggestions may see them.
  static let studies = """
    CREATE TABLE studies (
      name TEXT PRIMARY KEY NOT NULL,
      created REAL NOT NULL,
      header TEXT NOT NULL,
      maximumTrials INTEGER,
      nextNumber INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      ending TEXT
    );
    CREATE TABLE trials (
      study TEXT NOT NULL REFERENCES studies (name) ON DELETE CASCADE,
      number INTEGER NOT NULL,
      state TEXT NOT NULL,
      attempt INTEGER NOT NULL,
      worker TEXT,
      host TEXT,
      process INTEGER,
      processStart TEXT,
      leaseUntil REAL,
      sequence INTEGER,
      record TEXT NOT NULL,
      saved BLOB,
      PRIMARY KEY (study, number)
    );
    CREATE INDEX trialsByState ON trials (study, state, number);
    CREATE INDEX trialsBySequence ON trials (study, sequence);
    CREATE TABLE points (
      study TEXT NOT NULL REFERENCES studies (name) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      point TEXT NOT NULL,
      PRIMARY KEY (study, position)
    )
    """

  /// Of the many trials of a study few are open, and those are looked at for each new one: an index of
  /// them alone stays small, and the finished ones are found in their order by another.
  static let openTrials = """
    DROP INDEX trialsByState;
    DROP INDEX trialsBySequence;
    CREATE INDEX openTrials ON trials (study, number) WHERE sequence IS NULL;
    CREATE INDEX finishedTrials ON trials (study, sequence) WHERE sequence IS NOT NULL
    """
}
