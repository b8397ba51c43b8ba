import HoneDiagnosis
import HoneRecords
import HoneReport
import HoneText
import Testing

@Suite("how single samples were learned, in a report") struct DynamicsSectionTests {
  private var evidence: RunEvidence {
    var evidence = SampleRecords.final()
    var sample = TrainingDynamicsRecord.Sample(
      name: "digits:17", label: "3", loss: 2.5, lossSpread: 0.4)
    sample.confidence = 0.1
    sample.variability = 0.05
    sample.correctness = 0
    sample.margin = -1.5
    sample.forgettings = 2
    var record = TrainingDynamicsRecord(
      epochs: 9, samples: 40, hardest: [sample], mostVariable: [sample])
    record.map = [[1, 0], [3, 36]]
    record.neverLearned = 1
    record.forgotten = 4
    evidence.run.dynamics = record
    for index in evidence.epochs.indices {
      evidence.epochs[index].trainLossQuantiles = [0.01, 0.1, 0.2, 0.4, 2]
    }
    return evidence
  }

  private func page(_ evidence: RunEvidence, _ language: Language) -> String {
    Report(run: evidence, diagnosis: Diagnostician().diagnose(evidence))
      .html(language: language, plotlySource: "window.Plotly = {react() {}};")
  }

  @Test("losses, data map and the samples to look at are there")
  func pictures() {
    let page = page(evidence, .english)
    #expect(page.contains("id=\"chart-sample-losses\""))
    #expect(page.contains("id=\"chart-data-map\""))
    #expect(page.contains("digits:17"))
    #expect(page.contains("1 were never answered rightly, 4 were forgotten once at least."))
  }

  @Test("the Korean page says it in Korean")
  func korean() {
    let page = page(evidence, .korean)
    #expect(page.contains("표본별 학습 과정"))
    #expect(!page.contains("How single samples were learned"))
  }

  @Test("regression has no map, and an older run no such section")
  func parts() {
    var regression = evidence
    regression.run.dynamics?.map = nil
    #expect(!page(regression, .english).contains("chart-data-map"))
    #expect(!page(SampleRecords.final(), .english).contains("How single samples"))
  }
}
