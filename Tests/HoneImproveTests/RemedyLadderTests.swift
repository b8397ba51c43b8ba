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

  @Test("what mends all is hoped as much of as of the worst, wherever that stands")
  func hope() throws {
    let minor: [(FindingName, [String])] = [(.splitLeakage, ["dropout"])]
    func expected(_ findings: [(FindingName, [String])]) throws -> Double {
      let rungs = try ladder(findings, room: 1).rungs
      return try #require(rungs.first { $0.remedy.id == "standard-recipe" }).expectedGain
    }
    #expect(try expected(minor + stuck) > 5 * expected(minor))
    #expect(try expected(minor + stuck) < expected(stuck))
  }

  @Test("a run too short to be judged is sped up where it has learned little, and only there")
  func little() throws {
    var run = try CoinSubject().baseline().run
    run.configuration = """
      {"data":{"batchSize":100},"model":{"layers":[{"linear":{"outputs":8}},\
      {"batchNorm":{"momentum":0.01}},"relu",{"linear":{"outputs":"classes"}}]},\
      "optimizer":{"kind":"sgd","learningRate":0.001}}
      """
    (run.epochs, run.task.trainSamples) = (2, 1000)
    let unclear = DiagnosisRecord(run: "a", verdict: .insufficientEvidence, findings: [])
    func first(_ hasLearnedLittle: Bool, _ count: Int) -> [String] {
      RemedyLadder(unclear, run: run, hasLearnedLittle: hasLearnedLittle) { _ in true }
        .rungs.prefix(count).map(\.remedy.id)
    }
    #expect(first(true, 4).contains("batch-norm-momentum"))
    #expect(Set(["higher-learning-rate", "usual-rate"]).isSubset(of: first(true, 5)))
    #expect(!first(false, 20).contains("higher-learning-rate"))
    run.epochs = 200
    #expect(!first(false, 20).contains("batch-norm-momentum"))
  }

  @Test("a healthy run is not trained ten times as long")
  func healthy() throws {
    let run = try CoinSubject().baseline().run
    let ladder = RemedyLadder(CoinSubject.healthy, run: run, room: 1000) { _ in true }
    #expect(!ladder.rungs.contains { $0.remedy.id.hasSuffix("ten-times-as-long") })
  }
}
