import Foundation
import HoneConfiguration
import HoneRecords
import HoneSearch
import HoneStore
import Testing

@testable import HoneCommands

@Suite("hone search and hone studies")
struct SearchVerbTests {
  private func asked(_ words: String...) async throws -> SearchRequest {
    let engine = FakeEngine()
    let run = await World(engine: engine, store: InMemoryStore()).run(["search"] + words)
    #expect(run.status == 0, "\(run.errors)")
    return try #require(engine.searchRequests.first)
  }

  @Test("asks for the usual parameters, named ones, and a budget in place of a number of trials")
  func tuned() async throws {
    let usual = try await asked("digits")
    #expect(usual.tuned == [.learningRate, .weightDecay] && usual.trials == 30)
    let named = try await asked("digits", "--tune", "dropout, batchSize", "--budget", "2m")
    #expect(named.tuned == [.dropout, .batchSize])
    #expect(named.trials == nil && named.budgetSeconds == 120)
  }

  @Test("asks for bounds, batches and a limit for trials") func bounds() async throws {
    let request = try await asked(
      "digits", "--total-epochs", "90", "--goal", "-0.5", "--patience", "7", "--batch", "4",
      "--pruner", "asha")
    #expect(request.bounds == StudyBudget(epochs: 90, target: -0.5, patience: 7))
    #expect(request.trials == nil && request.batch == 4 && request.pruner == .asha)
    #expect(!request.onlyOpens)
    #expect(await World().run("search", "digits", "--patience", "0").status == 64)
    #expect(await World().run("search", "digits", "--workers", "0").status == 64)
  }

  @Test("asks for stacks of a size, of a measured size, or none") func stacks() async throws {
    #expect(try await asked("digits").stack == .off)
    #expect(try await asked("digits", "--stack", "off").stack == .off)
    #expect(try await asked("digits", "--stack", "auto").stack == .automatic)
    #expect(try await asked("digits", "--stack", "16").stack == .count(16))
    for word in ["1", "-4", "2000", "many"] {
      #expect(await World().run("search", "digits", "--stack", word).status == 64)
    }
  }

  @Test("a worker joins a study, and takes no words about what it is")
  func joining() async throws {
    let engine = FakeEngine()
    let worker = ["LANG": "en_US.UTF-8", "HOME": "/nowhere", "HONE_SEARCH_WORKER": "1"]
    let run = await World(variables: worker, engine: engine, store: InMemoryStore()).run(
      "search", "--join", "first", "--threads", "2")
    #expect(run.status == 0, "\(run.errors)")
    #expect(engine.joinRequests == [JoinRequest(study: "first", threads: 2)])
    for words in [
      ["--trials", "3"], ["--epochs", "2"], ["--pruner", "median"], ["--stack", "4"],
    ] {
      let refused = await World().run(["search", "--join", "first"] + words)
      #expect(refused.status == 64 && refused.errors.contains("--join"), "\(words)")
    }
  }

  @Test("makes the study itself, leaves its trials to processes, and answers for them")
  func workers() async throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore(path: folder.path + "/hone.sqlite")
    let trials = DatabaseTrialStore(store)
    try StudyWorker.create(
      Study(
        "first", space: SearchSpace([.float("x", 0...1)]), objectives: [.minimize("v")],
        sampler: .random, budget: .trials(1)), in: trials)
    try StudyWorker("first", in: trials, sampler: .random, identity: .current("test")).run {
      [$0["x"]]
    }
    let program = folder.path + "/worker"
    try "#!/bin/sh\necho \"$@ $HONE_SEARCH_WORKER $HONE_STORE\" >> \(folder.path)/said\n"
      .write(toFile: program, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    let engine = FakeEngine()
    let run = await World(executable: program, engine: engine, store: store).run(
      "search", "digits", "--workers", "2", "--trial-limit", "5m", "--json", "--store", "/x.db",
      "--threads", "1")
    #expect(run.status == 0, "\(run.errors)")
    #expect(engine.searchRequests.first?.onlyOpens == true)
    #expect(engine.searchRequests.first?.trialSeconds == 300)
    #expect(try run.json()["study"] as? String == "first")
    let said = try String(contentsOfFile: folder.path + "/said", encoding: .utf8)
    #expect(
      said == String(repeating: "search digits --join first --lang en --json 1 /x.db\n", count: 2))
  }

  @Test("a space file says ranges and what is fixed, and flags go before it")
  func file() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/space.yaml"
    try """
    optimizer: {kind: sgd, learningRate: {logUniform: [1e-3, 1]}}
    model: {name: mlp, dropout: {uniform: [0, 0.5]}}
    training: {epochs: 7}
    """.write(toFile: path, atomically: true, encoding: .utf8)
    let request = try await asked("digits", "--space", path, "--seed", "4")
    #expect(
      request.space?.parameters.map(\.name) == ["model.dropout", "optimizer.learningRate"])
    #expect(request.configuration.training.epochs == 7)
    #expect(request.configuration.training.seed == 4)
    #expect(request.configuration.canonicalJSON.contains("\"kind\":\"sgd\""))
    let flag = try await asked("digits", "--space", path, "--epochs", "2")
    #expect(flag.configuration.training.epochs == 2)
  }

  @Test("bad spaces are refused by what is wrong with them")
  func refused() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/space.yaml"
    let cases = [
      ("optimizer: {learningRate: {logUniform: [0, 1]}}", "log scale"),
      ("optimizer: {learningRate: {logUnifrom: [1e-3, 1]}}", "did you mean 'logUniform'"),
      ("optimizer: {learningRate: {uniform: [1, 0]}}", "goes from 1.0 to 0.0"),
      ("optimizer: {learningRate: 0.1}", "no parameter"),
    ]
    for (text, said) in cases {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      let run = await World(engine: FakeEngine()).run("search", "digits", "--space", path)
      #expect(run.status == 78, "\(text)")
      #expect(run.errors.contains(said), "\(run.errors)")
    }
    let name = await World(engine: FakeEngine()).run("search", "digits", "--tune", "droput")
    #expect(name.status == 64 && name.errors.contains("Did you mean \"dropout\"?"))
    let both = await World().run("search", "digits", "--tune", "dropout", "--space", "x")
    #expect(both.status == 64)
  }

  @Test("prints the contract's JSON") func json() async throws {
    let run = await World(engine: FakeEngine()).run("search", "digits", "--json")
    #expect(run.status == 0)
    let json = try run.json()
    #expect(json["study"] as? String == "first" && json["trials"] as? Int == 24)
    let states = try #require(json["states"] as? [String: Int])
    #expect(states["completed"] == 23 && states["failed"] == 1 && states["pruned"] == 0)
    let best = try #require(json["best"] as? [String: Any])
    let number = try #require(best["trial"] as? Int)
    #expect(best["run"] as? String == "run-\(number)")
    #expect((best["parameters"] as? [String: Double])?.keys.first == "optimizer.learningRate")
    #expect(json["importance"] as? [String: Double] == ["optimizer.learningRate": 1])
    #expect(json["trialsPerMinute"] as? Double == 30)
    let words = await World(engine: FakeEngine()).run("search", "digits")
    #expect(words.output.contains("hone evaluate run-\(number)"))
    #expect(words.output.contains("Trial 3 failed"))
  }

  @Test("lists, shows, verifies and deletes studies") func studies() async throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore(path: folder.path + "/hone.sqlite")
    let study = try Study(
      "first", space: SearchSpace([.float("x", 0...1)]), objectives: [.minimize("v")],
      sampler: .random, budget: .trials(3))
    let trials = DatabaseTrialStore(store)
    try StudyWorker.create(study, in: trials)
    try StudyWorker("first", in: trials, sampler: .random, identity: .current("test")).run {
      [$0["x"]]
    }
    let world = World(store: store)
    let listed = try await world.run("studies", "list", "--json").json()["studies"]
    #expect((listed as? [[String: Any]])?.first?["trials"] as? Int == 3)
    #expect(await world.run("studies").output.contains("first"))
    #expect(try await world.run("studies", "show", "first", "--json").json()["trials"] as? Int == 3)
    #expect(
      try await world.run("studies", "verify", "first", "--json").json()["verified"] as? Int == 3)
    #expect(await world.run("studies", "show", "second").status == 66)
    #expect(await world.run("studies", "delete", "first").status == 0)
    #expect(await world.run("studies").output.contains("No studies"))
    #expect(await World().run("studies", "list").status == 0)
  }
}
