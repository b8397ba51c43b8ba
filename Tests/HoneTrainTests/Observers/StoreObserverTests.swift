import HoneRecords
import Synchronization
import Testing

@testable import HoneTrain

@Suite struct StoreObserverTests {
  @Test("a store ends with the run, its epochs and its sampled steps")
  func records() throws {
    let store = RecordingStore()
    let outcome = try Lab().train(observers: [StoreObserver(store)])
    let evidence = try store.evidence(outcome.record.id)
    #expect(evidence.run == outcome.record)
    #expect(evidence.epochs == outcome.history)
    // All of the first fifty steps are sampled; the run has 21.
    #expect(evidence.steps.map(\.step) == Array(1...21))
    #expect(evidence.steps.map(\.epoch) == (1...3).flatMap { [Int](repeating: $0, count: 7) })
    #expect(evidence.steps.allSatisfy { ($0.gradientNorm ?? 0) > 0 && ($0.updateRatio ?? 0) > 0 })
    #expect(store.statuses == [.running, .completed])
  }

  @Test("steps that wait for the end of their epoch are written before a checkpoint")
  func flush() throws {
    let store = RecordingStore()
    let observer = StoreObserver(store)
    let record = Lab().record()
    try observer.receive(.began(record))
    try observer.receive(.step(StepRecord(step: 1, epoch: 1, loss: 1, learningRate: 0.1)))
    #expect(try store.evidence(record.id).steps.isEmpty)
    try observer.flush()
    #expect(try store.evidence(record.id).steps.map(\.step) == [1])
  }

  @Test("epochs of milliseconds are written together, the first at once and all of them by the end")
  func shortEpochs() throws {
    let store = RecordingStore()
    let outcome = try Lab().train(observers: [StoreObserver(store)])
    #expect(try store.evidence(outcome.record.id).epochs == outcome.history)
    #expect(store.epochsAtOnce.reduce(0, +) == outcome.history.count)
    #expect(store.epochsAtOnce.first == 1)
  }

  @Test("the step at which a run diverged is stored")
  func diverged() throws {
    let store = RecordingStore()
    var lab = Lab()
    lab.change = { $0.learningRate = 1e35 }
    let outcome = try lab.train(observers: [StoreObserver(store)])
    let evidence = try store.evidence(outcome.record.id)
    #expect(evidence.run.status == .diverged)
    #expect(evidence.steps.last?.loss.isFinite == false)
  }
}

/// A store of one run at a time that remembers how the run stood at each save.
private final class RecordingStore: RunStore {
  private struct Contents {
    var run: RunRecord?
    var epochs: [Int: EpochRecord] = [:]
    var steps: [Int: StepRecord] = [:]
    var statuses: [RunStatus] = []
    var epochsAtOnce: [Int] = []
  }

  struct Missing: Error {}
  private let contents = Mutex(Contents())

  /// How many epochs came with each call.
  var epochsAtOnce: [Int] { contents.withLock { $0.epochsAtOnce } }
  var statuses: [RunStatus] { contents.withLock { $0.statuses } }

  func save(_ run: RunRecord) {
    contents.withLock {
      $0.run = run
      $0.statuses.append(run.status)
    }
  }

  func append(_ epochs: [EpochRecord], to run: RunRecord.ID) throws {
    _ = try self.run(run)
    contents.withLock { contents in
      contents.epochsAtOnce.append(epochs.count)
      for epoch in epochs { contents.epochs[epoch.epoch] = epoch }
    }
  }

  func append(_ steps: [StepRecord], to run: RunRecord.ID) throws {
    _ = try self.run(run)
    contents.withLock { for step in steps { $0.steps[step.step] = step } }
  }

  func run(_ id: RunRecord.ID) throws -> RunRecord {
    guard let run = contents.withLock({ $0.run }), run.id == id else { throw Missing() }
    return run
  }

  func evidence(_ id: RunRecord.ID) throws -> RunEvidence {
    let run = try run(id)
    return contents.withLock { contents in
      RunEvidence(
        run: run, epochs: contents.epochs.sorted { $0.key < $1.key }.map(\.value),
        steps: contents.steps.sorted { $0.key < $1.key }.map(\.value))
    }
  }

  func find(_ reference: String) throws -> RunRecord { try run(reference) }
  func runs(matching filter: RunFilter) -> [RunRecord] {
    contents.withLock { $0.run.map { [$0] } ?? [] }
  }
  func update(
    _ run: RunRecord.ID, _ change: (inout RunRecord) -> Void
  ) throws -> RunRecord {
    var record = try self.run(run)
    change(&record)
    save(record)
    return record
  }
  func append(_ metrics: [MetricSeries], to run: RunRecord.ID) {}
  func append(_ events: [RunEvent], to run: RunRecord.ID) {}
  func append(_ artifact: ArtifactRecord, to run: RunRecord.ID) {}
  func listings(matching filter: RunFilter) -> [RunListing] {
    runs(matching: filter).map(RunListing.init)
  }
  func numberNames() -> [String] { [] }
  func metrics(of run: RunRecord.ID) -> [MetricSeries] { [] }
  func events(of run: RunRecord.ID) -> [RunEvent] { [] }
  func artifacts(of run: RunRecord.ID) -> [ArtifactRecord] { [] }
  func delete(_ id: RunRecord.ID) {}
  func save(_ improvement: ImprovementRecord) {}
  func improvement(_ reference: String) throws -> ImprovementRecord { throw Missing() }
}
