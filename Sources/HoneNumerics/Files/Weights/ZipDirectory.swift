package import Foundation
import HoneText

/// The entries of a zip archive, with and without the zip64 extension.
package struct ZipDirectory {
  /// Unpacks deflated bytes to so many; nil where they are damaged.
  package typealias Inflater = (_ packed: Data, _ size: Int) -> Data?

  /// The bytes of each entry; those of stored ones without a copy.
  package private(set) var entries: [String: Data] = [:]

  /// The name of each record that the format has, as the number that begins it.
  private enum Signature {
    static let local: UInt64 = 0x0403_4B50
    static let central: UInt64 = 0x0201_4B50
    static let end: UInt64 = 0x0605_4B50
    static let end64: UInt64 = 0x0606_4B50
    static let locator64: UInt64 = 0x0706_4B50
  }

  /// The end record's own length and its longest comment.
  private static let endLength = 22
  private static let longestComment = 65_535

  /// Reads an archive.
  /// - Parameters:
  ///   - data: the archive.
  ///   - inflate: unpacks compressed entries; without it they are refused.
  package init(_ data: Data, inflate: Inflater? = nil) throws(WeightProblem) {
    let (start, count) = try Self.directory(of: data)
    var cursor = ByteCursor(data, at: start)
    for _ in 0..<count {
      let (name, content) = try Self.entry(&cursor, inflate: inflate)
      guard entries.updateValue(content, forKey: name) == nil else {
        throw .malformed("second entry '\(name)'", at: cursor.offset)
      }
    }
  }

  /// Where the central directory begins and how many entries it has.
  private static func directory(of data: Data) throws(WeightProblem) -> (start: Int, count: Int) {
    let lowest = max(0, data.count - endLength - longestComment)
    var position = data.count - endLength
    while position >= lowest {
      var cursor = ByteCursor(data, at: position)
      if try cursor.unsigned(4) == Signature.end {
        _ = try cursor.bytes(6)
        var count = try cursor.length(2)
        _ = try cursor.bytes(4)
        var start = try cursor.length(4)
        if let wide = try wideDirectory(of: data, before: position) { (start, count) = wide }
        // Each entry takes 46 bytes or more, so that the count cannot promise too much.
        guard start <= position, count <= (position - start) / 46 else { break }
        return (start, count)
      }
      position -= 1
    }
    throw .damaged(
      Localized(
        "the archive's directory at its end is missing; the file may have been cut off.",
        korean: "파일 끝의 압축 목차가 없습니다. 파일이 잘렸을 수 있습니다."))
  }

  /// The zip64 end record that the locator in front of the end record points to.
  private static func wideDirectory(
    of data: Data, before end: Int
  ) throws(WeightProblem) -> (Int, Int)? {
    guard end >= 20 else { return nil }
    var locator = ByteCursor(data, at: end - 20)
    guard try locator.unsigned(4) == Signature.locator64 else { return nil }
    _ = try locator.bytes(4)
    let position = try locator.length(8)
    guard position < end else { throw .truncated("directory", at: end) }
    var record = ByteCursor(data, at: position)
    guard try record.unsigned(4) == Signature.end64 else {
      throw .malformed("zip64 record", at: position)
    }
    _ = try record.bytes(28)
    let count = try record.length(8)
    _ = try record.bytes(8)
    return (try record.length(8), count)
  }

  /// Reads an entry of the central directory and finds its bytes.
  private static func entry(
    _ cursor: inout ByteCursor, inflate: Inflater?
  ) throws(WeightProblem) -> (name: String, content: Data) {
    let start = cursor.offset
    guard try cursor.unsigned(4) == Signature.central else {
      throw .malformed("entry of the archive's directory", at: start)
    }
    _ = try cursor.bytes(4)
    let flags = try cursor.unsigned(2)
    let method = try cursor.unsigned(2)
    _ = try cursor.bytes(8)
    var packed = try cursor.length(4)
    var size = try cursor.length(4)
    let lengths = (try cursor.length(2), try cursor.length(2), try cursor.length(2))
    _ = try cursor.bytes(8)
    var offset = try cursor.length(4)
    let name = try cursor.text(lengths.0)
    var extra = ByteCursor(try cursor.bytes(lengths.1))
    try widen(&size, &packed, &offset, from: &extra)
    _ = try cursor.bytes(lengths.2)
    let isStored = method == 0 && packed == size
    guard flags & 1 == 0, isStored || (method == 8 && inflate != nil) else {
      throw .unsupported(
        Localized(
          "the entry '\(name)' is compressed or encrypted; torch.save stores entries plainly. "
            + "Save the file again with torch.save.",
          korean: "'\(name)' 항목이 압축되거나 암호화되어 있습니다. torch.save는 압축하지 않습니다. "
            + "torch.save로 다시 저장하십시오."))
    }
    var local = ByteCursor(cursor.data, at: min(offset, cursor.data.count))
    guard try local.unsigned(4) == Signature.local else {
      throw .malformed("header of '\(name)'", at: offset)
    }
    _ = try local.bytes(22)
    let names = (try local.length(2), try local.length(2))
    _ = try local.bytes(names.0)
    _ = try local.bytes(names.1)
    let content = try local.bytes(packed)
    guard !isStored, let inflate else { return (name, content) }
    // Deflate reaches at most 1032 to 1, so a larger claim is a lie.
    guard size / 1032 <= packed, let plain = inflate(content, size), plain.count == size else {
      throw .malformed("compressed entry '\(name)'", at: offset)
    }
    return (name, plain)
  }

  /// Replaces numbers that did not fit 32 bits by those of the zip64 field.
  private static func widen(
    _ size: inout Int, _ packed: inout Int, _ offset: inout Int, from extra: inout ByteCursor
  ) throws(WeightProblem) {
    let full = 0xFFFF_FFFF
    while extra.remaining >= 4 {
      let kind = try extra.unsigned(2)
      var field = ByteCursor(try extra.bytes(try extra.length(2)))
      guard kind == 1 else { continue }
      if size == full { size = try field.length(8) }
      if packed == full { packed = try field.length(8) }
      if offset == full { offset = try field.length(8) }
    }
  }
}
