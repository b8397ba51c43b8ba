import HoneMetrics
import HoneNumerics
import Testing

struct RankedScoresTests {
  @Test("counts the pairs in the right order, ties half")
  func pairs() {
    // Of four pairs two are right, one is tied, one is wrong.
    let area = areaUnderROC(
      scores: [0.9, 0.4, 0.4, 0.6], isPositive: [true, true, false, false])
    #expect(area == 0.625)
  }

  @Test("all scores equal tell nothing")
  func constant() {
    let ranked = RankedScores(scores: [1, 1, 1, 1], isPositive: [true, false, false, false])
    #expect(ranked?.areaUnderROC == 0.5)
    #expect(ranked?.averagePrecision == 0.25)
  }

  @Test("one kind alone has no area")
  func oneKind() {
    let positives = RankedScores(scores: [1, 2], isPositive: [true, true])
    #expect(positives?.areaUnderROC == nil)
    #expect(positives?.averagePrecision == 1)
    let negatives = RankedScores(scores: [1, 2], isPositive: [false, false])
    #expect(negatives?.averagePrecision == nil)
    #expect(areaUnderROC(scores: [], isPositive: []) == nil)
    #expect(RankedScores(scores: [.nan, 1], isPositive: [true, false]) == nil)
  }

  @Test("the curve begins with nothing positive, ends with everything and never turns back")
  func points() throws {
    var stream = RandomStream(seed: 3, "scores")
    let scores = (0..<200).map { _ in Float(stream.index(below: 50)) / 50 }
    let labels = (0..<200).map { _ in stream.index(below: 3) == 0 }
    let points = try #require(RankedScores(scores: scores, isPositive: labels)).points
    #expect(points.first?.truePositives == 0)
    #expect(points.last?.truePositives == labels.count { $0 })
    #expect(points.last?.falsePositives == labels.count { !$0 })
    #expect(points.count == Set(scores).count + 1)
    for (before, after) in zip(points, points.dropFirst()) {
      #expect(before.threshold > after.threshold)
      #expect(before.truePositives <= after.truePositives)
    }
  }
}
