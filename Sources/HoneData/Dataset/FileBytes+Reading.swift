import Foundation

extension FileBytes {
  /// Image files beyond this are refused.
  static let imageLimit = 1 << 30

  /// Hands a file's content over, read into memory that is gone afterwards.
  ///
  /// Read and not mapped: a file that another program cuts short meanwhile gives an error, not a signal.
  static func withContent<R>(
    of path: String, _ body: (UnsafeRawBufferPointer) throws -> R
  ) throws -> R {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw unreadable(path) }
    defer { close(file) }
    var facts = stat()
    guard fstat(file, &facts) == 0 else { throw unreadable(path) }
    guard facts.st_mode & S_IFMT == S_IFREG else {
      throw DataError.unreadable(path: path, reason: "it is no file")
    }
    let size = Int(facts.st_size)
    guard size <= imageLimit else {
      throw DataError.unreadable(
        path: path, reason: "it has \(size) bytes, the limit is \(imageLimit)")
    }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, size), alignment: 16)
    defer { buffer.deallocate() }
    var filled = 0
    while filled < size {
      let got = pread(
        file, buffer.baseAddress.map { $0 + filled }, size - filled, off_t(filled))
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw unreadable(path) }
      if got == 0 { break }
      filled += got
    }
    return try body(UnsafeRawBufferPointer(rebasing: buffer[..<filled]))
  }

  /// The first bytes of a file.
  static func beginning(of path: String, count: Int) throws(DataError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw unreadable(path) }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: count)
    let got = pread(file, &bytes, count, 0)
    guard got >= 0 else { throw unreadable(path) }
    bytes.removeLast(count - got)
    return bytes
  }

  /// What the system's last failure was.
  static func unreadable(_ path: String) -> DataError {
    .unreadable(path: path, reason: String(cString: strerror(errno)))
  }

  /// What the system's last failure to write was.
  static func unwritable(_ path: String) -> DataError {
    .unwritable(path: path, reason: String(cString: strerror(errno)))
  }
}
