/// The tables of Optuna's relational storage, as its version 5 makes them in SQLite.
///
/// Optuna compares the migration's name with its own before it reads a file.
enum OptunaSchema {
  /// The migration that Optuna 3.2 to 5.0 ends with.
  static let migration = "v3.2.0.a"
  /// The version of the tables.
  static let version = 12
  /// The release whose tables these are.
  static let release = "5.0.0"

  /// The columns without which a file cannot be read, by table.
  static let needed: [(table: String, column: String)] = [
    ("studies", "study_name"), ("study_directions", "direction"), ("trials", "number"),
    ("trials", "datetime_start"), ("trial_params", "distribution_json"),
    ("trial_values", "value_type"), ("trial_intermediate_values", "intermediate_value_type"),
    ("trial_user_attributes", "value_json"), ("trial_system_attributes", "value_json"),
  ]

  private static func attributes(_ owner: String) -> String {
    """
    CREATE TABLE \(owner)_attributes (
      \(owner)_attribute_id INTEGER NOT NULL PRIMARY KEY,
      \(owner.hasPrefix("study") ? "study_id INTEGER" : "trial_id INTEGER"),
      "key" VARCHAR(512),
      value_json TEXT,
      UNIQUE (\(owner.hasPrefix("study") ? "study_id" : "trial_id"), "key"),
      FOREIGN KEY (\(owner.hasPrefix("study") ? "study_id" : "trial_id"))
        REFERENCES \(owner.hasPrefix("study") ? "studies (study_id)" : "trials (trial_id)")
    )
    """
  }

  /// The statements that make the tables.
  static var statements: [String] {
    [
      """
      CREATE TABLE alembic_version (
        version_num VARCHAR(32) NOT NULL,
        CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
      )
      """,
      """
      CREATE TABLE version_info (
        version_info_id INTEGER NOT NULL PRIMARY KEY CHECK (version_info_id = 1),
        schema_version INTEGER,
        library_version VARCHAR(256)
      )
      """,
      """
      CREATE TABLE studies (
        study_id INTEGER NOT NULL PRIMARY KEY,
        study_name VARCHAR(512) NOT NULL
      )
      """,
      "CREATE UNIQUE INDEX ix_studies_study_name ON studies (study_name)",
      """
      CREATE TABLE study_directions (
        study_direction_id INTEGER NOT NULL PRIMARY KEY,
        direction VARCHAR(8) NOT NULL,
        study_id INTEGER NOT NULL,
        objective INTEGER NOT NULL,
        UNIQUE (study_id, objective),
        FOREIGN KEY (study_id) REFERENCES studies (study_id)
      )
      """,
      """
      CREATE TABLE trials (
        trial_id INTEGER NOT NULL PRIMARY KEY,
        number INTEGER,
        study_id INTEGER,
        state VARCHAR(8) NOT NULL,
        datetime_start DATETIME,
        datetime_complete DATETIME,
        FOREIGN KEY (study_id) REFERENCES studies (study_id)
      )
      """,
      "CREATE INDEX ix_trials_study_id ON trials (study_id)",
      """
      CREATE TABLE trial_params (
        param_id INTEGER NOT NULL PRIMARY KEY,
        trial_id INTEGER,
        param_name VARCHAR(512),
        param_value FLOAT,
        distribution_json TEXT,
        UNIQUE (trial_id, param_name),
        FOREIGN KEY (trial_id) REFERENCES trials (trial_id)
      )
      """,
      """
      CREATE TABLE trial_values (
        trial_value_id INTEGER NOT NULL PRIMARY KEY,
        trial_id INTEGER NOT NULL,
        objective INTEGER NOT NULL,
        value FLOAT,
        value_type VARCHAR(7) NOT NULL,
        UNIQUE (trial_id, objective),
        FOREIGN KEY (trial_id) REFERENCES trials (trial_id)
      )
      """,
      """
      CREATE TABLE trial_intermediate_values (
        trial_intermediate_value_id INTEGER NOT NULL PRIMARY KEY,
        trial_id INTEGER NOT NULL,
        step INTEGER NOT NULL,
        intermediate_value FLOAT,
        intermediate_value_type VARCHAR(7) NOT NULL,
        UNIQUE (trial_id, step),
        FOREIGN KEY (trial_id) REFERENCES trials (trial_id)
      )
      """,
      """
      CREATE TABLE trial_heartbeats (
        trial_heartbeat_id INTEGER NOT NULL PRIMARY KEY,
        trial_id INTEGER NOT NULL,
        heartbeat DATETIME NOT NULL,
        UNIQUE (trial_id),
        FOREIGN KEY (trial_id) REFERENCES trials (trial_id)
      )
      """,
    ]
      + ["study_user", "study_system", "trial_user", "trial_system"].map(attributes)
  }
}
