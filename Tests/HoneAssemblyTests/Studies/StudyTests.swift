import HoneConfiguration
import HoneData
import HoneRecords
import Testing

@testable import HoneAssembly

private let small = """
  model: {name: mlp, widths: [8]}
  data: {validation: 0.2, batchSize: 64}
  training: {epochs: 1, seed: 3}
  """

@Suite("studies of several runs") struct StudyTests {
  private func study(_ options: StudyOptions) throws -> LearningCurveStudy {
    let data = try Workbench.digits.get()
    let configuration = try Workbench.configuration(small)
    var split = try configuration.split(data, seed: 3)
    split.train = Array(split.train.prefix(200))
    split.validation = Array(split.validation.prefix(100))
    return LearningCurveStudy(configuration, data: data, split: split, options: options)
  }

  @Test("parts of the data are nested and keep the shares of classes")
  func nested() throws {
    let study = try study(StudyOptions())
    let (quarter, half) = (study.nested(0.25), study.nested(0.5))
    #expect(Set(quarter.train).isSubset(of: half.train))
    #expect(Set(half.train).isSubset(of: study.split.train))
    let labels = study.data.labels
    for label in Set(labels) {
      let (few, all) = (
        quarter.train.count { labels[$0] == label },
        study.split.train.count { labels[$0] == label }
      )
      #expect(abs(Double(few) - 0.25 * Double(all)) <= 1)
    }
    #expect(quarter.validation == study.split.validation)
  }

  @Test("a learning curve has three sizes and prices three ways on")
  func learningCurve() throws {
    var runs: [String] = []
    let record = try study(
      StudyOptions(seeds: 2, observe: { name, _, _ in runs.append(name) })
    ).run()
    #expect(record.points.map(\.share) == [0.25, 0.5, 1])
    #expect(record.points.allSatisfy { $0.errors.count == 2 && (0...1).contains($0.mean) })
    #expect(Set(record.options.map(\.kind)) == Set(LearningCurveRecord.Option.Kind.allCases))
    #expect(runs.count == 12)
    #expect(record.isOneLess)
  }

  @Test("a stop ends a study") func stops() throws {
    let study = try study(StudyOptions(stopRequested: { true }))
    #expect(throws: CancellationError.self) { try study.run() }
  }

  @Test("too few samples are refused") func tooFew() throws {
    var study = try study(StudyOptions())
    study = LearningCurveStudy(
      study.configuration, data: study.data,
      split: Split(train: Array(0..<40), validation: [50, 51], test: []))
    #expect(throws: ConfigurationError.self) { try study.run() }
  }

  @Test("a sweep orders models by size and names the smallest that will do")
  func capacity() throws {
    let base = try study(StudyOptions())
    let record = try CapacityStudy(
      base.configuration, data: base.data, split: base.split, options: StudyOptions(seeds: 2)
    ).run()
    #expect(record.points.count >= 4)
    #expect(record.points.map(\.parameters) == record.points.map(\.parameters).sorted(by: >))
    let best = record.points[record.best]
    #expect(record.points.allSatisfy { $0.loss >= best.loss })
    #expect(record.points[record.smallest].loss <= best.loss + best.standardError)
    #expect(record.smallest >= record.best)
  }

  @Test("a list of layers has no width to sweep, and that is said") func layers() throws {
    let base = try study(StudyOptions())
    let configuration = try Workbench.configuration(
      "model: {layers: [flatten, linear: {outputs: classes}]}")
    let sweep = CapacityStudy(configuration, data: base.data, split: base.split)
    #expect(throws: ConfigurationError.self) { try sweep.run() }
  }
}

@Suite("sizes of models") struct ScaledArchitectureTests {
  @Test("widths and blocks are multiplied")
  func scaled() {
    let mlp = ModelConfiguration.Architecture.mlp(widths: [64, 32])
    #expect(mlp.scaled(width: 2, depth: 1) == .mlp(widths: [128, 64]))
    #expect(mlp.scaled(width: 1, depth: 2) == .mlp(widths: [64, 32], repeats: 2))
    let residual = ModelConfiguration.Architecture.smallResnet(depth: 20, width: 16)
    #expect(residual.scaled(width: 0.5, depth: 2) == .smallResnet(depth: 38, width: 8))
  }

  @Test("what has no such knob, or would not change, is nil")
  func none() {
    #expect(ModelConfiguration.Architecture.leNet().scaled(width: 2, depth: 1) == nil)
    #expect(ModelConfiguration.Architecture.cnn().scaled(width: 1, depth: 2) == nil)
    #expect(ModelConfiguration.Architecture.mlp(widths: [8]).scaled(width: 1, depth: 0.5) == nil)
  }
}
