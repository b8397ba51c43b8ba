import Foundation
import HoneCommands
import HoneRecords
import HoneStore
import Testing

@Suite("Verbs on records") struct RecordVerbsTests {
  private let store = InMemoryStore()
  private let folder: TemporaryFolder
  private let world: World

  init() throws {
    folder = try TemporaryFolder()
    world = World(folder: folder.path, store: store)
    var other = Samples.run("20261122-084512-bbbb")
    other.name = "second"
    other.created = Date(timeIntervalSince1970: 1_500)
    other.status = .failed
    other.configuration = #"{"training":{"epochs":5}}"#
    try store.save(Samples.run())
    try store.save(other)
    for number in 1...8 {
      let loss = 1 / Double(number)
      let epoch = EpochRecord(
        epoch: number, step: number * 10, trainLoss: number == 8 ? .infinity : loss,
        validationLoss: loss + 0.1, learningRate: 0.1)
      try store.append(epoch, to: "20261121-084512-aaaa")
    }
  }

  @Test("lists, filters and shows runs") func list() async throws {
    let all = try await world.run("runs", "list", "--json").json()
    #expect((all["runs"] as? [Any])?.count == 2)
    let failed = await world.run("runs", "list", "--status", "failed")
    #expect(failed.output.contains("second"))
    #expect(!failed.output.contains("cnn digits"))
    let shown = try await world.run("runs", "show", "20261121", "--json").json()
    #expect(shown["data"] as? String == "digits")
    #expect(
      ((shown["configuration"] as? [String: Any])?["training"] as? [String: Int])?["epochs"] == 2)
    #expect(await world.run("runs", "show", "nothing").status == 66)
    #expect(await World().run("runs", "show", "last").status == 66)
  }

  @Test("compares runs by result and configuration") func compare() async throws {
    let run = await world.run("runs", "compare", "20261121", "20261122", "--json")
    let differences = try run.json()["differences"] as? [String: [Int]]
    #expect(differences == ["training.epochs": [2, 5]])
    #expect(await world.run("runs", "compare", "last").status == 64)
  }

  @Test("tags, prunes and deletes") func changes() async throws {
    #expect(await world.run("runs", "tag", "20261121", "good").status == 0)
    #expect(try store.run("20261121-084512-aaaa").tags == ["good"])
    #expect(await world.run("runs", "prune").status == 64)
    let dry = await world.run("runs", "prune", "--older-than", "1", "--dry-run", "--json")
    #expect(try dry.json()["runs"] as? [String] == ["20261122-084512-bbbb"])
    #expect(await world.run("runs", "prune", "--status", "failed").status == 0)
    #expect(try store.runs(matching: RunFilter()).map(\.id) == ["20261121-084512-aaaa"])
    #expect(await world.run("runs", "delete", "last").status == 0)
    #expect(try store.runs(matching: RunFilter()).isEmpty)
  }

  @Test("what is exported can be imported, whole") func transfer() async throws {
    #expect(await world.run("runs", "export", "20261121", "-o", "run.json").status == 0)
    #expect(await world.run("runs", "export", "20261121", "-o", "run.json").status == 73)
    #expect(await world.run("runs", "import", "run.json").status == 64)
    let elsewhere = InMemoryStore()
    let other = World(folder: folder.path, store: elsewhere)
    #expect(await other.run("runs", "import", "run.json").status == 0)
    let id = "20261121-084512-aaaa"
    #expect(try elsewhere.evidence(id) == (try store.evidence(id)))
    try folder.write("not.json", "{}")
    #expect(await other.run("runs", "import", "not.json").status == 65)
    #expect(await other.run("runs", "import", "missing.json").status == 66)
  }

  @Test("diagnoses a run and a file of curves") func diagnose() async throws {
    let run = try await world.run("diagnose", "20261121", "--json").json()
    #expect(run["run"] as? String == "20261121-084512-aaaa")
    #expect(run["verdict"] is String)
    let decision = try #require(run["decision"] as? [String: Any])
    #expect((decision["questions"] as? [[String: Any]])?.count == 6)
    #expect((decision["next"] as? [String: Any])?["message"] is String)
    #expect(run["probes"] is NSNull)
    #expect(await world.run("diagnose", "--curves", "curves.csv", "--capacity").status == 64)
    try folder.write(
      "curves.csv", "epoch,loss,val_loss\n1,1.0,1.0\n2,nan,1.1\n")
    let curves = try await world.run("diagnose", "--curves", "curves.csv", "--json").json()
    #expect(curves["verdict"] as? String == "problems")
    let finding = (curves["findings"] as? [[String: Any]])?.first
    #expect(finding?["id"] as? String == "non-finite-loss")
    #expect(finding?["layer"] is NSNull)
    #expect(await world.run("diagnose").status == 64)
    #expect(await world.run("diagnose", "--curves", "none.csv").status == 66)
    try folder.write("empty.csv", "")
    #expect(await world.run("diagnose", "--curves", "empty.csv").status == 65)
  }

  @Test("writes reports on runs and improvements") func report() async throws {
    let run = await world.run("report", "20261121", "-o", "a.html")
    #expect(run.status == 0)
    #expect(try folder.read("a.html").contains("cnn digits"))
    try store.save(Samples.improvement.baseline)
    try store.save(Samples.improvement.final)
    try store.save(Samples.improvement)
    let improvement = try await world.run("report", "improvement-1", "--json").json()
    #expect(improvement["subject"] as? String == "improvement-1")
    #expect(try folder.read("hone-report-improvement-1.html").contains("weight-decay"))
    #expect(await world.run("report", "nothing").status == 66)
    #expect(await world.run("report", "last", "-o", "no/such/folder/a.html").status == 73)
  }
}
