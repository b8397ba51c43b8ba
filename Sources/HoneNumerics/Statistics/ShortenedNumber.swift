import Foundation

extension Double {
  /// The number with so many digits, as `%.4g` would write it; itself where it is no finite number.
  package func shortened(digits: Int = 4) -> Double {
    if self == 0 || !isFinite { return self }
    let places = digits - 1 - Int(log10(magnitude).rounded(.down))
    // Powers of ten up to this one are exact, and quotients by them are the numbers that are written.
    guard abs(places) <= 22 else { return Double(String(format: "%.\(digits)g", self)) ?? self }
    let power = pow(10, Double(abs(places)))
    return places < 0 ? (self / power).rounded() * power : (self * power).rounded() / power
  }
}
