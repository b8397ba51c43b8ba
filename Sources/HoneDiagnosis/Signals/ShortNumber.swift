import Foundation

/// A number in three significant digits, as messages print it.
func short(_ value: Double) -> String {
  guard value.isFinite else { return value.isNaN ? "NaN" : value > 0 ? "Inf" : "-Inf" }
  if value == 0 { return "0" }
  let size = abs(value)
  if size >= 1e5 || size < 1e-3 { return String(format: "%.2e", value) }
  let decimals = max(0, 2 - Int(log10(size).rounded(.down)))
  return String(format: "%.\(decimals)f", value)
}

/// A fraction as a percentage with at most one decimal.
func percent(_ fraction: Double) -> String {
  let value = fraction * 100
  return abs(value) < 10 ? String(format: "%.1f %%", value) : String(format: "%.0f %%", value)
}
