import Foundation
import HoneRecords
import HoneStore
import Testing

@Suite("hone recipe, as a user runs it", .tags(.slow))
struct RecipeTests {
  private let short = [
    "recipe", "digits", "--model", "mlp", "--epochs", "3", "--coarse-epochs", "1", "--threads",
    "1", "--coarse-trials", "10", "--fine-trials", "10", "--rounds", "1", "--seeds", "2",
    "--tune", "learningRate", "--name", "first", "--keep-going", "--json",
  ]

  private func steps(_ ended: Ended) throws -> [[String: Any]] {
    try #require(try ended.json()["steps"] as? [[String: Any]])
  }

  private func passed(_ ended: Ended, _ name: String) throws -> Bool? {
    try steps(ended).first { $0["step"] as? String == name }?["passed"] as? Bool
  }

  @Test("takes every step on digits, keeps them, and takes none twice")
  func whole() throws {
    let command = try BuiltCommand()
    let ended = try command.hone(short)
    #expect([0, 1].contains(ended.status), "\(ended.errors)")
    #expect(
      try steps(ended).compactMap { $0["step"] as? String }
        == RecipeStep.Name.allCases.map(\.rawValue))
    for name in ["initialLoss", "overfitSample", "learningRate", "coarse", "confirm"] {
      #expect(try passed(ended, name) == true, "\(name): \(ended.errors)")
    }
    let sample = try steps(ended)[1]
    #expect(sample["value"] as? Double == 1)
    let winner = try #require(try ended.json()["winner"] as? [String: Any])
    #expect(winner["study"] as? String == "first-fine")
    let store = try command.store()
    var filter = RunFilter()
    filter.includesChildren = true
    let runs = try store.runs(matching: filter)
    #expect(runs.count == 22)
    let fresh = runs.filter { $0.parent == "first" }
    #expect(Set(fresh.map(\.seed)).count == 2 && fresh.allSatisfy { $0.test != nil })
    // All were judged by the same samples.
    #expect(Set(runs.map(\.task.validationSamples)).count == 1)

    let again = try command.hone(short)
    #expect(again.status == ended.status)
    #expect(again.errors.contains("goes on after 7 steps"))
    #expect(try store.runs(matching: filter).count == 22)
    let other = try command.hone(short + ["--batch-size", "16"])
    #expect(other.status == 78 && other.errors.contains("data.batchSize"), "\(other.errors)")
    let shown = try command.hone("recipe", "show", "first", "--json")
    #expect(try shown.json()["recipe"] as? String == "first")
  }

  @Test("time that is used up ends it between steps, and the same command goes on")
  func budget() throws {
    let command = try BuiltCommand()
    let none = try command.hone(short + ["--budget", "0.001s"])
    #expect(none.status == 1 && none.errors.contains("The time is used"), "\(none.errors)")
    #expect(try none.json()["status"] as? String == "unfinished")
    #expect(try steps(none).isEmpty)
    let rest = try command.hone(short + ["--budget", "10m"])
    #expect([0, 1].contains(rest.status), "\(rest.errors)")
    #expect(try steps(rest).count == 7 && passed(rest, "coarse") == true)
  }

  @Test("killed between trials and interrupted in a run, it ends as the undisturbed one")
  func disturbed() throws {
    let undisturbed = try BuiltCommand()
    let whole = try undisturbed.hone(short)
    let command = try BuiltCommand()
    let first = try command.start(short)
    first.wait { $0.said.contains("trial 4") }
    first.send(SIGKILL)
    _ = first.wait()
    let second = try command.start(short)
    second.wait { $0.said.contains("Seed 2") }
    second.send(SIGINT)
    let stopped = second.wait()
    #expect([0, 1, 130].contains(stopped.status))
    let ended = try command.hone(short)
    #expect(ended.status == whole.status, "\(ended.errors)")
    for (one, other) in zip(try steps(ended), try steps(whole)) {
      #expect(one["value"] as? Double == other["value"] as? Double, "\(one["step"] ?? "")")
    }
  }

  @Test("a step that fails ends the recipe, and says what would have passed")
  func failed() throws {
    let command = try BuiltCommand()
    try command.writeIDX("halves")
    let ended = try command.hone(
      "recipe", "halves", "--batch-size", "8", "--epochs", "4", "--set", "data.normalize=none",
      "--name", "bad", "--json")
    #expect(ended.status == 1)
    #expect(try ended.json()["status"] as? String == "failed")
    let taken = try steps(ended)
    #expect(taken.count == 1 && taken[0]["passed"] as? Bool == false, "\(ended.output)")
    #expect(!ended.errors.contains("bad-coarse"))
    let absurd = try command.hone("recipe", "digits", "--epochs", "2", "--coarse-epochs", "2")
    #expect(absurd.status == 78 && absurd.errors.contains("longer"))
  }
}
