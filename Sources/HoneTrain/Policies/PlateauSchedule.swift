import Foundation
public import HoneRecords

/// Lowers the learning rate each time a monitored number stalls, as PyTorch's `ReduceLROnPlateau`
/// with a relative threshold.
public struct PlateauSchedule: TrainingPolicy, Equatable {
  /// What is watched.
  public var monitor: Monitor
  /// What the rate is multiplied by.
  public var factor: Double
  /// Epochs without improvement that the rate survives.
  public var patience: Int
  /// The relative change that counts as improvement.
  public var threshold: Double
  /// Epochs after a reduction that do not count as stalled.
  public var cooldown: Int
  /// What the rate's factor is not to fall below.
  public var minimum: Double

  /// A policy.
  /// - Precondition: `factor` lies in 0..<1.
  public init(
    monitor: Monitor = .validationLoss, factor: Double = 0.1, patience: Int = 10,
    threshold: Double = 1e-4, cooldown: Int = 0, minimum: Double = 0
  ) {
    guard factor >= 0, factor < 1 else {
      fatalError("PlateauSchedule got the factor \(factor); it must be at least 0 and below 1.")
    }
    self.monitor = monitor
    self.factor = factor
    self.patience = patience
    self.threshold = threshold
    self.cooldown = cooldown
    self.minimum = minimum
  }

  /// The power of `factor` that the history has earned.
  public func decide(after history: [EpochRecord]) -> TrainingDirective {
    var best = Double.infinity
    var stalled = 0
    var reductions = 0
    var resting = 0
    for value in history.map(monitor.value) {
      if value < best - abs(best.isFinite ? best : 0) * threshold {
        best = value
        stalled = 0
      } else {
        stalled += 1
      }
      if resting > 0 {
        resting -= 1
        stalled = 0
      }
      if stalled > patience {
        reductions += 1
        stalled = 0
        resting = cooldown
      }
    }
    return reductions == 0
      ? .proceed : .scaleLearningRate(max(pow(factor, Double(reductions)), minimum))
  }
}
