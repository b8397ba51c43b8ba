import Foundation
import HoneRecords
import HoneStore
import Testing

@testable import HoneSearch

/// What Optuna says of the fixture; written by Tools/golden/optuna_study.py.
private struct Golden: Decodable {
  struct Study: Decodable {
    struct Trial: Decodable {
      let number: Int
      let state: String
      let values: [Double]
      let constraints: [Double]
      let parameters: [String: ConfigurationValue]
      let seconds: Double?
    }

    let name: String
    let best: [Int]
    let trials: [Trial]
  }

  let studies: [Study]
}

@Suite("Studies of Optuna's")
struct OptunaInterchangeTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "HoneStoreTests")

  private func fixture() throws -> [StudyRecord] {
    try OptunaFile(path: Self.folder.appending(path: "Fixtures/optuna.db").path).studies()
      .map { try StudyRecord($0) }
  }

  private func golden() throws -> [Golden.Study] {
    let data = try Data(contentsOf: Self.folder.appending(path: "Golden/optuna-study.json"))
    return try CanonicalJSON.decode(Golden.self, from: data).studies
  }

  @Test("a study of Optuna's means here what it means there")
  func meaning() throws {
    for (study, expected) in zip(try fixture(), try golden()) {
      #expect(study.name == expected.name && study.trials.count == expected.trials.count)
      #expect(study.objectives.count == 1 || study.paretoFront.map(\.number) == expected.best)
      if study.objectives.count == 1 { #expect(try study.best().number == expected.best[0]) }
      for (trial, there) in zip(study.trials, expected.trials) {
        guard there.state != "WAITING" else { continue }
        #expect(trial.parameters.keys.sorted() == there.parameters.keys.sorted())
        for (name, value) in there.parameters where name != "mixed" {
          #expect(trial.parameters[name]?.number == HyperparameterValue(value)?.number)
          if case .string(let text) = value { #expect(trial.parameters[name] == .text(text)) }
        }
        #expect(trial.constraints == there.constraints)
        if trial.state == .completed { #expect(trial.values == there.values) }
      }
    }
  }

  @Test("ranges that changed are merged, mixed choices become texts, endings keep their reason")
  func details() throws {
    let studies = try fixture()
    let study = studies[1]
    #expect(studies[0].objectives.map(\.name) == ["loss", "accuracy"] && studies[0].isDeclared)
    #expect(
      study.space.parameter("rate")?.distribution
        == .float(low: 1e-6, high: 1e-1, scale: .log))
    #expect(
      study.space.parameter("layers")?.distribution == .integer(low: 1, high: 9, step: 2))
    #expect(
      study.space.parameter("mixed")?.distribution == .choice(["a", "None", "true", "2.5"]))
    #expect(study.trials[5].parameters["mixed"] == "None")
    // Trials differ in their parameters.
    #expect(!study.isDeclared)
    #expect(
      study.trials.map(\.state) == [
        .completed, .completed, .pruned, .failed, .failed, .completed, .failed, .waiting,
      ])
    #expect(
      study.trials.map(\.failure) == [
        nil, nil, nil, .userError, .diverged, nil, .workerLost, nil,
      ])
    #expect(study.trials[7].parameters == ["rate": 0.02, "layers": 5])
    #expect(study.trials[2].reports.map(\.step) == [0, 1, 3])
    #expect(try Study.verify(study, sampler: .random) == 0)
    // It can be read like any other.
    #expect(study.history.map(\.best) == [0.25, 0.25])
  }

  @Test("a study of Hone's comes back from Optuna's tables as it went, but for what it could see")
  func roundTrip() throws {
    let study = try Study(
      "mine",
      space: SearchSpace([
        .float("rate", 1e-4...1, scale: .log), .float("momentum", 0.5...0.99, scale: .logit),
        .integer("width", 16...256, scale: .log, step: 16), .choice("kind", ["a", "b"]),
        .bool("bias"), .fixed("depth", 3), .float("beta", 0...1).when("kind", is: "b"),
      ]), objectives: [.maximize("accuracy")], sampler: .random, pruner: .median,
      budget: .trials(12), seed: 9)
    try study.run { trial in
      trial.note(run: "run-\(trial.number)")
      if trial.number == 5 { throw TrialFailed(.outOfMemory, "It was too large.") }
      if trial.number == 6 { trial.constrain([1.5, -1]) }
      _ = trial.report(trial["rate"], step: 1)
      return trial["rate"]
    }
    let record = study.record
    let path = FileManager.default.temporaryDirectory.path + "/mine-\(UUID().uuidString).db"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try OptunaFile(path: path).add(record.optuna)
    let again = try StudyRecord(OptunaFile(path: path).studies()[0])
    #expect(again.space == record.space && again.seed == 9 && again.pruner == record.pruner)
    #expect(again.objectives == record.objectives && again.order == record.order)
    for (was, now) in zip(record.trials, again.trials) {
      #expect(now.parameters == was.parameters && now.values == was.values)
      #expect(now.state == was.state && now.failure == was.failure && now.note == was.note)
      #expect(now.run == was.run && now.reports == was.reports)
      #expect(now.constraints == was.constraints)
    }
  }

  @Test("values outside a range that was narrowed since are inside Optuna's")
  func widened() throws {
    var record = try Study(
      "narrow", space: SearchSpace([.integer("n", 4...8), .float("x", 0...1, step: 0.5)]),
      objectives: [.minimize("v")], sampler: .random, budget: .trials(1)
    ).record
    var trial = TrialRecord(number: 0, state: .completed)
    trial.parameters = ["n": 16, "x": 2, "gone": "old"]
    trial.values = [1]
    record.trials = [trial]
    record.order = [0]
    let parameters = record.optuna.trials[0].parameters
    #expect(parameters.map(\.name) == ["gone", "n", "x"] && parameters.map(\.value) == [0, 16, 2])
    #expect(parameters[0].distribution.contains(#""choices":["old"]"#))
    #expect(parameters[1].distribution.contains(#""high":16"#))
    #expect(parameters[2].distribution.contains(#""step":null"#))
  }

  @Test("ranges of Optuna before 3.0 are understood, and nonsense is refused")
  func earlier() throws {
    func range(_ json: String) -> Distribution? { OptunaDistribution(json: json)?.distribution }
    #expect(
      range(#"{"name": "LogUniformDistribution", "attributes": {"low": 0.1, "high": 1.0}}"#)
        == .float(low: 0.1, high: 1, scale: .log))
    #expect(
      range(
        #"{"name": "DiscreteUniformDistribution", "attributes": {"low": 0, "high": 1.0, "q": 0.5}}"#
      )
        == .float(low: 0, high: 1, step: 0.5))
    #expect(
      range(#"{"name": "IntUniformDistribution", "attributes": {"low": 1, "high": 9, "step": 4}}"#)
        == .integer(low: 1, high: 9, step: 4))
    #expect(range(#"{"name": "Other", "attributes": {"low": 1, "high": 9}}"#) == nil)
    #expect(range("nonsense") == nil)
    var study = OptunaStudy(name: "s", directions: [.minimize])
    var trial = OptunaTrial(number: 0, state: .complete)
    trial.parameters = [.init(name: "x", value: 1, distribution: "nonsense")]
    study.trials = [trial]
    #expect(throws: SearchError.self) { try StudyRecord(study) }
  }
}
