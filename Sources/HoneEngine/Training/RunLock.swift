import Foundation
import HoneNumerics

/// Keeps two processes from training one run: a lock on a file in the run's folder, which the system
/// takes back however the process ends.
final class RunLock {
  private let descriptor: Int32
  private let path: String

  /// Locks a run's folder; nil where another process holds it.
  /// - Throws: `FileError` where the folder cannot be written.
  init?(folder: URL) throws(FileError) {
    path = folder.appending(path: "training.lock").path
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw .cannotCreate(path: path, reason: String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
  }

  deinit {
    unlink(path)
    close(descriptor)
  }
}
