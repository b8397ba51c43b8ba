import Foundation

/// The objects of a JSON-lines file, or of one JSON list, as rows of text fields.
///
/// RFC 8259, one object after the other, separated by line ends, commas or nothing. Fields are
/// strings, numbers, true, false or null; a field that an object lacks is missing there. Columns
/// come in the order in which their keys are first met.
struct JSONObjects {
  /// The texts of all fields, one after the other.
  private(set) var bytes: [UInt8] = []
  private(set) var columns: [String] = []
  /// Where each row's fields lie in `bytes`.
  ///
  /// Missing fields are nil; rows may be shorter than `columns`.
  private(set) var rows: [[Range<Int>?]] = []
  /// The line at which each row begins, counted from 1.
  private(set) var lines: [Int] = []

  private let content: [UInt8]
  private let path: String
  private var position = 0
  private var line = 1
  private var indices: [String: Int] = [:]

  /// Reads all objects.
  /// - Throws: `DataError.badFile` that names the line.
  init(_ content: [UInt8], path: String) throws(DataError) {
    self.content = content
    self.path = path
    if content.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    let isList = next() == UInt8(ascii: "[")
    if isList { position += 1 }
    while let byte = next() {
      switch byte {
      case UInt8(ascii: "{"): try readObject()
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "]") where isList:
        position += 1
        if next() != nil { throw problem("text follows the end of the list") }
        return
      default: throw problem("an object in braces is expected")
      }
    }
    if isList { throw problem("the list is never closed") }
  }

  private func problem(_ text: String) -> DataError {
    DataError.badFile(path: path, reason: "line \(line): \(text)")
  }

  /// The next byte that is no blank; nil at the end.
  private mutating func next() -> UInt8? {
    while position < content.count {
      switch content[position] {
      case 10:
        line += 1
        position += 1
      case 9, 13, 32: position += 1
      case let byte: return byte
      }
    }
    return nil
  }

  private mutating func readObject() throws(DataError) {
    lines.append(line)
    var row = [Range<Int>?](repeating: nil, count: columns.count)
    position += 1
    var isFirst = true
    while true {
      guard let byte = next() else { throw problem("an object is never closed") }
      if byte == UInt8(ascii: "}"), isFirst { break }
      guard byte == UInt8(ascii: "\"") else {
        throw problem("a field's name in quotes is expected")
      }
      let name = String(decoding: bytes[try readString()], as: UTF8.self)
      guard next() == UInt8(ascii: ":") else { throw problem("'\(name)' lacks its colon") }
      position += 1
      let column = indices[name] ?? columns.count
      if column == columns.count {
        columns.append(name)
        indices[name] = column
      }
      while row.count <= column { row.append(nil) }
      row[column] = try readValue(of: name)
      isFirst = false
      let after = next()
      if after == UInt8(ascii: "}") { break }
      guard after == UInt8(ascii: ",") else {
        throw problem("a comma or a closing brace is expected after '\(name)'")
      }
      position += 1
    }
    position += 1
    rows.append(row)
  }

  /// Reads a value; nil for null.
  private mutating func readValue(of name: String) throws(DataError) -> Range<Int>? {
    switch next() {
    case UInt8(ascii: "\""): return try readString()
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      throw problem(
        "'\(name)' holds a list or an object; fields must be texts, numbers or booleans")
    default: break
    }
    let start = position
    while position < content.count, isWord(content[position]) { position += 1 }
    let word = content[start..<position]
    if word.elementsEqual("null".utf8) { return nil }
    let text = String(decoding: word, as: UTF8.self)
    guard text == "true" || text == "false" || Double(text) != nil else {
      throw problem("'\(name)' has no value that JSON knows: '\(text.prefix(40))'")
    }
    return keep(word)
  }

  private func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  private mutating func keep(_ text: some Collection<UInt8>) -> Range<Int> {
    let start = bytes.count
    bytes += text
    return start..<bytes.count
  }

  /// Reads a string with its escapes resolved.
  private mutating func readString() throws(DataError) -> Range<Int> {
    let start = bytes.count
    position += 1
    while position < content.count {
      let byte = content[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return start..<bytes.count
      case UInt8(ascii: "\\"): try readEscape()
      case 10: throw problem("a text is never closed")
      default: bytes.append(byte)
      }
    }
    throw problem("a text is never closed")
  }

  private mutating func readEscape() throws(DataError) {
    guard position < content.count else { throw problem("a text is never closed") }
    let byte = content[position]
    position += 1
    switch byte {
    case UInt8(ascii: "n"): bytes.append(10)
    case UInt8(ascii: "t"): bytes.append(9)
    case UInt8(ascii: "r"): bytes.append(13)
    case UInt8(ascii: "b"): bytes.append(8)
    case UInt8(ascii: "f"): bytes.append(12)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(byte)
    case UInt8(ascii: "u"):
      var units = [try readUnit()]
      let isHigh = UTF16.isLeadSurrogate(units[0])
      if isHigh, position + 1 < content.count, content[position] == UInt8(ascii: "\\"),
        content[position + 1] == UInt8(ascii: "u")
      {
        position += 2
        units.append(try readUnit())
      }
      // Half a pair becomes the replacement character.
      bytes += Array(String(decoding: units, as: UTF16.self).utf8)
    default: throw problem("a text holds an escape that JSON does not know")
    }
  }

  private mutating func readUnit() throws(DataError) -> UInt16 {
    let digits = content[position..<min(position + 4, content.count)]
    guard digits.count == 4,
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw problem("an escape \\u needs four hexadecimal digits") }
    position += 4
    return unit
  }
}
