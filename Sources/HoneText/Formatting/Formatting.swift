import Foundation

/// Numbers as people read them.
///
/// Everything here is for eyes; files and `--json` keep full precision.
public enum Formatting {
  /// A fraction as a percentage: 0.9123 is `91.2%`.
  /// - Parameters:
  ///   - fraction: any number; 1 is the whole.
  ///   - decimals: digits after the point.
  public static func percent(_ fraction: Double, decimals: Int = 1) -> String {
    guard fraction.isFinite else { return nonFinite(fraction) }
    return fixed(fraction * 100, decimals: decimals) + "%"
  }

  /// A difference of fractions with its sign: 0.0123 is `+1.2%`.
  /// - Parameters:
  ///   - fraction: any number; 1 is the whole.
  ///   - decimals: digits after the point.
  public static func signedPercent(_ fraction: Double, decimals: Int = 1) -> String {
    let text = percent(fraction, decimals: decimals)
    return fraction > 0 && fraction.isFinite ? "+" + text : text
  }

  /// A number with so many digits after the point, never `-0.0`.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return nonFinite(value) }
    let text = printed(value, as: "%.\(decimals)f")
    return text.hasPrefix("-") && !text.contains { ("1"..."9").contains($0) }
      ? String(text.dropFirst()) : text
  }

  /// A number to so many significant digits; small and large ones with a power of ten: `1.50e-5`.
  ///
  /// Digits before the point are never dropped: 1234.5 to three digits is `1234`.
  public static func significant(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite else { return nonFinite(value) }
    guard value != 0 else { return "0" }
    let scientific = printed(value, as: "%.\(digits - 1)e")
    // The exponent after rounding: 9.999 to three digits is 10.0, not 10.00.
    let parts = scientific.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return scientific }
    if exponent < -4 || exponent >= 6 { return "\(parts[0])e\(exponent)" }
    return printed(value, as: "%.\(max(0, digits - 1 - exponent))f")
  }

  /// A count with thousands set apart: `269,722`.
  public static func count(_ value: Int) -> String {
    var text = String(value.magnitude)
    var position = text.count - 3
    while position > 0 {
      text.insert(",", at: text.index(text.startIndex, offsetBy: position))
      position -= 3
    }
    return value < 0 ? "-" + text : text
  }

  /// A size in decimal units: `12.3 MB`.
  public static func bytes(_ count: Int) -> String {
    let units = ["B", "kB", "MB", "GB", "TB", "PB"]
    var value = Double(count)
    var unit = 0
    // 999.5 of a unit would print as 1000.
    while abs(value) >= 999.5, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    let decimals = unit == 0 || abs(value) >= 99.95 ? 0 : 1
    return "\(fixed(value, decimals: decimals)) \(units[unit])"
  }

  private static func nonFinite(_ value: Double) -> String {
    value.isNaN ? "nan" : (value > 0 ? "inf" : "-inf")
  }
}
