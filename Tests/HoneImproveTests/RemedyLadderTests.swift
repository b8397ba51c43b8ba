import HoneConfiguration
import HoneDiagnosis
import HoneRecords
import HoneText
import Testing

@testable import HoneImprove

struct RemedyLadderTests {
  private func finding(_ id: FindingName, _ remedies: [String], of catalogue: RemedyCatalogue)
    -> Finding
  {
    Finding(
      id: id, severity: .critical, confidence: 0.9, evidence: [],
      remedies: remedies.compactMap { catalogue.remedy($0) },
      message: Localized("found", korean: "발견"))
  }

  private func ladder(
    _ findings: [(FindingName, [String])], room: Double
  ) throws -> RemedyLadder {
    let run = try CoinSubject().baseline().run
    let catalogue = RemedyCatalogue(for: run)
    let diagnosis = DiagnosisRecord(
      run: "a", verdict: .problems,
      findings: findings.map { finding($0.0, $0.1, of: catalogue) })
    return RemedyLadder(diagnosis, run: run, room: room) { _ in true }
  }

  private let stuck: [(FindingName, [String])] = [
    (.learningRateTooLow, ["far-higher-learning-rate"]), (.notLearning, ["batch-norm"]),
  ]

  @Test("what mends all problems is one remedy, raced with much time ten times as long too")
  func long() throws {
    let short = try ladder(stuck, room: RemedyLadder.roomForLong - 1)
    #expect(!short.rungs.contains { $0.remedy.id.hasSuffix("ten-times-as-long") })
    let together = try #require(short.rungs.first { $0.remedy.id.contains("+") })
    let roomy = try ladder(stuck, room: RemedyLadder.roomForLong)
    let long = try #require(roomy.rungs.first { $0.remedy.id.hasSuffix("ten-times-as-long") })
    #expect(long.remedy.id == together.remedy.id + "+ten-times-as-long")
    #expect(long.remedy.effort == .long)
    #expect(long.price > 9 * together.price)
    var change = together.remedy.change
    change["training.epochs"] = long.remedy.change["training.epochs"]
    #expect(long.remedy.change == change)
  }

  @Test("the long one is in the race however many others are worth more")
  func crowded() throws {
    let many =
      (0..<4).map { _ in stuck }.joined() + [
        (
          .underfitCapacity,
          [
            "wider", "optimizer", "dropout", "learning-rate", "gradient-clip", "averaging",
            "warm-up", "cosine-schedule", "label-smoothing", "usual-rate", "initialization",
            "smaller-batch", "larger-batch", "leaky-activation",
          ]
        )
      ]
    let rungs = try ladder(Array(many), room: 1000).rungs
    #expect(rungs.count <= RemedyLadder.most + 1)
    #expect(rungs.contains { $0.remedy.id.hasSuffix("ten-times-as-long") })
  }

  @Test("a healthy run is not trained ten times as long")
  func healthy() throws {
    let run = try CoinSubject().baseline().run
    let ladder = RemedyLadder(CoinSubject.healthy, run: run, room: 1000) { _ in true }
    #expect(!ladder.rungs.contains { $0.remedy.id.hasSuffix("ten-times-as-long") })
  }
}
