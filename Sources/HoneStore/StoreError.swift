public import HoneText

/// A failure of the store of runs.
public enum StoreError: ReportableError, Equatable {
  /// What a reference can mean.
  public enum Subject: Sendable, Equatable { case run, improvement, study }

  /// There is no store at the path, and none was to be made.
  case missing(path: String)
  /// The file or its folder cannot be created or written.
  case cannotCreate(path: String, reason: String)
  /// Another process has held the store for longer than the wait.
  case locked(path: String)
  /// The disk is full.
  case diskFull(path: String)
  /// Reading or writing failed.
  case inputOutput(path: String, reason: String)
  /// The file is damaged.
  case corrupt(path: String, reason: String)
  /// The file is a database, but not of Hone.
  case foreign(path: String)
  /// The file was written by a later version of Hone, with changes of these names.
  case newerSchema(path: String, changes: [String])
  /// A SQLite file would lie on another machine, over a network file system of this kind.
  case networkFileSystem(path: String, kind: String)
  /// A file that is not one of TensorBoard's events, or whose first record is damaged.
  case notEvents(path: String)
  /// A file that is not one of Optuna's, or of a version whose tables cannot be read.
  case notOptuna(path: String, reason: Localized)
  /// PostgreSQL's library is not installed.
  case libraryMissing(String)
  /// The address of a database cannot be understood.
  case badAddress(String, reason: String)
  /// The server does not answer, or has not for longer than the wait.
  case unreachable(server: String, reason: String)
  /// The server does not let this user in.
  case refused(server: String, reason: String)
  /// The server has no database of that name.
  case noDatabase(server: String, reason: String)
  /// A record in the store cannot be read.
  case unreadable(path: String, id: String, reason: String)
  /// An id that cannot name a folder.
  case invalidIdentifier(String)
  /// Nothing of that id or name; `nearest` lists what may have been meant.
  case notFound(Subject, reference: String, nearest: [String])
  /// There is a study of that name already.
  case studyExists(String)
  /// Several begin with the reference; `candidates` lists the newest of them.
  case ambiguous(Subject, reference: String, candidates: [String], count: Int)
  /// The database answered what Hone did not expect.
  case unexpected(path: String, reason: String)

  /// The exit status of a command that ends with this error.
  public var exitStatus: ExitStatus {
    switch self {
    case .missing, .notFound, .ambiguous: .inputNotFound
    case .cannotCreate, .networkFileSystem: .cannotCreateOutput
    case .libraryMissing, .unreachable: .serviceUnavailable
    case .badAddress: .usage
    case .refused: .configuration
    case .noDatabase: .inputNotFound
    case .locked: .tryAgainLater
    case .diskFull, .inputOutput: .inputOutput
    case .corrupt, .foreign, .newerSchema, .notEvents, .notOptuna, .unreadable,
      .invalidIdentifier, .studyExists:
      .badData
    case .unexpected: .internalError
    }
  }
}
