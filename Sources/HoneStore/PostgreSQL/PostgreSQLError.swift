/// What PostgreSQL said, before it is known what it means for the user.
struct PostgreSQLError: Error {
  /// The five characters of the SQL standard; nil where there was no answer.
  var state: String?
  /// The message, on one line.
  var message: String
  /// Whether the connection is gone.
  var isConnectionLost: Bool

  /// Whether a new connection may do better: the server went away, or is coming back.
  var isWorthReconnecting: Bool {
    isConnectionLost || state.map { $0.hasPrefix("08") || $0.hasPrefix("57P") } == true
  }

  /// Whether the same transaction may do better: another was in its way.
  var isWorthRepeating: Bool { state == "40001" || state == "40P01" }

  /// What it means for the user of a store.
  func storeError(_ store: String) -> StoreError {
    switch state ?? "" {
    case "55P03", "40001", "40P01": return .locked(path: store)
    case "53100": return .diskFull(path: store)
    case "28000", "28P01": return .refused(server: store, reason: message)
    case "3D000": return .noDatabase(server: store, reason: message)
    case "42501": return .cannotCreate(path: store, reason: message)
    case let state where state.hasPrefix("58") || state == "25006":
      return .inputOutput(path: store, reason: message)
    case "XX001", "XX002": return .corrupt(path: store, reason: message)
    case let state where state.hasPrefix("53") && state != "53100":
      return .unreachable(server: store, reason: message)
    default: break
    }
    if isWorthReconnecting { return .unreachable(server: store, reason: message) }
    return .unexpected(path: store, reason: message)
  }

  /// What libpq wrote, without its line ends and the end of its sentence.
  static func line(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).map {
      $0.drop(while: \.isWhitespace)
    }.joined(separator: "; ")
    return line.hasSuffix(".") ? String(line.dropLast()) : line
  }
}

extension PostgreSQLError {
  /// Why a connection was not made.
  ///
  /// The server's answer has no code here, only words, which are in
  /// English unless the server was set up otherwise; then the words are shown as they are.
  init(connecting message: String, needsPassword: Bool) {
    self.message = PostgreSQLError.line(message)
    isConnectionLost = false
    let refusals = [
      "password authentication failed", "no password supplied", "no pg_hba.conf entry",
      "authentication failed", "role \"",
    ]
    let restarts = ["starting up", "shutting down", "recovery mode", "not yet accepting"]
    if needsPassword || refusals.contains(where: { message.contains($0) }) {
      state = "28P01"
    } else if message.contains("database \""), message.contains("does not exist") {
      state = "3D000"
    } else if restarts.contains(where: { message.contains($0) }) {
      state = "57P03"
    } else {
      state = "08001"
    }
  }

  /// Whether the server said that it is about to be ready.
  var isStarting: Bool { state == "57P03" }
}
