import Foundation
import HoneConfiguration
import HoneRecords
import HoneSearch
import HoneStore
import HoneText
import Testing

@testable import HoneCommands

@Suite("hone recipe: the command")
struct RecipeVerbTests {
  private func asked(_ words: String...) async throws -> RecipeRequest {
    let engine = FakeEngine()
    let run = await World(engine: engine, store: InMemoryStore()).run(["recipe"] + words)
    #expect(run.status == 0, "\(run.errors)")
    return try #require(engine.recipeRequests.first)
  }

  @Test("asks for the usual amounts, and for others where they are named")
  func requests() async throws {
    let usual = try await asked("digits")
    #expect(usual.tuned == [.learningRate, .weightDecay])
    #expect(usual.plan.coarseTrials == 30 && usual.plan.coarseEpochs == 3 && usual.plan.seeds == 3)
    #expect(usual.budgetSeconds == nil)
    #expect(usual.plan.fineEpochs == usual.configuration.training.epochs && !usual.keepsGoing)
    let named = try await asked(
      "digits", "--tune", "dropout", "--coarse-trials", "12", "--fine-trials", "10", "--rounds",
      "1", "--seeds", "2", "--epochs", "9", "--keep-going", "--name", "first", "--budget", "5m")
    #expect(named.budgetSeconds == 300)
    #expect(named.tuned == [.dropout] && named.name == "first" && named.keepsGoing)
    #expect(named.plan.coarseTrials == 12 && named.plan.fineEpochs == 9 && named.plan.seeds == 2)
  }

  @Test("amounts that refine nothing are refused") func refused() async {
    for words in [
      ["--coarse-trials", "9"], ["--seeds", "0"], ["--tune", "a", "--space", "b"],
      ["--budget", "0"],
    ] {
      let run = await World(engine: FakeEngine()).run(["recipe", "digits"] + words)
      #expect(run.status == 64, "\(words)")
    }
  }

  @Test("prints each step with its numbers, and ends without success where one failed")
  func output() async throws {
    let passed = await World(engine: FakeEngine()).run("recipe", "digits", "--json")
    #expect(passed.status == 0)
    let json = try passed.json()
    #expect(json["status"] as? String == "passed" && json["recipe"] as? String == "first")
    let steps = try #require(json["steps"] as? [[String: Any]])
    #expect(steps.compactMap { $0["step"] as? String } == RecipeStep.Name.allCases.map(\.rawValue))
    #expect((json["winner"] as? [String: Any])?["trial"] as? Int == 4)
    var record = Samples.recipe
    record.steps = Array(record.steps.prefix(2))
    record.steps[1].passed = false
    let failed = await World(engine: FakeEngine(recipe: record)).run("recipe", "digits", "--json")
    #expect(failed.status == 1)
    #expect(try failed.json()["status"] as? String == "failed")
  }

  @Test("lists and shows stored recipes, in both languages") func stored() async throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore(path: folder.path + "/hone.sqlite")
    try DatabaseRecipeStore(store).save(Samples.recipe)
    let world = World(store: store)
    #expect(await world.run("recipe", "list").output.contains("first"))
    let listed = try await world.run("recipe", "list", "--json").json()
    #expect((listed["recipes"] as? [Any])?.count == 1)
    let shown = await world.run("recipe", "show", "first")
    #expect(shown.output.contains("✓ 1/7 initial loss: 2.3000 (≈ 2.3)"), "\(shown.output)")
    #expect(shown.output.contains("7 of 7 steps passed"))
    let korean = await world.run("recipe", "show", "first", "--lang", "ko")
    #expect(korean.output.contains("초기 손실") && korean.output.contains("7단계 통과"))
    var placed = world
    placed.folder = folder.path
    #expect(await placed.run("report", "first").status == 0)
    #expect(try folder.read("hone-report-first.html").contains("a small sample by heart"))
    #expect(await world.run("recipe", "show", "frist").errors.contains("first"))
    #expect(await World().run("recipe", "list").output.contains("No recipes"))
  }
}
