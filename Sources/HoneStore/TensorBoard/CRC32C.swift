/// The checksum of event files: CRC-32C (Castagnoli, RFC 3720), with TensorFlow's mask.
enum CRC32C {
  /// The polynomial 0x1EDC6F41, its bits reversed.
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 1 ? (value >> 1) ^ 0x82F6_3B78 : value >> 1
    }
  }

  /// The checksum of bytes.
  static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    let table = table
    var value = ~UInt32(0)
    for byte in bytes {
      value = (value >> 8) ^ table[Int((value ^ UInt32(byte)) & 0xFF)]
    }
    return ~value
  }

  /// The checksum as record files hold it: rotated and moved, so that the checksum of bytes with a
  /// checksum among them is no special case.
  static func masked(_ bytes: some Sequence<UInt8>) -> UInt32 {
    let value = checksum(bytes)
    return ((value >> 15) | (value << 17)) &+ 0xA282_EAD8
  }
}
