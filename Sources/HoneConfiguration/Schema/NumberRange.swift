import HoneText

/// The numbers that a key may hold.
package struct NumberRange: Sendable, Equatable {
  package var lower: Double?
  package var includesLower = true
  package var upper: Double?
  package var includesUpper = true

  /// Every finite number.
  package static let any = NumberRange()
  /// Above zero.
  package static let positive = NumberRange(lower: 0, includesLower: false)
  /// Zero and above.
  package static let nonNegative = NumberRange(lower: 0)
  /// 0...1.
  package static let share = NumberRange(lower: 0, upper: 1)
  /// 0..<1.
  package static let probability = NumberRange(lower: 0, upper: 1, includesUpper: false)
  /// Above zero, up to one.
  package static let factor = NumberRange(lower: 0, includesLower: false, upper: 1)

  func contains(_ value: Double) -> Bool {
    guard value.isFinite else { return false }
    if let lower, includesLower ? value < lower : value <= lower { return false }
    if let upper, includesUpper ? value > upper : value >= upper { return false }
    return true
  }

  var summary: Localized {
    switch (lower, upper) {
    case (nil, nil): Localized("a number", korean: "수")
    case (let lower?, nil):
      includesLower
        ? Localized(
          "a number from \(plain(lower)) up", korean: "\(plain(lower)) 이상의 수")
        : Localized("a number above \(plain(lower))", korean: "\(plain(lower))보다 큰 수")
    case (nil, let upper?):
      includesUpper
        ? Localized("a number up to \(plain(upper))", korean: "\(plain(upper)) 이하의 수")
        : Localized("a number below \(plain(upper))", korean: "\(plain(upper))보다 작은 수")
    case (let lower?, let upper?):
      Localized(
        "a number \(includesLower ? "from" : "above") \(plain(lower)) "
          + "\(includesUpper ? "to" : "to below") \(plain(upper))",
        korean: "\(plain(lower)) \(includesLower ? "이상" : "초과") "
          + "\(plain(upper)) \(includesUpper ? "이하" : "미만")의 수")
    }
  }
}

/// A number as people write it: without `.0` where it is whole.
func plain(_ value: Double) -> String {
  if let whole = Int(exactly: value), abs(whole) < 1_000_000_000 { return String(whole) }
  return String(value)
}
