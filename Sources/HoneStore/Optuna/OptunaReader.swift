import HoneRecords

/// Reads the rows of Optuna's tables, inside a transaction.
struct OptunaReader {
  let session: SQLiteSession
  let time: OptunaTime

  func studies() throws -> [OptunaStudy] {
    try session.rows("SELECT study_id, study_name FROM studies ORDER BY study_name").map { row in
      let id = try row.integer(0)
      let directions = try session.rows(
        "SELECT direction FROM study_directions WHERE study_id = ? ORDER BY objective",
        [.integer(id)])
      var study = OptunaStudy(
        name: try row.text(1),
        directions: try directions.map { try $0.text(0) == "MAXIMIZE" ? .maximize : .minimize })
      study.userAttributes = try attributes("study_user_attributes", "study_id", id)[id] ?? [:]
      study.systemAttributes = try attributes("study_system_attributes", "study_id", id)[id] ?? [:]
      study.trials = try trials(of: id)
      return study
    }
  }

  private func trials(of study: Int) throws -> [OptunaTrial] {
    let parameters = try parameters(of: study)
    let values = try numbers(
      "SELECT v.trial_id, v.objective, v.value, v.value_type FROM trial_values v", study,
      "v.objective")
    let reports = try numbers(
      "SELECT v.trial_id, v.step, v.intermediate_value, v.intermediate_value_type "
        + "FROM trial_intermediate_values v", study, "v.step")
    let user = try attributes("trial_user_attributes", "trial_id", study)
    let system = try attributes("trial_system_attributes", "trial_id", study)
    let rows = try session.rows(
      """
      SELECT trial_id, number, state, datetime_start, datetime_complete FROM trials
      WHERE study_id = ? ORDER BY number, trial_id
      """, [.integer(study)])
    return try rows.enumerated().map { index, row in
      let id = try row.integer(0)
      // Trials of a file that was changed by hand may have no number, or one twice.
      var trial = OptunaTrial(
        number: index, state: OptunaTrial.State(rawValue: try row.text(2)) ?? .fail)
      trial.started = try row.optionalText(3).flatMap(time.date)
      trial.ended = try row.optionalText(4).flatMap(time.date)
      trial.parameters = parameters[id] ?? []
      trial.values = (values[id] ?? []).map(\.value)
      trial.reports = (reports[id] ?? []).map { TrialReport(step: $0.step, values: [$0.value]) }
      trial.userAttributes = user[id] ?? [:]
      trial.systemAttributes = system[id] ?? [:]
      return trial
    }
  }

  private func parameters(of study: Int) throws -> [Int: [OptunaTrial.Parameter]] {
    let rows = try session.rows(
      """
      SELECT p.trial_id, p.param_name, p.param_value, p.distribution_json FROM trial_params p
      JOIN trials t ON t.trial_id = p.trial_id WHERE t.study_id = ? ORDER BY p.param_id
      """, [.integer(study)])
    var result: [Int: [OptunaTrial.Parameter]] = [:]
    for row in rows {
      result[try row.integer(0), default: []].append(
        OptunaTrial.Parameter(
          name: try row.text(1), value: try row.real(2), distribution: try row.text(3)))
    }
    return result
  }

  private func numbers(
    _ query: String, _ study: Int, _ order: String
  ) throws -> [Int: [(step: Int, value: Double)]] {
    let rows = try session.rows(
      query + " JOIN trials t ON t.trial_id = v.trial_id WHERE t.study_id = ? ORDER BY " + order,
      [.integer(study)])
    var result: [Int: [(step: Int, value: Double)]] = [:]
    for row in rows {
      let value: Double =
        switch try row.text(3) {
        case "INF_POS": .infinity
        case "INF_NEG": -.infinity
        case "NAN": .nan
        default: try row.optionalReal(2) ?? .nan
        }
      result[try row.integer(0), default: []].append((try row.integer(1), value))
    }
    return result
  }

  /// The JSON texts of a table of attributes by owner and key.
  private func attributes(
    _ table: String, _ owner: String, _ study: Int
  ) throws -> [Int: [String: String]] {
    let filter =
      owner == "study_id"
      ? "WHERE a.study_id = ?"
      : "JOIN trials t ON t.trial_id = a.trial_id WHERE t.study_id = ?"
    let rows = try session.rows(
      "SELECT a.\(owner), a.\"key\", a.value_json FROM \(table) a \(filter)", [.integer(study)])
    var result: [Int: [String: String]] = [:]
    for row in rows {
      guard let key = try row.optionalText(1), let value = try row.optionalText(2) else { continue }
      result[try row.integer(0), default: [:]][key] = value
    }
    return result
  }
}
