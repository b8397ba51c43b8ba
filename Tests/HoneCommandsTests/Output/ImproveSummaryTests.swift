import Testing

@testable import HoneCommands

@Suite("the words of an improvement") struct ImproveSummaryTests {
  @Test(
    "differences bear their sign, and what rounding leaves is none",
    arguments: [
      (0.0123, "+0.0123"), (-0.0123, "-0.0123"), (-3.469e-19, "0.0000"), (0, "0.0000"),
      (-0.0004, "-4.000e-04"),
    ])
  func signs(value: Double, text: String) {
    #expect(signed(value) == text)
  }
}
