import Foundation
import HoneNumerics

/// A file of lines in the order of their bytes, searched where it lies.
struct SortedLines: Sendable {
  private let data: Data

  /// Maps a file into memory.
  /// - Throws: what the system says.
  init(_ url: URL) throws { data = try Data(mapping: url) }

  /// The lines that begin with a text, in their order.
  func lines(beginning prefix: String) -> [Substring] {
    data.withUnsafeBytes { bytes in
      let key = Array(prefix.utf8)
      var found: [Substring] = []
      var place = SortedLines.firstLine(notBefore: key, in: bytes)
      while place < bytes.count {
        let end = SortedLines.end(of: place, in: bytes)
        guard SortedLines.compare(bytes[place..<end], key) == 0 else { break }
        found.append(Substring(String(decoding: bytes[place..<end], as: UTF8.self)))
        place = end + 1
      }
      return found
    }
  }

  /// The line that begins at an offset; nil beyond the end.
  func line(at offset: Int) -> Substring? {
    data.withUnsafeBytes { bytes in
      guard bytes.indices.contains(offset) else { return nil }
      let end = SortedLines.end(of: offset, in: bytes)
      return Substring(String(decoding: bytes[offset..<end], as: UTF8.self))
    }
  }

  /// Whether the file has no line at all.
  var isEmpty: Bool { data.isEmpty }

  private static func firstLine(
    notBefore key: [UInt8], in bytes: UnsafeRawBufferPointer
  ) -> Int {
    var (low, high) = (0, bytes.count)
    while low < high {
      let middle = start(of: (low + high) / 2, in: bytes)
      let end = end(of: middle, in: bytes)
      if compare(bytes[middle..<end], key) < 0 {
        low = end + 1
      } else {
        high = middle
      }
    }
    return low
  }

  private static func start(of place: Int, in bytes: UnsafeRawBufferPointer) -> Int {
    var start = place
    while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
    return start
  }

  private static func end(of place: Int, in bytes: UnsafeRawBufferPointer) -> Int {
    var end = place
    while end < bytes.count, bytes[end] != 0x0A { end += 1 }
    return end
  }

  /// Below 0 where the line comes before the key, 0 where it equals or begins with it.
  private static func compare(
    _ line: Slice<UnsafeRawBufferPointer>, _ key: [UInt8]
  ) -> Int {
    for (first, second) in zip(line, key) where first != second {
      return first < second ? -1 : 1
    }
    return line.count < key.count ? -1 : 0
  }
}
