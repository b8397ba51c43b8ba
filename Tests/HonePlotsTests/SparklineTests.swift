import HonePlots
import Testing

struct SparklineTests {
  @Test("spans the lowest to the highest block")
  func span() {
    #expect(Sparkline([0, 1, 2, 3, 4, 5, 6, 7]).text == "▁▂▃▄▅▆▇█")
  }

  @Test("leaves a gap where a value is not finite, and a flat line for equal values")
  func gaps() {
    #expect(Sparkline([1, .nan, 3]).text == "▁ █")
    #expect(Sparkline([2, 2]).text == "▅▅")
    #expect(Sparkline([]).text.isEmpty)
  }

  @Test("averages long curves into the width")
  func width() {
    #expect(Sparkline((0..<1000).map(Double.init), width: 8).text == "▁▂▃▄▅▆▇█")
  }
}
