public import HoneRecords
import HoneText

/// Ends a run when a monitored number has not improved for a number of epochs (Prechelt 1998, "Early
/// Stopping - But When?", the patience rule).
public struct EarlyStopping: TrainingPolicy, Equatable {
  /// What is watched.
  public var monitor: Monitor
  /// Epochs without improvement that end the run.
  public var patience: Int
  /// The least change that counts as improvement.
  public var minimumDelta: Double

  /// A policy.
  /// - Precondition: `patience` is positive, `minimumDelta` is not negative.
  public init(monitor: Monitor = .validationLoss, patience: Int = 5, minimumDelta: Double = 0) {
    guard patience > 0, minimumDelta >= 0 else {
      fatalError(
        "EarlyStopping got patience \(patience) and minimumDelta \(minimumDelta); patience must be "
          + "positive and the delta not negative.")
    }
    self.monitor = monitor
    self.patience = patience
    self.minimumDelta = minimumDelta
  }

  /// Stops when the last `patience` epochs brought no improvement.
  public func decide(after history: [EpochRecord]) -> TrainingDirective {
    guard var best = history.first else { return .proceed }
    for epoch in history.dropFirst() where monitor.isBetter(epoch, than: best, by: minimumDelta) {
      best = epoch
    }
    guard let last = history.last, last.epoch - best.epoch >= patience else { return .proceed }
    return .stop(
      Localized(
        "No improvement for \(patience) epochs since epoch \(best.epoch).",
        korean: "에폭 \(best.epoch) 이후 \(patience)개 에폭 동안 개선이 없었습니다."))
  }
}
