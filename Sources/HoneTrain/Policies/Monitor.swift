public import HoneMetrics
public import HoneRecords

/// A number of each epoch that policies watch.
///
/// A typed key: there is no name to misspell.
public enum Monitor: Sendable, Equatable {
  case trainLoss
  case validationLoss
  /// The run's metric on the validation split; ties are broken by the validation loss.
  case validationMetric(MetricName)

  /// Whether the first epoch is better than the second by more than `delta`.
  ///
  /// A number that is missing or not finite is worse than any other.
  public func isBetter(_ first: EpochRecord, than second: EpochRecord, by delta: Double = 0) -> Bool
  {
    let (new, old) = (value(first), value(second))
    if new == old, delta == 0, case .validationMetric = self {
      return Monitor.validationLoss.value(first) < Monitor.validationLoss.value(second)
    }
    return new < old - delta
  }

  /// The number of an epoch, as a cost: smaller is better.
  func value(_ epoch: EpochRecord) -> Double {
    let number: Double? =
      switch self {
      case .trainLoss: epoch.trainLoss
      case .validationLoss: epoch.validationLoss
      case .validationMetric(let metric):
        epoch.validationMetric.map { metric.isBetterWhenLarger ? -$0 : $0 }
      }
    guard let number, number.isFinite else { return .infinity }
    return number
  }
}
