import Foundation

/// Writing that leaves either the old file or the whole new one.
enum AtomicFile {
  /// Writes beside the file, forces it to the disk, then renames it over the old one.
  static func write(_ text: String, to path: String) throws(ReportError) {
    let temporary = "\(path).\(ProcessInfo.processInfo.processIdentifier).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    var failed: ReportError?
    let bytes = Array(text.utf8)
    var offset = 0
    bytes.withUnsafeBytes { buffer in
      while offset < buffer.count, failed == nil {
        let slice = UnsafeRawBufferPointer(rebasing: buffer[offset...])
        let written = Foundation.write(descriptor, slice.baseAddress, slice.count)
        if written > 0 {
          offset += written
        } else if errno != EINTR {
          failed = failure(path)
        }
      }
    }
    if failed == nil, fsync(descriptor) != 0 { failed = failure(path) }
    close(descriptor)
    if failed == nil, rename(temporary, path) != 0 { failed = failure(path) }
    if let failed {
      unlink(temporary)
      throw failed
    }
  }

  private static func failure(_ path: String) -> ReportError {
    .cannotWrite(path: path, reason: String(cString: strerror(errno)))
  }
}
