import HoneText
import Testing

struct FormattingTests {
  @Test(
    "percentages round and never show a negative zero",
    arguments: [(0.9123, "91.2%"), (1, "100.0%"), (-0.0001, "0.0%"), (-0.05, "-5.0%")])
  func percent(value: Double, expected: String) {
    #expect(Formatting.percent(value) == expected)
  }

  @Test("numbers that are not finite say so")
  func nonFinite() {
    #expect(Formatting.percent(.nan) == "nan")
    #expect(Formatting.significant(-.infinity) == "-inf")
    #expect(Formatting.fixed(.infinity, decimals: 2) == "inf")
    #expect(Formatting.signedPercent(.infinity) == "inf")
  }

  @Test("differences carry their sign")
  func signs() {
    #expect(Formatting.signedPercent(0.0123) == "+1.2%")
    #expect(Formatting.signedPercent(-0.0123) == "-1.2%")
    #expect(Formatting.signedPercent(0) == "0.0%")
  }

  @Test(
    "significant digits hold over all magnitudes",
    arguments: [
      (0.001, "0.00100"), (0.0000150, "1.50e-5"), (9.999, "10.0"), (0.69314, "0.693"),
      (1234.5, "1234"), (2_500_000, "2.50e6"), (-0.5, "-0.500"), (0, "0"), (999_999, "1.00e6"),
    ])
  func significant(value: Double, expected: String) {
    #expect(Formatting.significant(value) == expected)
  }

  @Test("counts set thousands apart")
  func counts() {
    #expect(Formatting.count(269_722) == "269,722")
    #expect(Formatting.count(999) == "999")
    #expect(Formatting.count(-1_234_567) == "-1,234,567")
    #expect(Formatting.count(.min) == "-9,223,372,036,854,775,808")
  }

  @Test(
    "sizes choose their unit",
    arguments: [
      (0, "0 B"), (999, "999 B"), (1500, "1.5 kB"), (12_345_678, "12.3 MB"),
      (999_600, "1.0 MB"), (123_456_789, "123 MB"), (Int.max, "9223 PB"),
    ])
  func bytes(count: Int, expected: String) {
    #expect(Formatting.bytes(count) == expected)
  }

  @Test(
    "durations show their two largest units in both languages",
    arguments: [
      (0.0123, "0.012 s", "0.012초"), (0.35, "0.35 s", "0.35초"), (3.42, "3.4 s", "3.4초"),
      (9.97, "10 s", "10초"), (59.6, "1 min", "1분"), (72, "1 min 12 s", "1분 12초"),
      (3599.7, "1 h", "1시간"), (7500, "2 h 5 min", "2시간 5분"), (86_399, "1 d", "1일"),
      (97_200, "1 d 3 h", "1일 3시간"), (.infinity, "–", "–"), (-1, "–", "–"),
    ])
  func durations(seconds: Double, english: String, korean: String) {
    #expect(Formatting.duration(seconds) == Localized(english, korean: korean))
  }
}
