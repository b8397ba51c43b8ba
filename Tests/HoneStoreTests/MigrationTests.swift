import Foundation
import HoneRecords
import Testing

@testable import HoneStore

/// Stores of every earlier schema, written by `Tools/golden/stores.py`, opened by this version.
struct MigrationTests {
  /// Runs a test on a copy of an earlier version's store.
  private func withEarlier(_ name: String, _ body: (_ path: String) throws -> Void) throws {
    let fixture = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/store-\(name).sqlite")
    try withFolder { folder in
      let path = folder + "/hone.sqlite"
      try FileManager.default.copyItem(atPath: fixture.path, toPath: path)
      try body(path)
    }
  }

  @Test("every earlier schema has a store among the fixtures")
  func fixtures() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    for migration in Schema.migrations.dropLast() {
      let fixture = folder.appending(path: "store-\(migration.name).sqlite")
      #expect(FileManager.default.fileExists(atPath: fixture.path), "\(migration.name)")
    }
  }

  @Test(
    "runs of earlier schemas list in the same order with the same content",
    arguments: ["1-runs", "2-series"])
  func runs(_ schema: String) throws {
    try withEarlier(schema) { path in
      let store = try SQLiteStore(path: path)
      let lines = try store.listings(matching: RunFilter())
      #expect(
        lines.map(\.id) == [
          "20261121-084512-aaaa", "20261121-084512-zzzz", "20261120-000000-bbbb",
          "20261119-000000-torn",
        ])
      #expect(lines[1].tags == ["baseline", "α"])
      #expect(lines[1].model == "mlp")
      #expect(abs((lines[1].validationMetric ?? 0) - 0.83) < 1e-12)
      #expect(lines[1].note == "메모")
      #expect(lines[1].created == Date(timeIntervalSinceReferenceDate: 816_943_512.345678))
      #expect(lines[1] == RunListing(try store.run(lines[1].id)))
      #expect(try store.run(lines[1].id).seed == .max)
      #expect(try store.listings(matching: RunFilter(tag: "α")).map(\.name) == ["first"])
      var filter = RunFilter()
      filter.conditions = [NumberCondition(name: "accuracy", comparison: .atLeast, value: 0.82)]
      #expect(try store.listings(matching: filter).map(\.name) == ["first"])
      #expect(try DatabaseTrialStore(store).studies().isEmpty)
    }
  }

  @Test(
    "sampled steps of earlier schemas keep every number", arguments: ["1-runs", "2-series"])
  func steps(_ schema: String) throws {
    try withEarlier(schema) { path in
      let evidence = try SQLiteStore(path: path).evidence("20261121-084512-zzzz")
      #expect(evidence.epochs.map(\.epoch) == [1, 2, 3])
      let steps = evidence.steps
      #expect(steps.map(\.step) == [1, 2, 3, 40])
      #expect(steps.map(\.epoch) == [1, 1, 2, 2])
      #expect(
        steps[0]
          == StepRecord(
            step: 1, epoch: 1, loss: 2.25, learningRate: 0.001, gradientNorm: 1.5,
            updateRatio: 0.01))
      #expect(steps[1].gradientNorm == nil && steps[1].updateRatio == nil)
      #expect(steps[2].loss == .infinity && steps[2].gradientNorm?.isNaN == true)
      #expect(steps[3].loss.isNaN && steps[3].gradientNorm == -.infinity)
      #expect(steps[3].updateRatio == nil)
    }
  }

  @Test("a study of the third schema keeps its trials and its queue, and there is room for recipes")
  func studies() throws {
    try withEarlier("3-studies") { path in
      let store = try SQLiteStore(path: path)
      #expect(try store.listings(matching: RunFilter()).count == 4)
      let trials = DatabaseTrialStore(store)
      #expect(try trials.studies().map(\.name) == ["first"])
      #expect(try trials.study("first").maximumTrials == 4)
      let finished = try trials.finished(in: "first", after: 0)
      #expect(finished.map(\.values) == [[0.5]] && finished[0].reports[0].values == [0.75])
      #expect(try trials.unfinished(in: "first").map(\.state) == [.waiting])
      #expect(try DatabaseRecipeStore(store).recipes().isEmpty)
    }
  }

  @Test(
    "recipes and studies of the fourth schema stay, and open trials are found by their own index")
  func recipes() throws {
    try withEarlier("4-recipes") { path in
      let store = try SQLiteStore(path: path)
      #expect(try DatabaseRecipeStore(store).recipes().map(\.name) == ["second"])
      let trials = DatabaseTrialStore(store)
      #expect(try trials.finished(in: "first", after: 0).map(\.number) == [0])
      #expect(try trials.unfinished(in: "first").map(\.number) == [1])
      let plan = try store.database.read { session in
        try session.rows(
          "EXPLAIN QUERY PLAN SELECT record FROM trials WHERE study = ? AND sequence IS NULL "
            + "ORDER BY number", [.text("first")]
        ).map { try $0.text(3) }
      }
      #expect(plan.contains { $0.contains("openTrials") })
    }
  }

  @Test("the store stays as it was beside the new one, and a torn record keeps nobody out")
  func original() throws {
    try withEarlier("1-runs") { path in
      let before = try Data(contentsOf: URL(filePath: path))
      let store = try SQLiteStore(path: path)
      let copy = path + ".1-runs"
      let kept = try SQLiteStore(path: copy, migrations: Array(Schema.migrations.prefix(1)))
      let count = try kept.database.read { try $0.row("SELECT COUNT(*) FROM steps")?.integer(0) }
      #expect(count == 4)
      #expect(!before.isEmpty)
      #expect(throws: StoreError.self) { try store.run("20261119-000000-torn") }
      try store.delete("20261119-000000-torn")
      #expect(try store.runs(matching: RunFilter()).count == 3)
    }
  }

  @Test("an older version refuses what this one has made of its store")
  func older() throws {
    try withEarlier("1-runs") { path in
      _ = try SQLiteStore(path: path)
      let later = Schema.migrations.dropFirst().map(\.name)
      #expect(throws: StoreError.newerSchema(path: path, changes: later.sorted())) {
        try SQLiteStore(path: path, migrations: Array(Schema.migrations.prefix(1)))
      }
    }
  }

  @Test("processes that open an old store at once migrate it once")
  func together() throws {
    try withEarlier("1-runs") { path in
      DispatchQueue.concurrentPerform(iterations: 4) { _ in
        do {
          #expect(try SQLiteStore(path: path).listings(matching: RunFilter()).count == 4)
        } catch {
          Issue.record(error)
        }
      }
    }
  }
}
