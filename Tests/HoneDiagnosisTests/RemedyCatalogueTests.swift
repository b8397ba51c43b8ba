import HoneDiagnosis
import HoneRecords
import HoneText
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

  @Test("tries thirty times a rate that hardly moved, up to half of what diverged")
  func farHigherRate() {
    func rate(_ run: RunRecord) -> ConfigurationValue? {
      RemedyCatalogue(for: run).remedies(for: .learningRateTooLow)
        .first { $0.id == "far-higher-learning-rate" }?.change["optimizer.learningRate"]
    }
    #expect(rate(run) == .number(0.03))
    var tested = run
    func test(suggestion: Double?, divergence: Double?) {
      tested.preflight?.rangeTest = RangeTestRecord(
        learningRates: [], losses: [], suggestion: suggestion, divergence: divergence,
        verdict: .ambiguous)
    }
    test(suggestion: nil, divergence: 0.02)
    #expect(rate(tested) == .number(0.01))
    // Three times the rate, which another remedy tries, is already the limit here.
    test(suggestion: nil, divergence: 0.005)
    #expect(rate(tested) == nil)
    test(suggestion: 0.02, divergence: nil)
    #expect(rate(tested) == nil)
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

  @Test("offers something for every finding, in both languages")
  func everyFinding() {
    var written = run
    written.configuration = Self.writtenLayers
    var photographs = run
    photographs.configuration = "{}"
    var normed = run
    normed.configuration =
      "{\"model\":{\"name\":\"mlp\",\"normalization\":\"batchNorm\",\"dropout\":0.5}}"
    for finding in FindingName.allCases {
      let remedies = [run, written, photographs, normed].flatMap {
        RemedyCatalogue(for: $0).remedies(for: finding)
      }
      #expect(!remedies.isEmpty, "\(finding)")
      for remedy in remedies {
        #expect(!remedy.rationale.english.isEmpty && !remedy.rationale.korean.isEmpty)
        #expect((remedy.effort == .manual) == remedy.change.isEmpty)
      }
    }
  }

  @Test("mends written layers: rectifiers, their initialization, raw outputs")
  func writtenLayers() throws {
    var written = run
    written.configuration = Self.writtenLayers
    let catalogue = RemedyCatalogue(for: written)
    let relu = try #require(catalogue.remedies(for: .vanishingGradient).first)
    #expect(relu.id == "relu-initialization")
    #expect(
      relu.change["model.layers"] == [
        ["linear": ["outputs": 8, "initializer": nil]], "relu",
        ["linear": ["outputs": "classes", "initializer": nil]], "softmax",
      ])
    let raw = try #require(catalogue.remedies(for: .lossActivationMismatch).first)
    #expect(raw.change["loss"] == "auto")
    let recipe = try #require(catalogue.remedy("standard-recipe"))
    #expect(recipe.change.keys.contains("model.layers"))
    #expect(recipe.change["model.initializer"] == ["kind": "kaimingUniform"])
  }

  @Test("running averages that still hold what they began with are noticed, and hastened")
  func runningAverages() throws {
    var slow = run
    slow.configuration = """
      {"data":{"batchSize":64},"model":{"layers":[{"linear":{"outputs":8}},\
      {"batchNorm":{"momentum":0.01}},"relu",{"linear":{"outputs":"classes"}}]}}
      """
    slow.task.trainSamples = 1600
    slow.epochs = 4
    // After 100 steps 0.99^100 of the beginning is left: 37 %; after 475 steps 0.8 %.
    #expect(RemedyCatalogue(for: slow).runningAveragesLag)
    let remedy = try #require(
      RemedyCatalogue(for: slow).remedies(for: .trainEvalInconsistency).first)
    #expect(remedy.id == "batch-norm-momentum")
    #expect(
      remedy.change["model.layers"] == [
        ["linear": ["outputs": 8]], ["batchNorm": ["momentum": 0.1]], "relu",
        ["linear": ["outputs": "classes"]],
      ])
    slow.epochs = 19
    #expect(!RemedyCatalogue(for: slow).runningAveragesLag)
    slow.configuration = slow.configuration.replacing("0.01", with: "0.1")
    #expect(RemedyCatalogue(for: slow).remedy("batch-norm-momentum") == nil)
  }

  @Test("a rate of zero or less is replaced by the usual one, a rate far off can be")
  func usualRate() {
    var uphill = run
    uphill.configuration = "{\"optimizer\":{\"kind\":\"sgd\",\"learningRate\":-3}}"
    let catalogue = RemedyCatalogue(for: uphill)
    #expect(catalogue.remedies(for: .gradientFlow).first?.id == "descend")
    #expect(
      catalogue.remedies(for: .gradientFlow).first?.change == ["optimizer.learningRate": 0.05])
    uphill.configuration = "{\"optimizer\":{\"kind\":\"sgd\",\"learningRate\":3}}"
    #expect(RemedyCatalogue(for: uphill).remedy("usual-rate") != nil)
    uphill.configuration = "{\"optimizer\":{\"kind\":\"sgd\",\"learningRate\":0.03}}"
    #expect(RemedyCatalogue(for: uphill).remedy("usual-rate") == nil)
  }

  @Test("curves are advised what suits the optimizer that they tell")
  func optimizerOfCurves() throws {
    func advised(_ id: String, _ field: String, rate: Double = 20) throws -> Remedy? {
      let text = """
        {"kind":"run","loss":"crossEntropy"\(field)}
        {"kind":"epoch","epoch":1,"trainLoss":2.3,"learningRate":\(rate)}
        """
      return RemedyCatalogue(for: try RunLog.read(text: text, name: "run.jsonl").run).remedy(id)
    }
    let (sgd, adamW) = (",\"optimizer\":\"SGD\"", ",\"optimizer\":\"AdamW\"")
    #expect(try advised("usual-rate", "") == nil)
    #expect(try advised("usual-rate", sgd)?.change == ["optimizer.learningRate": 0.05])
    #expect(try advised("optimizer", sgd, rate: 1e-3) != nil)
    #expect(try advised("optimizer", adamW, rate: 1e-3) == nil)
  }

  private static let writtenLayers = """
    {"data":{"batchSize":64,"normalize":"none"},"loss":{"kind":"meanSquaredError"},"model":\
    {"freeze":"backbone","layers":[{"linear":{"initializer":{"kind":"zeros"},"outputs":8}},\
    "sigmoid",{"linear":{"initializer":null,"outputs":"classes"}},"softmax"],"lsuv":false},\
    "optimizer":{"kind":"sgd","learningRate":3},"augment":[{"randomCrop":{"padding":4}}]}
    """
}
