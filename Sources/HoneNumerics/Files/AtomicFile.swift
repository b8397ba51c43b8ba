import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes files so that a reader sees the old contents or the new, never a part.
public enum AtomicFile {
  /// Writes chunks to a temporary file beside `path`, flushes it to the disk, and renames it.
  ///
  /// Whatever interrupts the writing, `path` holds what it held before; the temporary file's name
  /// begins with a dot and ends in `.partial`, and a failed write removes it.
  /// - Throws: `FileError` where the folder or the disk refuses.
  public static func write(_ chunks: some Sequence<[UInt8]>, to path: String) throws(FileError) {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent().path
    let temporary = "\(folder)/.\(url.lastPathComponent).\(getpid()).partial"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .cannotCreate(path: path, reason: systemReason()) }
    do throws(FileError) {
      for chunk in chunks { try write(chunk, to: descriptor, path: path) }
      guard fsync(descriptor) == 0 else {
        throw .inputOutput(path: path, reason: systemReason())
      }
    } catch {
      close(descriptor)
      unlink(temporary)
      throw error
    }
    // A full disk may be reported as late as here.
    guard close(descriptor) == 0, rename(temporary, path) == 0 else {
      let reason = systemReason()
      unlink(temporary)
      throw .inputOutput(path: path, reason: reason)
    }
    synchronize(folder: folder)
  }

  /// Writes text atomically.
  /// - Throws: `FileError` where the folder or the disk refuses.
  public static func write(_ text: String, to path: String) throws(FileError) {
    try write([Array(text.utf8)], to: path)
  }

  private static func write(
    _ bytes: [UInt8], to descriptor: Int32, path: String
  ) throws(FileError) {
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes { raw in
        systemWrite(descriptor, raw.baseAddress.map { $0 + offset }, bytes.count - offset)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .inputOutput(path: path, reason: systemReason()) }
      offset += count
    }
  }

  /// Makes a rename in the folder survive a power loss.
  private static func synchronize(folder: String) {
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func systemReason() -> String { String(cString: strerror(errno)) }
}

// The enum's own `write` hides the system call of that name.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
