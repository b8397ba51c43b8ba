import Foundation
public import HoneNumerics

/// Keeps a run's newest checkpoint and the one before it in a folder.
///
/// Each is written to a temporary file, flushed and renamed, so that a kill at any instant leaves at
/// least one whole checkpoint.
public struct Checkpointer: Sendable {
  /// The run's folder.
  public let folder: String
  /// How far apart checkpoints lie.
  public let interval: CheckpointInterval
  /// Whether training goes on while a checkpoint is written, from a copy in host memory; the one at
  /// the end of an interrupted or failed run is always waited for.
  public let writesInBackground: Bool

  /// A checkpointer of a folder, which is made with the first checkpoint.
  public init(
    folder: String, interval: CheckpointInterval = .automatic, writesInBackground: Bool = true
  ) {
    self.folder = folder
    self.interval = interval
    self.writesInBackground = writesInBackground
  }

  /// The newest checkpoint's file.
  public var newest: String { "\(folder)/checkpoint.safetensors" }
  /// The file of the checkpoint before it.
  public var previous: String { "\(folder)/checkpoint.previous.safetensors" }

  /// Writes a checkpoint and keeps the one before it.
  /// - Throws: `FileError` where the disk refuses; earlier checkpoints are intact then.
  public func write(_ checkpoint: Checkpoint) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw FileError.cannotCreate(path: folder, reason: error.localizedDescription)
    }
    let staged = "\(folder)/checkpoint.next.safetensors"
    try checkpoint.encoded().write(to: staged)
    // Between these two renames the newest checkpoint is the staged file, which `read` knows.
    if FileManager.default.fileExists(atPath: newest) { rename(newest, previous) }
    guard rename(staged, newest) == 0 else {
      throw FileError.inputOutput(path: newest, reason: String(cString: strerror(errno)))
    }
  }

  /// What was found of a run's checkpoints.
  public struct Found: Sendable {
    /// The newest checkpoint that is whole; nil where there is none.
    public var checkpoint: Checkpoint?
    /// Why newer files were passed over.
    public var damage: [FileError]
    /// The files that were passed over.
    var damagedPaths: [String] = []
  }

  /// Reads the newest checkpoint that is whole.
  public func read() -> Found {
    var found = Found(checkpoint: nil, damage: [])
    let staged = "\(folder)/checkpoint.next.safetensors"
    for path in [staged, newest, previous] where FileManager.default.fileExists(atPath: path) {
      do throws(FileError) {
        found.checkpoint = try Checkpoint(Safetensors(contentsOf: path), path: path)
        return found
      } catch {
        found.damage.append(error)
        found.damagedPaths.append(path)
      }
    }
    return found
  }

  /// Removes the files that were found damaged, so that the whole one is not replaced by a damaged one
  /// when the next checkpoint is written; does nothing where none is whole.
  public func removeDamaged(_ found: Found) {
    guard found.checkpoint != nil else { return }
    for path in found.damagedPaths { try? FileManager.default.removeItem(atPath: path) }
  }

  /// Removes the checkpoints, when the run they belong to is over and its model is stored.
  public func removeAll() {
    for name in ["checkpoint", "checkpoint.previous", "checkpoint.next"] {
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name).safetensors")
    }
    for file in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where file.hasPrefix(".") && file.hasSuffix(".partial") {
      try? FileManager.default.removeItem(atPath: "\(folder)/\(file)")
    }
  }
}
