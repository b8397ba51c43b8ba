import Foundation

/// The form of a packed file, mapped into memory: a header, the pictures one after the other, their index.
///
/// Numbers are little-endian, of 64 bits. The header is read in one piece with its own check sum, which holds
/// that of the index, which holds one of each picture. So a file that was cut short or changed is noticed
/// without reading it all: header and index when it is opened, a picture when it is first asked for.
struct PackedFile: Sendable {
  /// "HonePack", the first eight bytes.
  static let mark: UInt64 = 0x6B63_6150_656E_6F48
  /// Grows when the form changes; files of another number are written anew.
  static let version: UInt64 = 1
  /// Numbers of the header: mark, version, content, pictures, place of the index, bytes of the file, check
  /// sums of the index and of the numbers before.
  static let headerCount = 8
  static let headerBytes = 8 * headerCount

  /// A picture's place.
  struct Entry: BitwiseCopyable {
    /// Its first byte.
    var offset: UInt64
    /// Its bytes; 0 where the file that it was to be made of could not be read.
    var count: UInt64
    /// Rows, where it is decoded.
    var height: UInt32
    /// Columns, where it is decoded.
    var width: UInt32
    /// The hash of its bytes.
    var hash: UInt64

    static let bytes = 32
  }

  /// Why a file cannot be used.
  enum Problem: Error, Equatable {
    /// There is none.
    case absent
    /// It was made of other files, or of these as they were before.
    case outdated
    /// It is not what was written.
    case damaged(String)
  }

  let data: Data
  let entries: [Entry]

  /// Maps a file.
  /// - Parameters:
  ///   - content: the hash of what it must hold.
  ///   - count: its pictures.
  init(_ url: URL, content: UInt64, count: Int) throws(Problem) {
    guard FileManager.default.fileExists(atPath: url.path) else { throw .absent }
    guard let data = try? Data(contentsOf: url, options: .alwaysMapped) else {
      throw .damaged("it cannot be read")
    }
    guard data.count >= Self.headerBytes else { throw .damaged("it has \(data.count) bytes") }
    let header = data.withUnsafeBytes { bytes in
      (0..<Self.headerCount).map {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self))
      }
    }
    guard header[0] == Self.mark else { throw .damaged("it is no packed file") }
    guard header[7] == Self.hash(of: Array(header[..<7])) else {
      throw .damaged("its header's check sum is wrong")
    }
    guard header[1] == Self.version, header[2] == content, header[3] == UInt64(count) else {
      throw .outdated
    }
    guard header[5] == UInt64(data.count) else {
      throw .damaged("it has \(data.count) bytes of \(header[5])")
    }
    let indexBytes = count * Entry.bytes
    guard let start = Int(exactly: header[4]), start >= Self.headerBytes,
      start <= data.count - indexBytes
    else { throw .damaged("its index lies outside") }
    let (entries, hash) = data.withUnsafeBytes { bytes in
      let index = UnsafeRawBufferPointer(rebasing: bytes[start..<(start + indexBytes)])
      var hash = ContentHash()
      hash.add(index)
      return ((0..<count).map { Self.entry(index, $0) }, hash.number)
    }
    guard hash == header[6] else { throw .damaged("its index's check sum is wrong") }
    for entry in entries where entry.count > 0 {
      guard entry.offset <= UInt64(start), entry.count <= UInt64(start) - entry.offset else {
        throw .damaged("a picture lies outside")
      }
    }
    self.data = data
    self.entries = entries
  }

  private static func entry(_ index: UnsafeRawBufferPointer, _ number: Int) -> Entry {
    func word(_ place: Int) -> UInt64 {
      UInt64(
        littleEndian: index.loadUnaligned(
          fromByteOffset: number * Entry.bytes + 8 * place, as: UInt64.self))
    }
    let size = word(2)
    return Entry(
      offset: word(0), count: word(1), height: UInt32(truncatingIfNeeded: size),
      width: UInt32(truncatingIfNeeded: size >> 32), hash: word(3))
  }

  /// The hash of a header's numbers.
  static func hash(of numbers: [UInt64]) -> UInt64 {
    var hash = ContentHash()
    hash.add(numbers: numbers.map(\.littleEndian))
    return hash.number
  }
}
