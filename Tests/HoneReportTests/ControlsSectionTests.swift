import HoneRecords
import HoneText
import Testing

@testable import HoneReport

@Suite struct ControlsSectionTests {
  private func record() -> ImprovementRecord {
    var record = SampleRecords.improvement()
    func experiment(_ name: String, _ delta: Double) -> ExperimentRecord {
      ExperimentRecord(
        remedy: name, change: [:], baselineMetric: 0.95, metric: 0.95 + delta, delta: delta,
        interval: [delta - 0.01, delta + 0.01], level: 0.95, seeds: 5, decision: .inconclusive,
        seconds: 3)
    }
    var random = experiment("random-search", 0.004)
    random.trials = 17
    record.controls = [experiment("same-again", -0.001), random]
    record.ablation = [experiment("batch-norm", 0.012)]
    var entry = ScreeningRecord(
      remedy: "wider", finding: .underfitCapacity, change: [:], round: 1, expectedGain: 0.1,
      priceSeconds: 2)
    entry.decision = .noGain
    record.screened = [entry]
    record.actions = [
      Remedy(
        id: "relabel", change: [:], effort: .manual,
        rationale: Localized("Look at labels.", korean: "라벨을 확인하십시오."))
    ]
    return record
  }

  private func page(_ record: ImprovementRecord, _ language: Language) -> String {
    Report(
      improvement: record, baseline: SampleRecords.baseline(), final: SampleRecords.final()
    ).html(language: language, plotlySource: nil)
  }

  @Test("shows other seeds, random search, what was left out, the race, and what is left to do")
  func shows() {
    let english = page(record(), .english)
    for text in [
      "Unchanged, other seeds", "Random search, 17 configurations", "left out", "no gain",
      "Look at labels.",
    ] { #expect(english.contains(text), "\(text)") }
    let korean = page(record(), .korean)
    for text in ["무작위 탐색, 구성 17개", "개선 없음", "라벨을 확인하십시오."] {
      #expect(korean.contains(text), "\(text)")
    }
  }

  @Test("says nothing of what older ledgers do not hold")
  func older() {
    let page = page(SampleRecords.improvement(), .english)
    #expect(!page.contains("What the remedies are held against"))
    #expect(!page.contains("What only you can do"))
  }
}
