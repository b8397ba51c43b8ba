import HoneDiagnosis
import HoneRecords
import HoneReport
import HoneText
import Testing

@Suite("what is measured on demand, in a report") struct ProbesSectionTests {
  private var evidence: RunEvidence {
    var evidence = SampleRecords.final()
    var probes = ProbeRecord()
    probes.learningCurve = LearningCurveRecord(
      metric: "accuracy", isOneLess: true,
      points: [0.25, 0.5, 1].map { share in
        .init(
          share: share, samples: Int(1000 * share), errors: [0.1, 0.12], mean: 0.11,
          standardError: 0.01, seconds: 2)
      },
      options: [
        .init(
          kind: .moreData, change: "1000 more training samples", gain: 0.02,
          interval: [0.01, 0.03],
          seconds: 4, newSamples: 1000)
      ],
      conclusion: Localized("More data pay best.", korean: "데이터를 늘리는 것이 가장 낫습니다."), seconds: 12)
    probes.capacity = CapacityRecord(
      points: [(2.0, 4000, 0.30), (1.0, 1000, 0.31), (0.5, 300, 0.6)].map { width, count, loss in
        .init(
          width: width, depth: 1, parameters: count, losses: [loss], loss: loss,
          standardError: 0.02, metric: 0.9, seconds: 1)
      }, seconds: 3)
    var view = DropoutView(number: 1, layer: "layers.0", probability: 0.5)
    view.bins = [0, 1]
    view.sharesBefore = [0.5, 0.5]
    view.sharesInverted = [0.75, 0.25]
    view.sharesClassic = [0.75, 0.25]
    probes.dropouts = [view]
    probes.landscape = LandscapeSlice(
      distances: [-1, 0, 1], train: [2, 1, 2], validation: [3, 1, 3], samples: 256)
    evidence.run.probes = probes
    evidence.run.layerSamples = [1, 9].map { step in
      LayerSample(
        step: step, epoch: 1,
        layers: ["first", "second"].map { path in
          var state = LayerState(path: path)
          state.gradient = 1e-3
          state.outputSpread = 1
          return state
        })
    }
    return evidence
  }

  private func page(_ language: Language) -> String {
    Report(run: evidence, diagnosis: Diagnostician().diagnose(evidence))
      .html(language: language, plotlySource: "window.Plotly = {react() {}};")
  }

  @Test("each measurement has its picture, and the error its parts")
  func pictures() {
    let page = page(.english)
    for id in [
      "chart-budget", "chart-data", "chart-capacity", "chart-dropout-1", "chart-landscape",
      "chart-gradients", "chart-signals",
    ] {
      #expect(page.contains("id=\"\(id)\""), "\(id)")
    }
    #expect(page.contains("More data pay best."))
    #expect(page.contains("has 1,000 parameters"))
    #expect(page.contains("Where the error comes from"))
  }

  @Test("the Korean page says it in Korean")
  func korean() {
    let page = page(.korean)
    #expect(page.contains("오차의 내역"))
    #expect(page.contains("데이터를 늘리는 것이 가장 낫습니다."))
    #expect(!page.contains("Measured on demand"))
  }

  @Test("the smallest model within one standard error of the best is chosen")
  func sufficient() throws {
    let sweep = try #require(evidence.run.probes?.capacity)
    #expect(sweep.best == 0)
    #expect(sweep.points[sweep.smallest].parameters == 1000)
  }

  @Test("a newer measurement replaces an older one of its kind and no other")
  func merging() {
    var older = ProbeRecord()
    older.landscape = LandscapeSlice(distances: [0], train: [1], validation: [], samples: 1)
    older.dropouts = []
    var newer = ProbeRecord()
    newer.landscape = LandscapeSlice(distances: [0], train: [2], validation: [], samples: 1)
    let merged = older.merging(newer)
    #expect(merged.landscape?.train == [2])
    #expect(merged.dropouts == [])
  }
}
