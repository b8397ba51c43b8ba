import Foundation
import HoneRecords
import Testing

@testable import HoneStore

@Suite("Runs that are copied from store to store")
struct RunCopyTests {
  /// Runs with something in every table, oldest first.
  private func fill(_ store: any RunStore) throws -> [RunContents] {
    try ["a", "b", "c"].enumerated().map { place, id in
      var run = Samples.run(id, name: "run \(id)")
      if id == "b" { run.seconds = .nan }
      if id == "c" { run.parent = "a" }
      try store.save(run)
      for epoch in 1...2 { try store.append(Samples.epoch(epoch), to: id) }
      try store.append([Samples.step(1, loss: .infinity), Samples.step(2)], to: id)
      try store.append(
        [MetricSeries(name: "BLEU", points: [MetricPoint(step: place, value: 0.5)])], to: id)
      try store.append(
        [RunEvent(time: run.created, kind: .note, text: "에폭 \(place)\n\"quoted\"\\N")], to: id)
      try store.append(
        ArtifactRecord(path: "model.safetensors", kind: "model", bytes: 7, digest: nil), to: id)
      return try RunContents(of: id, in: store)
    }
  }

  /// Every lasting kind to every other and to its own.
  private static let pairs = StoreKind.lasting.flatMap { from in
    StoreKind.lasting.map { (from, $0) }
  }

  private func withStores(
    _ pair: (StoreKind, StoreKind),
    _ body: (any DatabaseStore, any DatabaseStore) throws -> Void
  ) throws {
    try pair.0.withStore { from in
      try pair.1.withStore { to in
        try body(
          #require(from as? any DatabaseStore), #require(to as? any DatabaseStore))
      }
    }
  }

  @Test("all that a store holds of them arrives, to the last bit, in their order", arguments: pairs)
  func everything(from: StoreKind, to: StoreKind) throws {
    try withStores((from, to)) { source, target in
      let contents = try fill(source)
      try target.copyRuns(["a", "b", "c"], from: source)
      for (run, id) in zip(contents, ["a", "b", "c"]) {
        let copy = try RunContents(of: id, in: target)
        #expect(try CanonicalJSON.string(copy) == CanonicalJSON.string(run))
        #expect(copy.evidence.run.created == run.evidence.run.created)
      }
      // All began at the same moment: what came last is the newest.
      #expect(try target.listings(matching: RunFilter()).map(\.id) == ["b", "a"])
      #expect(
        try target.listings(matching: RunFilter(tag: "α", includesChildren: true)).count == 3)
      #expect(try target.numberNames() == source.numberNames())
      var filter = RunFilter(includesChildren: true)
      filter.finding = .overfit
      filter.conditions = [try #require(NumberCondition("BLEU>=0.5"))]
      #expect(try target.listings(matching: filter).map(\.id) == ["c", "b", "a"])
    }
  }

  @Test("runs of the same ids are replaced, others stay", arguments: pairs)
  func replaces(from: StoreKind, to: StoreKind) throws {
    try withStores((from, to)) { source, target in
      _ = try fill(source)
      var old = Samples.run("a", name: "old")
      old.tags = ["old"]
      try target.save(old)
      try target.append(Samples.epoch(9), to: "a")
      try target.save(Samples.run("other", seconds: -5))
      try target.copyRuns(["a"], from: source)
      #expect(try target.evidence("a").epochs.map(\.epoch) == [1, 2])
      #expect(try target.run("a").name == "run a")
      #expect(try target.listings(matching: RunFilter(tag: "old")).isEmpty)
      #expect(try target.listings(matching: RunFilter()).map(\.id) == ["a", "other"])
      // What was copied goes on as what was made here.
      try target.append([Samples.step(3)], to: "a")
      #expect(try target.evidence("a").steps.map(\.step) == [1, 2, 3])
    }
  }

  @Test("a run that is not there is named, and nothing of its part is written")
  func missing() throws {
    try withStores((.sqlite, .sqlite)) { source, target in
      _ = try fill(source)
      let error = #expect(throws: StoreError.self) {
        try target.copyRuns(["a", "nowhere"], from: source)
      }
      guard case .notFound(.run, "nowhere", _)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(try target.listings(matching: RunFilter()).isEmpty)
    }
  }

  @Test("more runs than fit into a statement come in parts, each announced", arguments: pairs)
  func parts(from: StoreKind, to: StoreKind) throws {
    try withStores((from, to)) { source, target in
      let ids = (0..<203).map { "run-\($0)" }
      try source.save(Samples.run("run-0"))
      let rows = try source.database.read { try RunRows(of: ["run-0"], $0) }
      for id in ids.dropFirst() {
        try source.database.write { try rows.renamed(id).write([id], $0) }
      }
      var announced: [Int] = []
      try target.copyRuns(ids, from: source) { announced.append($0.count) }
      #expect(announced == [200, 3])
      #expect(try target.listings(matching: RunFilter()).map(\.id) == ids.reversed())
    }
  }
}

extension RunRows {
  /// The rows of one run as those of another.
  fileprivate func renamed(_ id: String) -> RunRows {
    var copy = self
    for table in copy.rows.indices {
      for row in copy.rows[table].indices { copy.rows[table][row][0] = .text(id) }
    }
    return copy
  }
}
