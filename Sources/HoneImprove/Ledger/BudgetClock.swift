/// The time of an improvement, its earlier parts included.
struct BudgetClock {
  let started: ContinuousClock.Instant
  let budget: Double
  /// Seconds that earlier parts took.
  var before = 0.0

  /// Seconds spent.
  var spent: Double { before + started.duration(to: .now) / .seconds(1) }
  /// Seconds left; below zero where the budget is overdrawn.
  var left: Double { budget - spent }
}
