import Foundation
import HonePlots
import HoneRecords
import Testing

struct FigureTests {
  private func evidence(_ epochs: [EpochRecord]) -> RunEvidence {
    var run = RunRecord(
      id: "r", name: "r", created: Date(timeIntervalSince1970: 0), seed: 0, device: "cpu",
      precision: "fp32", threads: 1, parameters: 1, configuration: "{}", dataSource: "d",
      dataFingerprint: "",
      task: TaskRecord(
        kind: .multiclass, input: .table, sampleShape: [1], classes: ["a", "b"],
        classCounts: [3, 4], trainSamples: 7, validationSamples: 2, testSamples: 2),
      metric: "accuracy", metricIsBetterWhenLarger: true, command: [],
      environment: EnvironmentRecord(hone: "", system: "", processor: "", cores: 1))
    run.best = epochs.last
    return RunEvidence(run: run, epochs: epochs, steps: [])
  }

  private func epoch(_ number: Int, loss: Double, error: Double? = 0.1) -> EpochRecord {
    EpochRecord(
      epoch: number, step: number, trainLoss: loss, trainEvaluationLoss: loss * 0.9,
      validationLoss: loss * 1.1, validationLossError: error, learningRate: 0.1)
  }

  @Test("curves hold training, evaluated training, validation with its band, and the kept epoch")
  func curves() {
    let figure = Figure.learningCurves(
      evidence([epoch(1, loss: 2), epoch(2, loss: 1)]), of: .loss)
    #expect(
      figure.data.compactMap(\.name) == [
        "Training (with dropout and augmentation)", "Training", "Validation", "kept epoch",
      ])
    #expect(figure.data[0].fill == "toself")
    #expect(figure.data[0].x == .numbers([1, 2, 2, 1]))
    #expect(figure.data[3].y == .numbers([2.2, 1.1]))
  }

  @Test("a schedule is the rate over the epochs")
  func schedule() {
    let figure = Figure.schedule([
      .init(step: 0, epoch: 0, learningRate: 0.1), .init(step: 9, epoch: 1.5, learningRate: 0.01),
    ])
    #expect(figure.data[0].x == .numbers([0, 1.5]))
    #expect(figure.data[0].y == .numbers([0.1, 0.01]))
  }

  @Test("curves without errors have no band")
  func noBand() {
    let figure = Figure.learningCurves(
      evidence([epoch(1, loss: 2, error: nil), epoch(2, loss: 1, error: nil)]), of: .loss)
    #expect(!figure.data.contains { $0.fill != nil })
  }

  @Test("a loss that is not a number is a gap in the JSON")
  func gaps() {
    let json = Figure.learningCurves(evidence([epoch(1, loss: .nan)]), of: .loss).json
    #expect(json.contains("[null]"))
    #expect(!json.lowercased().contains("nan"))
  }

  @Test("names cannot end the script element they stand in")
  func escaping() {
    let json = Figure.confusionMatrix([[1]], classes: ["</script><b>"]).json
    #expect(!json.contains("<"))
    #expect(json.contains("\\u003c/script>"))
  }

  @Test("the forest plot keeps one row for each experiment, in order, with both arms")
  func forest() throws {
    func experiment(
      _ remedy: String, _ delta: Double, _ decision: ExperimentRecord.Decision
    ) -> ExperimentRecord {
      ExperimentRecord(
        remedy: remedy, change: [:], baselineMetric: 0.9, metric: 0.9 + delta, delta: delta,
        interval: [delta - 0.01, delta + 0.03], level: 0.95, seeds: 5, decision: decision,
        seconds: 1)
    }
    let figure = Figure.forest([
      experiment("dropout", 0.02, .kept), experiment("wider", -0.02, .rejected),
      experiment("dropout", 0, .inconclusive),
    ])
    #expect(figure.layout.yaxis.categoryarray == ["dropout", "wider", "dropout (2)"])
    let bars = try #require(figure.data.first?.errorX)
    #expect(abs(bars.array[0] - 0.03) < 1e-12 && abs(bars.arrayminus[0] - 0.01) < 1e-12)
    #expect(Set(figure.data.compactMap(\.marker?.symbol)).count == 3)
  }

  @Test("the confusion matrix colours by share of the row and shows counts")
  func confusion() {
    let figure = Figure.confusionMatrix([[3, 1], [0, 0]], classes: ["a", "b"])
    #expect(figure.data[0].z == [[0.75, 0.25], [0, 0]])
    #expect(figure.data[0].cellText == [["3", "1"], ["0", "0"]])
  }

  @Test("the range test marks suggestion and divergence on a logarithmic axis")
  func rangeTest() {
    let record = RangeTestRecord(
      learningRates: [1e-4, 1e-2, 1], losses: [2, 1, .infinity], suggestion: 1e-2,
      divergence: 0.5, verdict: .clear)
    let figure = Figure.rangeTest(record)
    #expect(figure.layout.xaxis.type == "log")
    #expect(figure.layout.shapes?.map(\.x0) == [1e-2, 0.5])
    #expect(figure.layout.annotations?.first?.x == -2)
  }

  @Test("every figure survives its own JSON")
  func coding() throws {
    let run = evidence([epoch(1, loss: 2), epoch(2, loss: 1)])
    let bins = [CalibrationBin(samples: 10, confidence: 0.9, accuracy: 0.8)]
    let figures = [
      Figure.learningCurves(run, of: .loss), .comparison(baseline: run, final: run, of: .loss),
      .learningRateSchedule(run), .classBalance(run.run.task), .reliability(bins),
      .confusionMatrix([[1, 0], [0, 1]], classes: ["a", "b"]),
    ]
    for figure in figures {
      #expect(try JSONDecoder().decode(Figure.self, from: Data(figure.json.utf8)) == figure)
    }
  }

  @Test("themes differ in their colours of text alone, not in background")
  func themes() {
    let light = FigureTheme.light(fontFamily: "sans-serif")
    let dark = FigureTheme.dark(fontFamily: "sans-serif")
    #expect(light.layout.font.color != dark.layout.font.color)
    #expect(light.json.contains("\"paper_bgcolor\":\"rgba(0,0,0,0)\""))
  }
}
