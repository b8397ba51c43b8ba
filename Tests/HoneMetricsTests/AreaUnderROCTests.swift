import HoneMetrics
import Testing

struct AreaUnderROCTests {
  @Test("counts the pairs in the right order, ties half")
  func pairs() {
    // Of four pairs two are right, one is tied, one is wrong.
    let area = areaUnderROC(
      scores: [0.9, 0.4, 0.4, 0.6], isPositive: [true, true, false, false])
    #expect(area == 0.625)
  }

  @Test("all scores equal tell nothing")
  func constant() {
    #expect(areaUnderROC(scores: [1, 1, 1], isPositive: [true, false, false]) == 0.5)
  }

  @Test("one kind alone has no area")
  func oneKind() {
    #expect(areaUnderROC(scores: [1, 2], isPositive: [true, true]) == nil)
    #expect(areaUnderROC(scores: [], isPositive: []) == nil)
    #expect(areaUnderROC(scores: [.nan, 1], isPositive: [true, false]) == nil)
  }
}
