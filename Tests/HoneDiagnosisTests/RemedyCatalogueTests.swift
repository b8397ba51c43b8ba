import HoneDiagnosis
import HoneRecords
import Testing

struct RemedyCatalogueTests {
  private var run: RunRecord { SyntheticRun().evidence().run }

  @Test("offers each remedy once, at least six, and none that the run already has")
  func general() {
    let remedies = RemedyCatalogue(for: run).general
    #expect(Set(remedies.map(\.id)).count == remedies.count)
    #expect(remedies.count >= 6)
    #expect(!remedies.contains { $0.id == "normalize-input" })
    var normalized = run
    normalized.configuration = "{}"
    #expect(RemedyCatalogue(for: normalized).general.contains { $0.id == "normalize-input" })
  }

  @Test("doubles the widths of the model that was run")
  func wider() {
    let wider = RemedyCatalogue(for: run).general.first { $0.id == "wider" }
    #expect(wider?.change == ["model.widths": [256, 128]])
  }

  @Test("takes the learning rate of the range test where there is one")
  func rangeTest() {
    var tested = run
    tested.preflight?.rangeTest = RangeTestRecord(
      learningRates: [], losses: [], suggestion: 0.02, verdict: .clear)
    let remedy = RemedyCatalogue(for: tested).remedies(for: .learningRateTooHigh).first
    #expect(remedy?.change == ["optimizer.learningRate": 0.02])
  }

  @Test("mirrors photographs and never digits")
  func flips() {
    func steps(_ run: RunRecord) -> ConfigurationValue? {
      RemedyCatalogue(for: run).general.first { $0.id == "augmentation" }?.change["augment"]
    }
    #expect(steps(run) == [["randomCrop": ["padding": 1]]])
    var photographs = run
    photographs.task.classes = ["cat", "dog"]
    photographs.task.sampleShape = [3, 32, 32]
    #expect(steps(photographs) == [["randomCrop": ["padding": 4]], "horizontalFlip"])
  }
}
