import Foundation
import HoneCommands
import HoneRecords
import HoneStore
import Testing

@Suite("Verbs of the store") struct RunsVerbsTests {
  private let store = InMemoryStore()
  private let folder: TemporaryFolder
  private let world: World

  init() throws {
    folder = try TemporaryFolder()
    world = World(folder: folder.path, store: store)
    for (number, status) in [RunStatus.completed, .failed, .running, .diverged].enumerated() {
      var run = Samples.run("2026112\(number)-000000-aaaa")
      run.name = "run \(number)"
      run.status = status
      run.created = Date(timeIntervalSince1970: 1_795_000_000 + Double(number) * 86_400)
      run.epochs = number
      run.configuration = #"{"model":{"name":"\#(number == 0 ? "mlp" : "cnn")"}}"#
      try store.save(run)
      try store.append(
        EpochRecord(epoch: 1, step: 10, trainLoss: 1, validationLoss: 2, learningRate: 0.1),
        to: run.id)
      try store.append([StepRecord(step: 1, epoch: 1, loss: 1, learningRate: 0.1)], to: run.id)
    }
  }

  private func listed(_ arguments: String...) async throws -> [String] {
    let run = await world.run(["runs", "list", "--json"] + arguments)
    return try (run.json()["runs"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
  }

  @Test("filters by model, time, numbers and how many") func filters() async throws {
    #expect(try await listed() == ["run 3", "run 2", "run 1", "run 0"])
    #expect(try await listed("--model", "mlp") == ["run 0"])
    #expect(try await listed("--where", "epochs>=1", "--where", "epochs<3") == ["run 2", "run 1"])
    #expect(try await listed("--limit", "1") == ["run 3"])
    #expect(try await listed("--since", "2026-11-20").count < 4)
    #expect(try await listed("--before", "2020-01-01").isEmpty)
    #expect(try await listed("--data", "nowhere").isEmpty)
    let misspelled = await world.run("runs", "list", "--where", "epochss>1")
    #expect(misspelled.status == 64)
    #expect(misspelled.errors.contains("epochs"))
    #expect(await world.run("runs", "list", "--where", "epochs").status == 64)
    #expect(await world.run("runs", "list", "--since", "soon").status == 64)
  }

  @Test("labels and notes are kept") func notes() async throws {
    let run = await world.run("runs", "tag", "20261120", "good", "--note", "일단 좋음")
    #expect(run.status == 0)
    #expect(try store.find("20261120").note == "일단 좋음")
    #expect(await world.run("runs", "show", "20261120").output.contains("일단 좋음"))
    #expect(await world.run("runs", "tag", "20261120").status == 64)
  }

  @Test("prunes the failed, and all but the newest, but nothing that runs or has a label")
  func prune() async throws {
    let dry = await world.run("runs", "prune", "--failed", "--dry-run", "--json")
    #expect(
      try dry.json()["runs"] as? [String] == ["20261123-000000-aaaa", "20261121-000000-aaaa"])
    #expect(await world.run("runs", "tag", "20261121", "keep").status == 0)
    #expect(await world.run("runs", "prune", "--keep", "1").status == 0)
    #expect(try store.listings(matching: RunFilter()).map(\.name) == ["run 3", "run 2", "run 1"])
    #expect(await world.run("runs", "delete", "last", "--dry-run").status == 0)
    #expect(try store.listings(matching: RunFilter()).count == 3)
  }

  @Test("several runs go out in one file and come into another store") func several() async throws {
    #expect(await world.run("runs", "export", "--all", "-o", "all.json").status == 0)
    let elsewhere = InMemoryStore()
    let other = World(folder: folder.path, store: elsewhere)
    let run = try await other.run("runs", "import", "all.json", "--json").json()
    #expect((run["runs"] as? [String])?.count == 4)
    #expect(
      try elsewhere.listings(matching: RunFilter()) == store.listings(matching: RunFilter()))
    #expect(await world.run("runs", "export").status == 64)
    #expect(await world.run("runs", "export", "--tag", "none").status == 64)
  }

  @Test("exports tables, event files and MLflow's folders") func formats() async throws {
    func export(_ format: String) async -> Int32 {
      await world.run("runs", "export", "20261120", "--format", format, "-o", format).status
    }
    for format in ["csv", "tensorboard", "mlflow"] {
      #expect(await export(format) == 0)
      #expect(await export(format) == 73)
    }
    #expect(try folder.read("csv/20261120-000000-aaaa/epochs.csv").contains("trainLoss"))
    #expect(await world.run("runs", "export", "20261120", "--format", "csv").status == 64)
    let events = folder.path + "/tensorboard/20261120-000000-aaaa"
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: events).first)
    let path = "tensorboard/20261120-000000-aaaa/" + name
    let diagnosis = try await world.run("diagnose", "--curves", path, "--json").json()
    #expect(diagnosis["verdict"] is String)
  }

  @Test("what a command line says of a password is not recorded")
  func passwords() async throws {
    let environment = World(folder: folder.path, store: store)
    let run = await environment.run(
      "doctor", "--json", "--store", "postgresql://me:secret@host/runs")
    #expect(!run.output.contains("secret"))
    #expect(run.output.contains("postgresql://me@host/runs"))
  }
}
