/// The Philox 4x32-10 block function (Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3",
/// SC 2011): 128 bits of counter and 64 bits of key give 128 random bits, with no state to carry.
public enum Philox {
  /// Ten rounds of Philox 4x32.
  public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    // In plain registers: taking lanes in and out of vectors costs more than the rounds.
    var (x0, x1, x2, x3) = (counter[0], counter[1], counter[2], counter[3])
    var (k0, k1) = (key[0], key[1])
    for _ in 0..<10 {
      let a = UInt64(0xD251_1F53) &* UInt64(x0)
      let b = UInt64(0xCD9E_8D57) &* UInt64(x2)
      (x0, x2) = (
        UInt32(truncatingIfNeeded: b >> 32) ^ x1 ^ k0, UInt32(truncatingIfNeeded: a >> 32) ^ x3 ^ k1
      )
      (x1, x3) = (UInt32(truncatingIfNeeded: b), UInt32(truncatingIfNeeded: a))
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return SIMD4(x0, x1, x2, x3)
  }
}
