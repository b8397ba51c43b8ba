/// The frame of TensorFlow's record files: length, checksum of the length, data, checksum of the data.
enum RecordFile {
  /// A record with its frame.
  static func framed(_ data: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(data.count + 16)
    append(UInt64(data.count), to: &bytes)
    append(CRC32C.masked(bytes), to: &bytes)
    bytes += data
    append(CRC32C.masked(data), to: &bytes)
    return bytes
  }

  /// The records of a file up to its end or the first that is damaged.
  /// - Returns: the records, and how many bytes at the end are not part of one: a writer that was killed
  ///   leaves such.
  static func records(_ bytes: [UInt8]) -> (records: [ArraySlice<UInt8>], rest: Int) {
    var records: [ArraySlice<UInt8>] = []
    var position = 0
    while bytes.count - position >= 16 {
      let head = bytes[position..<position + 8]
      let length: UInt64 = littleEndian(head)
      guard littleEndian(bytes[position + 8..<position + 12]) == CRC32C.masked(head),
        length <= UInt64(bytes.count - position - 16)
      else { break }
      let start = position + 12
      let data = bytes[start..<start + Int(length)]
      guard littleEndian(bytes[data.endIndex..<data.endIndex + 4]) == CRC32C.masked(data) else {
        break
      }
      records.append(data)
      position = data.endIndex + 4
    }
    return (records, bytes.count - position)
  }

  private static func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }
}
