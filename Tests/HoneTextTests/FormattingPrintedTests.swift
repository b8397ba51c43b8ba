import Foundation
import Testing

@testable import HoneText

struct FormattingPrintedTests {
  @Test(
    "numbers are printed as String(format:) prints them",
    arguments: ["%.4f", "%.3e", "%.0f", "%.1f s", "%.2f"])
  func same(format: String) {
    for value in [
      0, -0.0, 1, 0.00005, 1e5, 12_345.678_9, -1e300, .greatestFiniteMagnitude,
      .leastNonzeroMagnitude,
    ] {
      #expect(Formatting.printed(value, as: format) == String(format: format, value))
    }
  }

  @Test("more digits than fit are printed as well")
  func long() {
    let format = "%.900f"
    #expect(Formatting.printed(0.1, as: format) == String(format: format, 0.1))
  }
}
