/// The time that one call of `hone recipe` may spend, and what of it each step that searches gets.
///
/// The coarse search gets 30 % of what is left when it begins, the fine search 70 % of what is left then,
/// its rounds alike; the rest is for the winner's curves and fresh seeds.
public struct RecipeBudget: Sendable, Equatable {
  private static let coarseShare = 0.3
  private static let fineShare = 0.7

  /// When the time is used; nil for no limit.
  public let deadline: ContinuousClock.Instant?

  /// A budget that begins now.
  /// - Parameter seconds: the time; nil for no limit.
  public init(seconds: Double?, from start: ContinuousClock.Instant = .now) {
    deadline = seconds.map { start + .seconds($0) }
  }

  /// Whether the time is used.
  public func isUsed(at now: ContinuousClock.Instant = .now) -> Bool {
    deadline.map { now >= $0 } ?? false
  }

  /// Seconds for the coarse search; nil for no limit.
  public func coarseSeconds(at now: ContinuousClock.Instant = .now) -> Double? {
    left(at: now).map { $0 * Self.coarseShare }
  }

  /// Seconds for a round of the fine search; nil for no limit.
  /// - Parameters:
  ///   - round: the round, counted from 1.
  ///   - rounds: how many there are at most.
  public func fineSeconds(round: Int, of rounds: Int, at now: ContinuousClock.Instant = .now)
    -> Double?
  {
    // Rounds before have had their shares of what was there at first.
    let share = Self.fineShare / Double(rounds)
    let before = 1 - share * Double(round - 1)
    return left(at: now).map { $0 * share / before }
  }

  /// Whether something that takes so many seconds would be over in time.
  public func hasTime(for seconds: Double, at now: ContinuousClock.Instant = .now) -> Bool {
    left(at: now).map { $0 >= seconds } ?? true
  }

  private func left(at now: ContinuousClock.Instant) -> Double? {
    deadline.map { max(0, now.duration(to: $0) / .seconds(1)) }
  }
}
