/// The upper half of a `Float`: eight bits of exponent, seven of fraction.
public enum BFloat16 {
  /// The bits of the nearest value, ties to even; not-a-number stays so.
  public static func bits(_ value: Float) -> UInt16 {
    let bits = value.bitPattern
    // Rounding could carry a not-a-number into infinity: keep it quiet instead.
    if value.isNaN { return UInt16(truncatingIfNeeded: bits >> 16) | 0x0040 }
    let rounding: UInt32 = 0x7FFF + ((bits >> 16) & 1)
    return UInt16(truncatingIfNeeded: (bits &+ rounding) >> 16)
  }

  /// The value of bits; exact.
  public static func float(_ bits: UInt16) -> Float {
    Float(bitPattern: UInt32(bits) << 16)
  }
}
