public import Foundation

/// The one JSON form of everything that Hone writes: keys sorted and named as the Swift properties,
/// dates as ISO 8601 in UTC, slashes plain, and the numbers that JSON lacks as the strings `nan`,
/// `inf` and `-inf`.
///
/// Equal values give equal bytes, so the result can be compared and hashed. Dates keep milliseconds.
public enum CanonicalJSON {
  /// The value as UTF-8 bytes.
  /// - Parameters:
  ///   - value: what to write.
  ///   - isPretty: whether to break lines and indent, for people to read.
  /// - Throws: `EncodingError` where the value's own encoding throws.
  public static func encode(_ value: some Encodable, isPretty: Bool = false) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    encoder.dateEncodingStrategy = .custom { date, encoder in
      var container = encoder.singleValueContainer()
      try container.encode(text(of: date))
    }
    return try encoder.encode(value)
  }

  /// The value as text.
  /// - Throws: `EncodingError` where the value's own encoding throws.
  public static func string(_ value: some Encodable, isPretty: Bool = false) throws -> String {
    String(decoding: try encode(value, isPretty: isPretty), as: UTF8.self)
  }

  /// The value that bytes in this form describe.
  /// - Throws: `DecodingError` where the bytes are no JSON or describe no such value.
  public static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    decoder.dateDecodingStrategy = .custom { decoder in
      let container = try decoder.singleValueContainer()
      let text = try container.decode(String.self)
      guard let date = date(of: text) else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "\(text) is no ISO 8601 date.")
      }
      return date
    }
    return try decoder.decode(type, from: data)
  }

  /// The value that text in this form describes.
  /// - Throws: `DecodingError` where the text is no JSON or describes no such value.
  public static func decode<Value: Decodable>(
    _ type: Value.Type, from text: String
  ) throws -> Value {
    try decode(type, from: Data(text.utf8))
  }

  private static let wholeSeconds = Date.ISO8601FormatStyle()
  private static let milliseconds = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

  private static func text(of date: Date) -> String {
    let thousandths = (date.timeIntervalSince1970 * 1000).rounded()
    if thousandths.truncatingRemainder(dividingBy: 1000) == 0 {
      return Date(timeIntervalSince1970: thousandths / 1000).formatted(wholeSeconds)
    }
    // The style cuts off what it does not print: half a thousandth of a millisecond more keeps
    // binary fractions such as 0.345 from losing their last digit.
    return Date(timeIntervalSince1970: (thousandths + 0.0005) / 1000).formatted(milliseconds)
  }

  private static func date(of text: String) -> Date? {
    // A style that fails takes longer than one that succeeds, so the likely one comes first.
    let (first, second) =
      text.contains(".") ? (milliseconds, wholeSeconds) : (wholeSeconds, milliseconds)
    return (try? first.parse(text)) ?? (try? second.parse(text))
  }
}
