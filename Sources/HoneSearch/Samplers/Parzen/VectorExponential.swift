/// The exponential of eight numbers at once, to about one unit in the last place; results under
/// e^-700 count as that.
@inline(__always)
func exponential(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let bounded = pointwiseMin(
    pointwiseMax(x, SIMD8(repeating: -700)), SIMD8(repeating: 700))
  // Adding 1.5 * 2^52 leaves the nearest whole number in the low bits of the mantissa.
  let shifter = SIMD8<Double>(repeating: 6_755_399_441_055_744)
  let shifted = bounded * 1.442695040888963407 + shifter
  let whole = shifted - shifter
  let rest = bounded - whole * 0.693147180369123816490 - whole * 1.90821492927058770002e-10
  var sum = SIMD8<Double>(repeating: 1.0 / 479_001_600)
  sum = sum * rest + 1.0 / 39_916_800
  sum = sum * rest + 1.0 / 3_628_800
  sum = sum * rest + 1.0 / 362_880
  sum = sum * rest + 1.0 / 40_320
  sum = sum * rest + 1.0 / 5_040
  sum = sum * rest + 1.0 / 720
  sum = sum * rest + 1.0 / 120
  sum = sum * rest + 1.0 / 24
  sum = sum * rest + 1.0 / 6
  sum = sum * rest + 0.5
  sum = sum * rest + 1
  sum = sum * rest + 1
  let exponent = unsafeBitCast(shifted, to: SIMD8<Int64>.self) &<< 52
  return unsafeBitCast(
    unsafeBitCast(sum, to: SIMD8<Int64>.self) &+ exponent, to: SIMD8<Double>.self)
}
