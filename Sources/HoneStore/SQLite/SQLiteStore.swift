import Foundation

/// Runs in one SQLite file, by default `.hone/hone.sqlite` beside the work.
///
/// Any number of threads and processes may use the same file: writers wait for one another, readers
/// for nobody. What a call has written survives the process being killed at any later instant.
/// Every error is a `StoreError`.
public final class SQLiteStore: DatabaseStore {
  /// The path of the file.
  public let path: String
  /// Where the files of its runs lie.
  public let artifacts: ArtifactFolders
  /// The connection.
  public let database: StoreDatabase

  /// Opens the store of a file, making it and its folder if need be.
  ///
  /// A store of an older version is brought up to date, and a copy of it as it was stays beside it.
  /// - Parameters:
  ///   - path: the file.
  ///   - createsIfMissing: whether to make a file that is not there.
  ///   - waitSeconds: how long calls wait for another process before they give up.
  ///   - survivesPowerCut: whether a call returns only when the disk has what it wrote, so that even a
  ///     machine that loses its power loses none of it; a transaction then costs as long as the disk
  ///     takes.
  /// - Throws: `StoreError`; `.networkFileSystem` where the file would lie on another machine.
  public convenience init(
    path: String, createsIfMissing: Bool = true, waitSeconds: Double = 10,
    survivesPowerCut: Bool = false
  ) throws(StoreError) {
    try self.init(
      path: path, createsIfMissing: createsIfMissing, waitSeconds: waitSeconds,
      survivesPowerCut: survivesPowerCut, migrations: Schema.migrations)
  }

  init(
    path: String, createsIfMissing: Bool = true, waitSeconds: Double = 10,
    survivesPowerCut: Bool = false, migrations: [Migration],
    network: (String) -> String? = FileSystemKind.network(of:)
  ) throws(StoreError) {
    self.path = path
    artifacts = ArtifactFolders(store: path)
    if let kind = network(path) { throw .networkFileSystem(path: path, kind: kind) }
    if !FileManager.default.fileExists(atPath: path) {
      guard createsIfMissing else { throw .missing(path: path) }
      try createFolder(artifacts.root)
    }
    let opener = StoreOpener(
      path: path, waitSeconds: waitSeconds, survivesPowerCut: survivesPowerCut,
      migrator: Migrator(migrations: migrations))
    database = StoreDatabase(SQLiteDriver(path: path, queue: try opener.open()))
  }
}
