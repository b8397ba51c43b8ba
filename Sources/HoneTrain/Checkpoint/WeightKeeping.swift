public import HoneRecords

/// Which epochs' weights are kept as models of their own, besides the best one's that every run keeps.
///
/// A pure function of the history, so that a resumed run keeps what the uninterrupted one would.
public struct WeightKeeping: Sendable, Equatable {
  /// How many of the best epochs.
  public var best: Int
  /// How many of the last epochs.
  public var last: Int
  /// Every so many epochs; nil for none.
  public var every: Int?
  /// Certain epochs, counted from 1: the ends of a schedule's cycles make a snapshot ensemble
  /// (Huang and others 2017, arXiv 1704.00109).
  public var epochs: Set<Int>

  /// A choice of epochs.
  /// - Precondition: no number is negative, `every` is positive.
  public init(best: Int = 0, last: Int = 0, every: Int? = nil, epochs: Set<Int> = []) {
    guard best >= 0, last >= 0, every.map({ $0 > 0 }) ?? true else {
      fatalError(
        "WeightKeeping got best: \(best), last: \(last), every: \(every ?? 0); none may be negative "
          + "and every must be positive.")
    }
    self.best = best
    self.last = last
    self.every = every
    self.epochs = epochs
  }

  /// Whether nothing is kept.
  public var isEmpty: Bool { best == 0 && last == 0 && every == nil && epochs.isEmpty }

  /// The numbers of the epochs to keep, of those that ended.
  ///
  /// Of equally good epochs the earlier counts as better.
  public func chosen(of history: [EpochRecord], by monitor: Monitor) -> Set<Int> {
    var chosen = Set(history.suffix(last).map(\.epoch))
    for epoch in history {
      if epochs.contains(epoch.epoch) || every.map({ epoch.epoch.isMultiple(of: $0) }) ?? false {
        chosen.insert(epoch.epoch)
      }
    }
    var ranked: [EpochRecord] = []
    if best > 0 {
      for epoch in history {
        let place = ranked.firstIndex { monitor.isBetter(epoch, than: $0) } ?? ranked.endIndex
        ranked.insert(epoch, at: place)
        if ranked.count > best { ranked.removeLast() }
      }
    }
    return chosen.union(ranked.map(\.epoch))
  }
}
