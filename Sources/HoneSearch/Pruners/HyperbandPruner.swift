import Foundation
import HoneRecords

/// Hyperband (Li and others, JMLR 18, 2018): successive halving in several brackets, from many short
/// trials to few long ones, so that no guess of the first step is needed.
public struct HyperbandPruner: TrialPruner {
  /// The fewest steps of a trial.
  public var firstStep: Int
  /// The steps of a whole trial; nil for those of the longest completed one.
  public var lastStep: Int?
  /// η: one in so many goes on.
  public var reduction: Int
  /// Whether trials rest instead of ending.
  public var pauses: Bool

  /// The name that commands and files use.
  public var name: String { "hyperband" }

  /// A pruner.
  /// - Precondition: a first step of at least 1 and a reduction of at least 2.
  public init(
    firstStep: Int = 1, lastStep: Int? = nil, reduction: Int = 3, pauses: Bool = false
  ) {
    guard firstStep >= 1, reduction >= 2, lastStep.map({ $0 >= firstStep }) ?? true else {
      fatalError(
        "HyperbandPruner got steps \(firstStep) to \(lastStep ?? 0) and reduction \(reduction); it "
          + "needs a first step of 1 or more, a later last one and a reduction of 2 or more.")
    }
    self.firstStep = firstStep
    self.lastStep = lastStep
    self.reduction = reduction
    self.pauses = pauses
  }

  /// How often each bracket is drawn, in parts of their sum; empty while the last step is unknown.
  func shares(lastStep: Int?) -> [Int] {
    guard let lastStep else { return [] }
    let ratio = Double(lastStep) / Double(firstStep)
    // A power of the reduction may come out a rounding below its exponent.
    let count = Int((log(ratio) / log(Double(reduction)) + 1e-12).rounded(.down)) + 1
    return (0..<max(count, 1)).map { bracket in
      let rest = count - 1 - bracket
      let size = Double(count) * pow(Double(reduction), Double(rest)) / Double(rest + 1)
      return Int((size - 1e-9).rounded(.up))
    }
  }

  /// The bracket of a trial, drawn by a checksum of the study's name and the trial's number.
  func bracket(study: String, number: Int, shares: [Int]) -> Int {
    let total = shares.reduce(0, +)
    guard total > 0 else { return 0 }
    var rest = Int(Checksum.crc32("\(study)_\(number)")) % total
    for (bracket, share) in shares.enumerated() {
      rest -= share
      if rest < 0 { return bracket }
    }
    return 0
  }

  /// What successive halving of the trial's bracket decides.
  public func decide(_ view: PruneView) -> PruneVerdict {
    let last =
      lastStep ?? view.completed.compactMap { $0.reports.last?.step }.max().map { $0 + 1 }
    let shares = shares(lastStep: last)
    guard !shares.isEmpty else { return PruneVerdict(.proceed, rungs: view.trial.rungs) }
    let own = bracket(study: view.study, number: view.trial.number, shares: shares)
    let halving = HalvingPruner(
      firstStep: firstStep, reduction: reduction, skippedRungs: own, pauses: pauses)
    return halving.decide(
      view,
      among: view.trials.filter {
        bracket(study: view.study, number: $0.number, shares: shares) == own
      })
  }
}

extension TrialPruner where Self == HyperbandPruner {
  /// Successive halving in several brackets.
  public static var hyperband: HyperbandPruner { HyperbandPruner() }
}

/// The checksum of zip files and Ethernet.
enum Checksum {
  static func crc32(_ text: String) -> UInt32 {
    var value = ~UInt32(0)
    for byte in text.utf8 {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
    return ~value
  }
}
