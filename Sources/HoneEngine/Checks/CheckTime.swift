import HoneTrain

/// The seconds that the gates of a check may take: a minute, or a hundredth of the run where that is
/// more.
struct CheckTime {
  /// All of them.
  let seconds: Double

  /// The least that a check may take.
  static let least = 60.0
  /// The share of a run.
  static let share = 0.01

  /// The time for a plan, from a few measured steps; their number is small because of models whose single
  /// step takes seconds.
  init(for plan: TrainingPlan) throws {
    let run = try Forecast(of: plan, steps: 2).seconds(of: plan)
    seconds = max(Self.least, Self.share * run)
  }

  /// Learning a batch by heart.
  var overfit: Double { 0.3 * seconds }
  /// The range test.
  var rangeTest: Double { seconds / 3 }
  /// Data against zeros.
  var zeroInput: Double { 0.15 * seconds }
  /// Letting running statistics settle.
  var modes: Double { 0.08 * seconds }
  /// Loading, and steps beside it.
  var loader: Double { 0.03 * seconds }
}
