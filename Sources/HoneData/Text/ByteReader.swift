import Foundation

/// Reads a file from front to back, a block at a time.
struct ByteReader {
  /// Bytes read at once; also the most that one line or word may have.
  private static let block = 1 << 20

  private let file: FileHandle
  private let path: String
  private var buffer: [UInt8] = []
  private var place = 0
  private var isAtEnd = false

  init(path: String) throws(DataError) {
    self.path = path
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .pathNotFound(path: path, builtIn: [])
    }
    guard !isFolder.boolValue, let file = FileHandle(forReadingAtPath: path) else {
      throw .unreadable(path: path, reason: isFolder.boolValue ? "it is a folder" : "not permitted")
    }
    self.file = file
  }

  /// The next bytes without taking them, as many as there are of `count`.
  mutating func peek(_ count: Int) throws(DataError) -> [UInt8] {
    try ensure(count)
    return Array(buffer[place..<min(place + count, buffer.count)])
  }

  /// The next `count` bytes; nil where the file ends before.
  mutating func next(_ count: Int) throws(DataError) -> [UInt8]? {
    try ensure(count)
    guard buffer.count - place >= count else { return nil }
    defer { place += count }
    return Array(buffer[place..<place + count])
  }

  /// The bytes up to a mark, which is taken and left out; the rest of the file where no mark follows, nil
  /// at its end.
  mutating func next(
    upTo mark: UInt8, orThrow tooLong: DataError
  ) throws(DataError) -> [UInt8]? {
    var length = 0
    while true {
      if let found = buffer[(place + length)...].firstIndex(of: mark) {
        defer { place = found + 1 }
        return Array(buffer[place..<found])
      }
      length = buffer.count - place
      if length > Self.block { throw tooLong }
      if isAtEnd {
        defer { place = buffer.count }
        return length == 0 ? nil : Array(buffer[place...])
      }
      try ensure(length + 1)
    }
  }

  /// Whether what follows the next word on its line are digits rather than the bits of numbers.
  mutating func looksLikeText() throws(DataError) -> Bool {
    let start = try peek(4096)
    guard let space = start.firstIndex(of: 0x20) else { return true }
    let digits = Set("0123456789".utf8)
    let others = Set("+-.eE \t\r".utf8)
    let line = start[space...].prefix { $0 != 0x0A }
    return line.contains(where: digits.contains)
      && line.allSatisfy { digits.contains($0) || others.contains($0) }
  }

  /// Reads until `count` bytes are there or the file ends.
  private mutating func ensure(_ count: Int) throws(DataError) {
    while buffer.count - place < count, !isAtEnd {
      buffer.removeFirst(place)
      place = 0
      do {
        let more = try file.read(upToCount: Self.block) ?? Data()
        if more.isEmpty { isAtEnd = true } else { buffer += more }
      } catch {
        throw DataError.unreadable(path: path, reason: error.localizedDescription)
      }
    }
  }
}
