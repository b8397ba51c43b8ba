/// SHA-256 (FIPS 180-4), for checksums of files and fingerprints of data.
///
/// ```swift
/// var hash = SHA256()
/// for chunk in chunks { hash.update(chunk) }
/// let fingerprint = hash.hexDigest
/// ```
public struct SHA256: Sendable {
  private var state: [UInt32] = initialState
  private var pending: [UInt8] = []
  private var length: UInt64 = 0

  /// A hash of nothing yet.
  public init() {}

  /// Hashes further bytes.
  public mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// Hashes the bytes of text in UTF-8.
  public mutating func update(_ text: String) {
    update(Array(text.utf8))
  }

  /// Hashes further bytes in place.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    length &+= UInt64(bytes.count)
    var rest = bytes[...]
    if !pending.isEmpty {
      let taken = rest.prefix(64 - pending.count)
      pending.append(contentsOf: taken)
      rest = rest.dropFirst(taken.count)
      guard pending.count == 64 else { return }
      compress(pending)
      pending.removeAll(keepingCapacity: true)
    }
    let whole = rest.count / 64 * 64
    compressBlocks(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)))
    pending.append(contentsOf: rest.dropFirst(whole))
  }

  /// The 32 bytes of the hash of everything so far.
  public var digest: [UInt8] {
    var last = self
    var tail = pending + [0x80]
    while tail.count % 64 != 56 { tail.append(0) }
    let bits = length &* 8
    for shift in stride(from: 56, through: 0, by: -8) {
      tail.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    last.compress(tail)
    return last.state.flatMap { word in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    }
  }

  /// The hash of everything so far as 64 hexadecimal digits.
  public var hexDigest: String {
    let digits = Array("0123456789abcdef")
    return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  /// The hash of bytes as 64 hexadecimal digits.
  public static func hexDigest(of bytes: [UInt8]) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return hash.hexDigest
  }

  private mutating func compress(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { compressBlocks($0) }
  }

  /// The compression function over whole blocks of 64 bytes (FIPS 180-4, section 6.2.2).
  private mutating func compressBlocks(_ bytes: UnsafeRawBufferPointer) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
      roundConstants.withUnsafeBufferPointer { constants in
        state.withUnsafeMutableBufferPointer { state in
          guard let schedule = schedule.baseAddress, let constants = constants.baseAddress,
            let state = state.baseAddress
          else { return }
          for start in stride(from: 0, to: bytes.count, by: 64) {
            SHA256.prepare(schedule, bytes, start)
            SHA256.rounds(state, schedule, constants)
          }
        }
      }
    }
  }

  @inline(__always)
  private static func prepare(
    _ schedule: UnsafeMutablePointer<UInt32>, _ bytes: UnsafeRawBufferPointer, _ start: Int
  ) {
    for index in 0..<16 {
      schedule[index] = UInt32(
        bigEndian: bytes.loadUnaligned(fromByteOffset: start &+ 4 &* index, as: UInt32.self))
    }
    for index in 16..<64 {
      let early = schedule[index &- 15]
      let late = schedule[index &- 2]
      let first = rotate(early, 7) ^ rotate(early, 18) ^ (early &>> 3)
      let second = rotate(late, 17) ^ rotate(late, 19) ^ (late &>> 10)
      schedule[index] = schedule[index &- 16] &+ first &+ schedule[index &- 7] &+ second
    }
  }

  /// All rounds, eight to a turn: by then every working variable is back in its own place, and no
  /// value had to be moved.
  @inline(__always)
  private static func rounds(
    _ state: UnsafeMutablePointer<UInt32>, _ schedule: UnsafeMutablePointer<UInt32>,
    _ constants: UnsafePointer<UInt32>
  ) {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in stride(from: 0, to: 64, by: 8) {
      let words = schedule + index
      let keys = constants + index
      round(a, b, c, &d, e, f, g, &h, keys[0] &+ words[0])
      round(h, a, b, &c, d, e, f, &g, keys[1] &+ words[1])
      round(g, h, a, &b, c, d, e, &f, keys[2] &+ words[2])
      round(f, g, h, &a, b, c, d, &e, keys[3] &+ words[3])
      round(e, f, g, &h, a, b, c, &d, keys[4] &+ words[4])
      round(d, e, f, &g, h, a, b, &c, keys[5] &+ words[5])
      round(c, d, e, &f, g, h, a, &b, keys[6] &+ words[6])
      round(b, c, d, &e, f, g, h, &a, keys[7] &+ words[7])
    }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
    state[5] &+= f
    state[6] &+= g
    state[7] &+= h
  }

  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32,
    _ g: UInt32, _ h: inout UInt32, _ input: UInt32
  ) {
    let sumE = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    let first = h &+ sumE &+ (g ^ (e & (f ^ g))) &+ input
    let sumA = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    d = d &+ first
    h = first &+ sumA &+ ((a & b) | (c & (a | b)))
  }

  @inline(__always)
  private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
    (word &>> count) | (word &<< (32 &- count))
  }
}

/// The first 32 bits of the fractions of the square roots of the first 8 primes.
private let initialState: [UInt32] = [
  0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A,
  0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
]

/// The first 32 bits of the fractions of the cube roots of the first 64 primes.
private let roundConstants: [UInt32] = [
  0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5,
  0x3956_C25B, 0x59F1_11F1, 0x923F_82A4, 0xAB1C_5ED5,
  0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3,
  0x72BE_5D74, 0x80DE_B1FE, 0x9BDC_06A7, 0xC19B_F174,
  0xE49B_69C1, 0xEFBE_4786, 0x0FC1_9DC6, 0x240C_A1CC,
  0x2DE9_2C6F, 0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA,
  0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7,
  0xC6E0_0BF3, 0xD5A7_9147, 0x06CA_6351, 0x1429_2967,
  0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC, 0x5338_0D13,
  0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85,
  0xA2BF_E8A1, 0xA81A_664B, 0xC24B_8B70, 0xC76C_51A3,
  0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070,
  0x19A4_C116, 0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5,
  0x391C_0CB3, 0x4ED8_AA4A, 0x5B9C_CA4F, 0x682E_6FF3,
  0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208,
  0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7, 0xC671_78F2,
]
