import Foundation

/// JSON in the form of `CommandContext.emit`, written piece by piece: for lists of thousands, which the
/// general encoder takes ten times as long for.
///
/// The caller says the keys in their order.
struct JSONText {
  private var bytes: [UInt8] = []
  private var depth = 0
  /// Whether nothing stands in the innermost object or array yet.
  private var isEmpty = true

  /// The text so far.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// An object, whose members a body writes.
  mutating func object(_ body: (inout JSONText) -> Void) {
    nest(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
  }

  /// An array, whose elements a body writes, each after `element()`.
  mutating func array(_ body: (inout JSONText) -> Void) {
    nest(UInt8(ascii: "["), UInt8(ascii: "]"), body)
  }

  /// The place of the next element of an array.
  mutating func element() { separate() }

  /// The place of the next member of an object.
  mutating func key(_ name: String) {
    separate()
    string(name)
    bytes += [UInt8(ascii: " "), UInt8(ascii: ":"), UInt8(ascii: " ")]
  }

  /// A text; null where there is none.
  mutating func value(_ text: String?) {
    guard let text else { return null() }
    string(text)
  }

  /// A whole number.
  mutating func value(_ number: Int) { bytes += Array(String(number).utf8) }

  /// A number; null where there is none or none that JSON has.
  mutating func value(_ number: Double?) {
    guard let number, number.isFinite else { return null() }
    let text = number.description
    bytes += Array((text.hasSuffix(".0") ? String(text.dropLast(2)) : text).utf8)
  }

  private mutating func null() { bytes += Array("null".utf8) }

  private mutating func nest(
    _ begin: UInt8, _ end: UInt8, _ body: (inout JSONText) -> Void
  ) {
    bytes.append(begin)
    depth += 1
    isEmpty = true
    body(&self)
    depth -= 1
    // The general encoder gives an empty one an empty line.
    if isEmpty { bytes.append(UInt8(ascii: "\n")) }
    breakLine()
    bytes.append(end)
    isEmpty = false
  }

  private mutating func separate() {
    if !isEmpty { bytes.append(UInt8(ascii: ",")) }
    isEmpty = false
    breakLine()
  }

  private mutating func breakLine() {
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<depth { bytes += [UInt8(ascii: " "), UInt8(ascii: " ")] }
  }

  private mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0..<0x20: bytes += Self.escape(byte)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func escape(_ byte: UInt8) -> [UInt8] {
    switch byte {
    case 0x08: Array("\\b".utf8)
    case 0x09: Array("\\t".utf8)
    case 0x0A: Array("\\n".utf8)
    case 0x0C: Array("\\f".utf8)
    case 0x0D: Array("\\r".utf8)
    default: Array("\\u00".utf8) + [byte >> 4, byte & 15].map { digits[Int($0)] }
    }
  }

  private static let digits = Array("0123456789abcdef".utf8)
}

extension JSONText {
  /// A moment to the second in UTC, as `Date.ISO8601Format()` writes it.
  static func moment(_ date: Date) -> String {
    let seconds = date.timeIntervalSince1970.rounded(.down)
    // Years of other than four digits are rare and the calendar's business.
    guard seconds > -62_000_000_000, seconds < 253_000_000_000 else { return date.ISO8601Format() }
    let whole = Int(seconds)
    let days = whole >= 0 ? whole / 86_400 : (whole - 86_399) / 86_400
    let rest = whole - days * 86_400
    let (year, month, day) = civil(days)
    var text = ""
    text.reserveCapacity(20)
    append(year, digits: 4, to: &text)
    for (number, mark) in [
      (month, "-"), (day, "-"), (rest / 3600, "T"), (rest / 60 % 60, ":"), (rest % 60, ":"),
    ] {
      text += mark
      append(number, digits: 2, to: &text)
    }
    return text + "Z"
  }

  private static func append(_ number: Int, digits: Int, to text: inout String) {
    let word = String(number)
    for _ in 0..<max(0, digits - word.utf8.count) { text += "0" }
    text += word
  }

  /// Year, month and day of a count of days since 1970 in the Gregorian calendar (Hinnant,
  /// "chrono-Compatible Low-Level Date Algorithms", 2013).
  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let index = (5 * ofYear + 2) / 153
    let month = index < 10 ? index + 3 : index - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - (153 * index + 2) / 5 + 1)
  }
}
