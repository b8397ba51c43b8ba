import Foundation
import HoneNumerics

/// An array in NumPy's `.npy` format, versions 1 to 3.
///
/// The format (NumPy's NEP 1): `\x93NUMPY`, the version, the header's length, a Python dictionary with
/// the keys `descr`, `fortran_order` and `shape`, the elements. Arrays of Python objects are pickles
/// and are refused; nothing is executed.
enum NumpyFile {
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// The file's dictionary.
  private struct Header {
    let type: String
    let isColumnMajor: Bool
    let shape: [Int]
  }

  /// Reads an array.
  /// - Throws: `DataError.badFile`.
  static func array(_ data: Data, path: String) throws(DataError) -> StoredArray {
    func problem(_ reason: String) -> DataError { .badFile(path: path, reason: reason) }
    guard data.starts(with: magic), data.count >= 12 else {
      throw problem("an array of NumPy begins with \\x93NUMPY")
    }
    let bytes = data[data.startIndex...]
    let version = bytes[bytes.startIndex + 6]
    let isShort = version == 1
    guard (1...3).contains(version) else {
      throw problem("version \(version) of .npy is not known")
    }
    let lengthBytes = bytes.dropFirst(8).prefix(isShort ? 2 : 4)
    let length = lengthBytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    let start = 8 + lengthBytes.count
    guard lengthBytes.count == (isShort ? 2 : 4), start + length <= data.count else {
      throw problem("it ends in its header")
    }
    let text = String(decoding: bytes.dropFirst(start).prefix(length), as: UTF8.self)
    guard let header = header(text) else { throw problem("its header is not NumPy's: \(text)") }
    let content = bytes.dropFirst(start + length)
    return try array(header, content, path: path)
  }

  /// Reads the dictionary; nil where it is none of NumPy's.
  private static func header(_ text: String) -> Header? {
    func value(_ key: String) -> Substring? {
      guard let range = text.range(of: "'\(key)':") else { return nil }
      return text[range.upperBound...].drop { $0 == " " }
    }
    guard let type = value("descr"), let order = value("fortran_order"), let shape = value("shape")
    else { return nil }
    guard type.first == "'", let typeEnd = type.dropFirst().firstIndex(of: "'") else {
      return Header(type: "a record of several fields", isColumnMajor: false, shape: [])
    }
    guard shape.first == "(", let shapeEnd = shape.firstIndex(of: ")") else { return nil }
    var extents: [Int] = []
    var product = 1
    for part in shape[..<shapeEnd].dropFirst().split(separator: ",") {
      let digits = part.filter { !$0.isWhitespace }
      if digits.isEmpty { continue }
      guard let extent = Int(digits), extent >= 0 else { return nil }
      let (next, overflow) = product.multipliedReportingOverflow(by: max(1, extent))
      guard !overflow, next < 1 << 48 else { return nil }
      product = next
      extents.append(extent)
    }
    return Header(
      type: String(type[..<typeEnd].dropFirst()), isColumnMajor: order.hasPrefix("True"),
      shape: extents)
  }

  private static func array(
    _ header: Header, _ content: Data, path: String
  ) throws(DataError) -> StoredArray {
    let count = header.shape.reduce(1, *)
    let kind = header.type.drop { "<>|=".contains($0) }
    let isSwapped = header.type.first == ">"
    guard let size = Int(kind.dropFirst()), size > 0, size < 1 << 16,
      "biufSU".contains(kind.first ?? " ")
    else {
      throw DataError.badFile(
        path: path,
        reason: "its elements are of the type '\(header.type)'; numbers or texts are read")
    }
    let width = kind.first == "U" ? 4 * size : size
    guard content.count >= count * width else {
      throw DataError.badFile(
        path: path,
        reason: "\(header.shape) elements of \(width) bytes were promised, "
          + "\(content.count) bytes follow the header")
    }
    let elements = content.prefix(count * width)
    if header.isColumnMajor, header.shape.count > 1 {
      throw DataError.badFile(
        path: path,
        reason: "it is stored column by column; write numpy.ascontiguousarray(array) instead")
    }
    if kind.first == "U" || kind.first == "S" {
      let texts = (0..<count).map { index in
        text(elements.dropFirst(index * width).prefix(width), isWide: kind.first == "U", isSwapped)
      }
      return StoredArray(shape: header.shape, elements: .texts(texts))
    }
    guard let type = types[String(kind)] else {
      throw DataError.badFile(
        path: path, reason: "numbers of the type '\(header.type)' are not read")
    }
    var data = isSwapped && size > 1 ? swapped(elements, size: size) : elements
    if kind == "u2" { data = widened(data) }
    return StoredArray(shape: header.shape, elements: .numbers(type, data))
  }

  private static let types: [String: DType] = [
    "b1": .bool, "u1": .uint8, "i1": .int8, "i2": .int16, "u2": .int32, "i4": .int32, "i8": .int64,
    "u8": .int64, "f2": .float16, "f4": .float32, "f8": .float64,
  ]

  private static func swapped(_ data: Data, size: Int) -> Data {
    var bytes = [UInt8](data)
    for start in stride(from: 0, to: bytes.count, by: size) {
      bytes[start..<(start + size)].reverse()
    }
    return Data(bytes)
  }

  /// 16 bits without a sign as 32 bits with one.
  private static func widened(_ data: Data) -> Data {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(data.count * 2)
    for (index, byte) in data.enumerated() {
      bytes.append(byte)
      if index % 2 == 1 { bytes += [0, 0] }
    }
    return Data(bytes)
  }

  /// A text of fixed width, its trailing zeros removed.
  private static func text(_ data: Data, isWide: Bool, _ isSwapped: Bool) -> String {
    if !isWide { return String(decoding: data.prefix { $0 != 0 }, as: UTF8.self) }
    var scalars = String.UnicodeScalarView()
    for start in stride(from: 0, to: data.count, by: 4) {
      let four = [UInt8](data.dropFirst(start).prefix(4))
      let code = (isSwapped ? four : four.reversed()).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      if code == 0 { break }
      scalars.append(Unicode.Scalar(code) ?? "\u{FFFD}")
    }
    return String(scalars)
  }
}
