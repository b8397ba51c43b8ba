/// How a remedy came out of the race that decides which are worth a proof.
///
/// Its numbers are of the samples that choose, so they prove nothing.
public struct ScreeningRecord: Sendable, Codable, Equatable {
  /// What became of the remedy.
  public enum Decision: String, Sendable, Codable {
    /// It went on to the proof.
    case chosen
    /// Others were ahead.
    case behind
    /// It was no better than the control.
    case noGain
    /// It could not be trained.
    case failed
    /// The time was up before its turn.
    case notTried
  }

  /// The remedy's id.
  public var remedy: String
  /// The finding that called for it; nil for remedies tried on principle.
  public var finding: FindingName?
  /// The configuration keys that the remedy set, by dotted path.
  public var change: [String: ConfigurationValue]
  /// The round of the race, from 1.
  public var round: Int
  /// How far it came: the share of a whole run that it was trained for.
  public var share: Double
  /// Seeds that it was trained with.
  public var seeds: Int
  /// Its gain over the control on the samples that choose, in the direction of improvement; nil where
  /// it was not tried.
  public var gain: Double?
  /// What was expected of it when the race began: probability times gain.
  public var expectedGain: Double
  /// Seconds that it was expected to take for a whole run.
  public var priceSeconds: Double
  /// Wall-clock seconds of its runs.
  public var seconds: Double
  /// What became of it.
  public var decision: Decision

  /// A remedy before the race.
  public init(
    remedy: String, finding: FindingName?, change: [String: ConfigurationValue], round: Int,
    expectedGain: Double, priceSeconds: Double
  ) {
    self.remedy = remedy
    self.finding = finding
    self.change = change
    self.round = round
    self.expectedGain = expectedGain
    self.priceSeconds = priceSeconds
    share = 0
    seeds = 0
    seconds = 0
    decision = .notTried
  }
}
