import Foundation
import HoneRecords
import HoneStore
import Testing

@Suite("hone search, as a user runs it")
struct SearchTests {
  private let short = [
    "search", "digits", "--model", "mlp", "--epochs", "1", "--threads", "1", "--tune",
    "learningRate,dropout", "--study", "first", "--json",
  ]

  @Test("every trial is a run in the store, and the same command goes on")
  func whole() throws {
    let command = try BuiltCommand()
    let ended = try command.hone(short + ["--trials", "3"])
    #expect(ended.status == 0, "\(ended.errors)")
    let json = try ended.json()
    #expect(json["study"] as? String == "first" && json["trials"] as? Int == 3)
    #expect((json["states"] as? [String: Int])?["completed"] == 3)
    let best = try #require(json["best"] as? [String: Any])
    let parameters = try #require(best["parameters"] as? [String: Double])
    #expect(parameters.keys.sorted() == ["model.dropout", "optimizer.learningRate"])
    let store = try command.store()
    let run = try store.run(#require(best["run"] as? String))
    #expect(run.parent == "first" && run.status == .completed && run.test == nil)
    let loss = try #require(run.best?.validationLoss)
    #expect(abs(try #require(best["value"] as? Double) - loss) < 1e-12)
    #expect(try command.files(of: run) == ["model.safetensors"])
    // The samples are the same in all trials: one measures their neighbours.
    var filter = RunFilter()
    filter.includesChildren = true
    let trials = try store.listings(matching: filter).filter { $0.parent == "first" }
    let neighbours = try trials.map { try store.run($0.id).preflight?.neighbours }
    #expect(neighbours.count == 3 && neighbours.allSatisfy { $0 != nil && $0 == neighbours[0] })

    let more = try command.hone(short + ["--trials", "4"])
    #expect(more.status == 0, "\(more.errors)")
    #expect(try more.json()["trials"] as? Int == 4)
    #expect(more.errors.contains("goes on after 3 trials"))
    #expect(try store.listings(matching: filter).filter { $0.parent == "first" }.count == 4)
    let verified = try command.hone("studies", "verify", "first", "--json")
    #expect(try verified.json()["verified"] as? Int == 4)
    let other = try command.hone(short + ["--trials", "5", "--batch-size", "32"])
    #expect(other.status == 78 && other.errors.contains("data.batchSize"))
  }

  @Test(
    "a trial's value is that of the epoch that the objective finds best, and so are its weights",
    arguments: ["metric", "loss"])
  func bestEpochByObjective(_ objective: String) throws {
    let command = try BuiltCommand()
    // At such a rate the loss is best long before the accuracy is.
    let ended = try command.hone(
      "search", "digits", "--model", "mlp", "--epochs", "8", "--threads", "1", "--trials", "2",
      "--tune", "dropout", "--objective", objective, "--set", "optimizer.learningRate=0.05",
      "--study", "first", "--json")
    #expect(ended.status == 0, "\(ended.errors)")
    let best = try #require(ended.json()["best"] as? [String: Any])
    let store = try command.store()
    let id = try #require(best["run"] as? String)
    let epochs = try store.evidence(id).epochs
    let kept = try #require(store.run(id).best)
    let value = try #require(best["value"] as? Double)
    let found = objective == "loss" ? kept.validationLoss : kept.validationMetric
    let wanted =
      objective == "loss"
      ? epochs.compactMap(\.validationLoss).min() : epochs.compactMap(\.validationMetric).max()
    #expect(try abs(value - #require(wanted)) < 1e-12)
    #expect(found == wanted)
  }

  @Test("trials that are trained together have the values that they have alone")
  func stacked() throws {
    let command = try BuiltCommand()
    let common = [
      "search", "digits", "--model", "mlp", "--epochs", "2", "--threads", "1", "--sampler",
      "random", "--tune", "learningRate,dropout,activation", "--trials", "6", "--batch", "6",
      "--json",
    ]
    let alone = try command.hone(common + ["--study", "alone"])
    #expect(alone.status == 0, "\(alone.errors)")
    let together = try command.hone(common + ["--study", "together", "--stack", "6"])
    #expect(together.status == 0, "\(together.errors)")
    let store = try command.store()
    func losses(_ study: String) throws -> [String: Double] {
      var filter = RunFilter()
      filter.includesChildren = true
      let runs = try store.runs(matching: filter).filter { $0.parent == study }
      #expect(runs.allSatisfy { $0.status == .completed })
      return Dictionary(
        uniqueKeysWithValues: runs.map { run in
          (run.name.replacingOccurrences(of: study, with: ""), run.best?.validationLoss ?? .nan)
        })
    }
    let (one, all) = (try losses("alone"), try losses("together"))
    #expect(one.count == 6 && Set(one.keys) == Set(all.keys))
    for (name, loss) in one {
      #expect(abs(loss - (all[name] ?? .nan)) < 1e-3 * loss, "\(name)")
    }
    let other = try command.hone(common + ["--study", "together", "--stack", "2"])
    #expect(other.status == 78 && other.errors.contains("stack"), "\(other.errors)")
  }

  @Test("the size of stacks is measured once, and kept") func measuredStack() throws {
    let command = try BuiltCommand()
    let first = try command.hone(short + ["--trials", "2", "--stack", "auto"])
    #expect(first.status == 0, "\(first.errors)")
    let line = first.errors.contains("trained together")
    #expect(line || first.errors.contains("one after another"), "\(first.errors)")
    let second = try command.hone(short + ["--trials", "3", "--stack", "auto"])
    #expect(second.status == 0, "\(second.errors)")
    #expect(!second.errors.contains("trained together"))
    #expect(try second.json()["trials"] as? Int == 3)
  }

  @Test("values that the configuration does not have are refused before the first trial")
  func space() throws {
    let command = try BuiltCommand()
    let space = command.folder.appending(path: "space.yaml")
    try "optimizer: {momentum: {uniform: [0, 2]}}".write(
      to: space, atomically: true, encoding: .utf8)
    let wrong = try command.hone("search", "digits", "--space", "space.yaml", "--trials", "2")
    #expect(wrong.status == 78 && wrong.errors.contains("momentum"), "\(wrong.errors)")
    try "data: {validation: {uniform: [0.1, 0.3]}}".write(
      to: space, atomically: true, encoding: .utf8)
    let split = try command.hone("search", "digits", "--space", "space.yaml", "--trials", "2")
    #expect(split.status == 78 && split.errors.contains("different samples"), "\(split.errors)")
  }
}
