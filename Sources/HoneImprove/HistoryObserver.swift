import HoneRecords
import HoneTrain

/// Collects the sampled steps of a run.
final class HistoryObserver: TrainingObserver {
  private(set) var steps: [StepRecord] = []

  func receive(_ event: TrainingEvent) {
    if case .step(let step) = event { steps.append(step) }
  }
}
