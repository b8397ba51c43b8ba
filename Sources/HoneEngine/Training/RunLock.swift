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
    var descriptor: Int32
    var isRemoved = false
    repeat {
      descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else {
        throw .cannotCreate(path: path, reason: String(cString: strerror(errno)))
      }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        close(descriptor)
        return nil
      }
      // The file may have been removed by its last holder between being opened and being locked.
      var status = stat()
      isRemoved = fstat(descriptor, &status) == 0 && status.st_nlink == 0
      if isRemoved { close(descriptor) }
    } while isRemoved
    self.descriptor = descriptor
  }

  deinit {
    unlink(path)
    close(descriptor)
  }
}
