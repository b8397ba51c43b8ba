/// A value of a metric to reach, as `accuracy>=0.98` says it.
public struct MetricGoal: Sendable, Equatable {
  /// The metric's name.
  public var metric: String
  /// The value to reach.
  public var value: Double
  /// Whether larger values count as reached.
  public var largerIsBetter: Bool

  /// A goal.
  public init(metric: String, value: Double, largerIsBetter: Bool) {
    self.metric = metric
    self.value = value
    self.largerIsBetter = largerIsBetter
  }

  /// The goal that a text such as `accuracy>=0.98` or `rootMeanSquaredError<=2` says; nil where it
  /// says none.
  public init?(_ text: String) {
    for (sign, larger) in [(">=", true), ("<=", false)] {
      let parts = text.split(separator: sign, maxSplits: 1).map {
        $0.filter { !$0.isWhitespace }
      }
      if parts.count == 2, !parts[0].isEmpty, let value = Double(parts[1]), value.isFinite {
        self.init(metric: parts[0], value: value, largerIsBetter: larger)
        return
      }
    }
    return nil
  }
}
