/// The digest of FIPS 180-4, for comparison with references that name nothing else.
func sha256(_ message: [UInt8]) -> String {
  var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]
  let zeros = (119 - message.count % 64) % 64
  var bytes = message + [0x80] + [UInt8](repeating: 0, count: zeros)
  for shift in stride(from: 56, through: 0, by: -8) {
    bytes.append(UInt8(truncatingIfNeeded: (message.count * 8) >> shift))
  }
  for block in stride(from: 0, to: bytes.count, by: 64) { mix(bytes[block..<(block + 64)], &state) }
  return state.map { word in
    let text = String(word, radix: 16)
    return String(repeating: "0", count: 8 - text.count) + text
  }.joined()
}

private func turned(_ word: UInt32, _ bits: UInt32) -> UInt32 {
  word >> bits | word << (32 - bits)
}

private func mix(_ block: ArraySlice<UInt8>, _ state: inout [UInt32]) {
  var words: [UInt32] = []
  for at in stride(from: block.startIndex, to: block.endIndex, by: 4) {
    words.append(block[at..<(at + 4)].reduce(0) { $0 << 8 | UInt32($1) })
  }
  for i in 16..<64 {
    let (early, late) = (words[i - 15], words[i - 2])
    let first = turned(early, 7) ^ turned(early, 18) ^ early >> 3
    let second = turned(late, 17) ^ turned(late, 19) ^ late >> 10
    words.append(words[i - 16] &+ first &+ words[i - 7] &+ second)
  }
  var s = state
  for i in 0..<64 {
    let wide = turned(s[4], 6) ^ turned(s[4], 11) ^ turned(s[4], 25)
    let chosen = (s[4] & s[5]) ^ (~s[4] & s[6])
    let first = s[7] &+ wide &+ chosen &+ roundConstants[i] &+ words[i]
    let high = turned(s[0], 2) ^ turned(s[0], 13) ^ turned(s[0], 22)
    let most = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2])
    s = [first &+ high &+ most, s[0], s[1], s[2], s[3] &+ first, s[4], s[5], s[6]]
  }
  for i in 0..<8 { state[i] = state[i] &+ s[i] }
}

/// The fractional parts of the cube roots of the first 64 primes, in 32 bits.
private let roundConstants: [UInt32] = {
  var constants: [UInt32] = []
  var candidate: UInt64 = 2
  while constants.count < 64 {
    let isPrime = (2..<candidate).allSatisfy { $0 * $0 > candidate || candidate % $0 != 0 }
    if isPrime { constants.append(fraction(ofCubeRootOf: candidate)) }
    candidate += 1
  }
  return constants
}()

/// By bisection in whole numbers: the largest root with `root^3 <= number * 2^96`.
private func fraction(ofCubeRootOf number: UInt64) -> UInt32 {
  let target = UInt128(number) << 96
  var (low, high): (UInt128, UInt128) = (0, 1 << 40)
  while high - low > 1 {
    let middle = (low + high) / 2
    if middle * middle * middle <= target { low = middle } else { high = middle }
  }
  return UInt32(truncatingIfNeeded: low)
}
