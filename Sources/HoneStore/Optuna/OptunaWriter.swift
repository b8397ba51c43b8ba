import HoneRecords

/// Writes rows into Optuna's tables, inside a transaction.
struct OptunaWriter {
  let session: SQLiteSession
  let time: OptunaTime

  func write(_ study: OptunaStudy) throws {
    let known = try session.row(
      "SELECT study_id FROM studies WHERE study_name = ?", [.text(study.name)])
    if known != nil { throw StoreError.studyExists(study.name) }
    try session.execute("INSERT INTO studies (study_name) VALUES (?)", [.text(study.name)])
    let id = try lastRow()
    try session.insert(
      "INSERT INTO study_directions (direction, study_id, objective)",
      study.directions.enumerated().map { index, direction in
        [
          .text(direction == .minimize ? "MINIMIZE" : "MAXIMIZE"), .integer(id), .integer(index),
        ]
      })
    try write(study.userAttributes, "study_user_attributes", "study_id", id)
    try write(study.systemAttributes, "study_system_attributes", "study_id", id)
    for trial in study.trials { try write(trial, study: id) }
  }

  private func write(_ trial: OptunaTrial, study: Int) throws {
    try session.execute(
      """
      INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete)
      VALUES (?, ?, ?, ?, ?)
      """,
      [
        .integer(trial.number), .integer(study), .text(trial.state.rawValue),
        .text(trial.started.map(time.text)), .text(trial.ended.map(time.text)),
      ])
    let id = try lastRow()
    try session.insert(
      "INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json)",
      trial.parameters.map {
        [.integer(id), .text($0.name), .real($0.value), .text($0.distribution)]
      })
    try session.insert(
      "INSERT INTO trial_values (trial_id, objective, value, value_type)",
      trial.values.enumerated().map { [.integer(id), .integer($0)] + number($1) })
    try session.insert(
      "INSERT INTO trial_intermediate_values (trial_id, step, intermediate_value, "
        + "intermediate_value_type)",
      trial.reports.compactMap { report in
        report.values.first.map { [.integer(id), .integer(report.step)] + number($0) }
      })
    try write(trial.userAttributes, "trial_user_attributes", "trial_id", id)
    try write(trial.systemAttributes, "trial_system_attributes", "trial_id", id)
  }

  /// A number that SQLite may not be able to hold, and what it is.
  private func number(_ value: Double) -> [SQLValue] {
    if value.isNaN { return [.null, .text("NAN")] }
    if value.isInfinite { return [.null, .text(value > 0 ? "INF_POS" : "INF_NEG")] }
    return [.real(value), .text("FINITE")]
  }

  private func write(
    _ attributes: [String: String], _ table: String, _ owner: String, _ id: Int
  ) throws {
    try session.insert(
      "INSERT INTO \(table) (\(owner), \"key\", value_json)",
      attributes.sorted { $0.key < $1.key }.map { [.integer(id), .text($0.key), .text($0.value)] })
  }

  private func lastRow() throws -> Int {
    try session.row("SELECT last_insert_rowid()")?.integer(0) ?? 0
  }
}
