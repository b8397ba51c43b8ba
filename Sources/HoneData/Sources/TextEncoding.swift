import Foundation

/// Brings a text file to UTF-8.
enum TextEncoding {
  /// UTF-16 with its mark is converted; anything else must be UTF-8.
  /// - Throws: `DataError.badFile` that names the first line which is not.
  static func utf8(_ content: [UInt8], path: String) throws(DataError) -> [UInt8] {
    if content.starts(with: [0xFF, 0xFE]) { return wide(content, isBigEndian: false) }
    if content.starts(with: [0xFE, 0xFF]) { return wide(content, isBigEndian: true) }
    guard let line = firstBadLine(content) else { return content }
    throw DataError.badFile(
      path: path,
      reason: "line \(line) is not in UTF-8; convert it, as with iconv -f CP949 -t UTF-8 or "
        + "iconv -f LATIN1 -t UTF-8")
  }

  private static func wide(_ content: [UInt8], isBigEndian: Bool) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(content.count / 2)
    for start in stride(from: 2, to: content.count - 1, by: 2) {
      let (first, second) = (UInt16(content[start]), UInt16(content[start + 1]))
      units.append(isBigEndian ? first << 8 | second : second << 8 | first)
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// The line of the first byte that cannot be UTF-8, counted from 1.
  private static func firstBadLine(_ content: [UInt8]) -> Int? {
    if String(validating: content, as: UTF8.self) != nil { return nil }
    var line = 1
    for part in content.split(separator: 10, omittingEmptySubsequences: false) {
      if String(validating: part, as: UTF8.self) == nil { return line }
      line += 1
    }
    return line
  }
}
