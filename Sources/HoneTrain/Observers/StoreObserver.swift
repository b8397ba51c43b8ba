public import HoneRecords

/// Writes a run to a store as it goes: the record when it begins and ends, epochs with their sampled
/// steps as they end.
public final class StoreObserver: TrainingObserver {
  private let store: any RunStore
  private var run: RunRecord.ID?
  private var steps: [StepRecord] = []

  /// An observer that writes to a store.
  public init(_ store: any RunStore) { self.store = store }

  /// Writes what the event says.
  public func receive(_ event: TrainingEvent) throws {
    switch event {
    case .began(let record):
      run = record.id
      try store.save(record)
    case .step(let step):
      steps.append(step)
    case .epoch(let epoch):
      try flushSteps()
      if let run { try store.append(epoch, to: run) }
    case .ended(let record):
      try flushSteps()
      try store.save(record)
    case .epochBegan, .progress, .checkpoint, .note:
      break
    }
  }

  /// Writes the steps that wait for the end of their epoch.
  public func flush() throws { try flushSteps() }

  private func flushSteps() throws {
    guard let run, !steps.isEmpty else { return }
    try store.append(steps, to: run)
    steps = []
  }
}
