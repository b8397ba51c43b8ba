import Foundation
import HoneRecords
import HoneSearch
import HoneStore
import Testing

@testable import HoneCommands

@Suite("hone studies: reading, exporting and importing")
struct StudiesVerbTests {
  private let folder: TemporaryFolder
  private let world: World

  init() throws {
    folder = try TemporaryFolder()
    let store = try SQLiteStore(path: folder.path + "/hone.sqlite")
    let study = try Study(
      "first", space: SearchSpace([.float("x", 0...1), .float("y", 0...1)]),
      objectives: [.minimize("v")], sampler: .random, budget: .trials(24))
    let trials = DatabaseTrialStore(store)
    try StudyWorker.create(study, in: trials)
    try StudyWorker("first", in: trials, sampler: .random, identity: .current("test")).run {
      [$0["x"] + 0.01 * $0["y"]]
    }
    var made = World(store: store)
    made.folder = folder.path
    world = made
  }

  @Test("best trials come with their parameters") func best() async throws {
    let json = try await world.run("studies", "best", "first", "--count", "2", "--json").json()
    let best = try #require(json["best"] as? [[String: Any]])
    #expect(best.count == 2)
    let values = best.compactMap { ($0["values"] as? [String: Double])?["v"] }
    #expect(values == values.sorted() && values.count == 2)
    #expect(best[0]["run"] is NSNull)
    #expect(await world.run("studies", "best", "first").output.contains("x"))
    #expect(await world.run("studies", "best", "second").status == 66)
  }

  @Test("importance has intervals, by either method") func importance() async throws {
    for method in ["pedANOVA", "fANOVA"] {
      let json = try await world.run(
        "studies", "importance", "first", "--method", method, "--json"
      ).json()
      let shares = try #require(json["importance"] as? [[String: Any]])
      #expect(shares.first?["name"] as? String == "x" && json["trials"] as? Int == 24)
      let lower = try #require(shares[0]["lower"] as? Double)
      #expect(try #require(shares[0]["share"] as? Double) >= lower)
    }
    #expect(await world.run("studies", "importance", "first").output.contains("90% interval"))
  }

  @Test("show draws the best so far") func show() async throws {
    let run = await world.run("studies", "show", "first")
    #expect(run.output.contains("Best so far by trial:") && run.output.contains("└"))
    #expect(await world.run("studies", "show", "first", "--lang", "ko").output.contains("최선"))
  }

  @Test("a study goes to CSV, JSON and Optuna's file, and comes back") func transfer() async throws
  {
    let csv = await world.run("studies", "export", "first", "--format", "csv")
    #expect(
      csv.output.hasPrefix("trial,state,x,y,v,") && csv.output.split(separator: "\n").count == 25)
    #expect(await world.run("studies", "export", "first", "-o", "first.json").status == 0)
    #expect(await world.run("studies", "export", "first", "-o", "first.json").status == 73)
    let made = await world.run("studies", "export", "first", "--optuna", "o.db", "--json")
    #expect(try made.json()["trials"] as? Int == 24)
    let twice = await world.run("studies", "export", "first", "--optuna", "o.db")
    #expect(twice.status == 65 && twice.errors.contains("first"))
    for (file, name) in [("first.json", "second"), ("o.db", "third")] {
      let taken = await world.run("studies", "import", file)
      #expect(taken.status == 65, "\(taken.errors)")
      let run = await world.run("studies", "import", file, "--as", name, "--json")
      #expect(run.status == 0, "\(run.errors)")
      let json = try await world.run("studies", "show", name, "--json").json()
      #expect(json["trials"] as? Int == 24 && json["sampler"] as? String == "random")
      #expect(await world.run("studies", "verify", name).status == 0)
    }
    #expect(await world.run("studies", "import", "o.db", "--study", "x").status == 66)
    #expect(await world.run("studies", "import", "none.db").status == 66)
    try folder.write("text.json", "{}")
    #expect(await world.run("studies", "import", "text.json").status == 65)
  }

  @Test("Optuna's own file can be listed, shown and reported on") func optuna() async throws {
    let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "HoneStoreTests/Fixtures/optuna.db").path
    let run = await world.run("studies", "import", fixture, "--json")
    #expect(run.status == 0, "\(run.errors)")
    #expect((try run.json()["studies"] as? [Any])?.count == 2)
    #expect(await world.run("studies", "list").output.contains("single"))
    #expect(await world.run("studies", "show", "single").status == 0)
    #expect(await world.run("studies", "show", "pair").status == 0)
    #expect(await world.run("studies", "best", "pair").status == 0)
    #expect(await world.run("studies", "importance", "single").status == 65)
    #expect(await world.run("report", "pair", "-o", "pair.html").status == 0)
    #expect(try folder.read("pair.html").contains("accuracy"))
  }

  @Test("a report on a study is a file") func report() async throws {
    let json = try await world.run("report", "first", "--json").json()
    #expect(json["subject"] as? String == "first")
    #expect(try folder.read("hone-report-first.html").contains("Study first"))
  }

  @Test("the demonstration shows what the books say, with intervals") func demo() async throws {
    let run = await world.run("studies", "demo", "--repetitions", "200", "--json")
    let comparisons = try #require(try run.json()["comparisons"] as? [[String: Any]])
    #expect(comparisons.count == 3)
    for comparison in comparisons {
      let interval = try #require(comparison["interval"] as? [Double])
      let gain = try #require(comparison["gain"] as? Double)
      #expect(interval[0] <= gain && gain <= interval[1])
    }
    let last = try #require(comparisons.last?["interval"] as? [Double])
    #expect(last[0] > 0)
    let words = await world.run("studies", "demo", "--repetitions", "200")
    #expect(words.output.contains("rates drawn evenly in their logarithm win."))
    #expect(await world.run("studies", "demo", "--repetitions", "1").status == 64)
  }
}
