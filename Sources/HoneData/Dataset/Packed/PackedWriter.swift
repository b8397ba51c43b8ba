import Foundation

/// Writes a packed file beside its place and brings it there when it is whole and on the disk.
///
/// Whoever opens the place finds the file that was there before or the new one, never a part, whatever
/// happens meanwhile and however many write it at once.
struct PackedWriter {
  private let url: URL
  private let temporary: String
  private let file: Int32
  private var position: UInt64
  private var index: [UInt8] = []
  private var count: UInt64 = 0

  /// Begins a file of its own for this writer.
  init(_ url: URL) throws(DataError) {
    self.url = url
    let process = ProcessInfo.processInfo.processIdentifier
    temporary = "\(url.path).\(process)-\(UInt32.random(in: 0 ... .max)).tmp"
    file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw FileBytes.unwritable(url.path) }
    position = UInt64(PackedFile.headerBytes)
    do {
      try write([UInt8](repeating: 0, count: PackedFile.headerBytes), at: 0)
    } catch {
      abandon()
      throw error
    }
  }

  /// Adds the next picture; one of no bytes stands for a file that cannot be read.
  mutating func add(_ bytes: [UInt8], height: Int, width: Int) throws(DataError) {
    try write(bytes, at: position)
    let size = UInt64(UInt32(height)) | UInt64(UInt32(width)) << 32
    append([position, UInt64(bytes.count), size, ContentHash.number(of: bytes)])
    position += UInt64(bytes.count)
    count += 1
  }

  /// Completes the file and puts it in its place.
  mutating func finish(content: UInt64) throws(DataError) {
    try write(index, at: position)
    var header = [
      PackedFile.mark, PackedFile.version, content, count, position,
      position + UInt64(index.count), ContentHash.number(of: index),
    ]
    header.append(PackedFile.hash(of: header))
    let place = index
    index = []
    append(header)
    try write(index, at: 0)
    index = place
    guard fsync(file) == 0, rename(temporary, url.path) == 0 else {
      throw FileBytes.unwritable(url.path)
    }
    close(file)
    // The name must be on the disk too.
    let folder = open(url.deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
    if folder >= 0 {
      fsync(folder)
      close(folder)
    }
  }

  /// Leaves nothing behind.
  func abandon() {
    close(file)
    unlink(temporary)
  }

  /// Removes what writers left that were killed.
  static func removeRemains(of url: URL) {
    let folder = url.deletingLastPathComponent()
    let beginning = url.lastPathComponent + "."
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names where name.hasPrefix(beginning) && name.hasSuffix(".tmp") {
      unlink(folder.appendingPathComponent(name).path)
    }
  }

  private mutating func append(_ numbers: [UInt64]) {
    for number in numbers {
      withUnsafeBytes(of: number.littleEndian) { index.append(contentsOf: $0) }
    }
  }

  private func write(_ bytes: [UInt8], at start: UInt64) throws(DataError) {
    var written = 0
    while written < bytes.count {
      let got = bytes.withUnsafeBytes { buffer in
        pwrite(
          file, buffer.baseAddress.map { $0 + written }, buffer.count - written,
          off_t(start) + off_t(written))
      }
      if got < 0 && errno == EINTR { continue }
      guard got > 0 else { throw FileBytes.unwritable(url.path) }
      written += got
    }
  }
}
