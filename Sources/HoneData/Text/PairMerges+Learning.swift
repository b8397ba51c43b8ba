extension PairMerges {
  /// Learns merges from words: again and again the most frequent pair of neighbours grows together,
  /// of equally frequent ones the first in the alphabet.
  /// - Parameters:
  ///   - words: how often each word occurs.
  ///   - count: how many merges, at most.
  ///   - minimumCount: pairs that occur less often stay apart.
  static func learned(from words: [String: Int], count: Int, minimumCount: Int) -> PairMerges {
    var learner = PairLearner(words)
    var pairs: [Pair] = []
    while pairs.count < count, let best = learner.mostFrequent(atLeast: max(1, minimumCount)) {
      pairs.append(best)
      learner.merge(best)
    }
    return PairMerges(pairs)
  }
}

/// The words that merges are learned from, and the counts of their neighbours.
private struct PairLearner {
  private var words: [(pieces: [String], count: Int)]
  private var counts: [PairMerges.Pair: Int] = [:]
  /// The words in which a pair occurs, or has occurred.
  private var places: [PairMerges.Pair: Set<Int>] = [:]
  private var queue = PairQueue()

  init(_ counted: [String: Int]) {
    words = counted.sorted { $0.key < $1.key }.map { word, count in
      (word.unicodeScalars.map { String($0) }, count)
    }
    for index in words.indices { count(index, sign: 1) }
    for (pair, count) in counts { queue.insert(pair, count) }
  }

  mutating func mostFrequent(atLeast minimum: Int) -> PairMerges.Pair? {
    while let top = queue.removeFirst() {
      let current = counts[top.pair] ?? 0
      if current == top.count { return current >= minimum ? top.pair : nil }
      // The count has changed since the pair was queued.
      if current > 0 { queue.insert(top.pair, current) }
    }
    return nil
  }

  mutating func merge(_ pair: PairMerges.Pair) {
    for index in (places.removeValue(forKey: pair) ?? []).sorted() {
      let pieces = words[index].pieces
      count(index, sign: -1)
      var joined: [String] = []
      var place = 0
      while place < pieces.count {
        let isPair =
          place + 1 < pieces.count && pieces[place] == pair.first
          && pieces[place + 1] == pair.second
        joined.append(isPair ? pair.joined : pieces[place])
        place += isPair ? 2 : 1
      }
      words[index].pieces = joined
      for changed in count(index, sign: 1) where changed != pair {
        queue.insert(changed, counts[changed] ?? 0)
      }
    }
    counts[pair] = nil
  }

  /// Adds a word's pairs to the counts, or takes them off; returns them.
  @discardableResult
  private mutating func count(_ index: Int, sign: Int) -> Set<PairMerges.Pair> {
    let (pieces, times) = words[index]
    var seen: Set<PairMerges.Pair> = []
    for (first, second) in zip(pieces, pieces.dropFirst()) {
      let pair = PairMerges.Pair(first: first, second: second)
      counts[pair, default: 0] += sign * times
      if sign > 0 { places[pair, default: []].insert(index) }
      seen.insert(pair)
    }
    return seen
  }
}

/// A binary heap of pairs by count; entries may be out of date.
private struct PairQueue {
  typealias Entry = (pair: PairMerges.Pair, count: Int)
  private var entries: [Entry] = []

  mutating func insert(_ pair: PairMerges.Pair, _ count: Int) {
    entries.append((pair, count))
    var child = entries.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard precedes(entries[child], entries[parent]) else { break }
      entries.swapAt(child, parent)
      child = parent
    }
  }

  mutating func removeFirst() -> Entry? {
    guard let first = entries.first else { return nil }
    let last = entries.removeLast()
    if entries.isEmpty { return first }
    entries[0] = last
    var parent = 0
    while true {
      var best = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count {
        if precedes(entries[child], entries[best]) { best = child }
      }
      if best == parent { return first }
      entries.swapAt(best, parent)
      parent = best
    }
  }

  private func precedes(_ a: Entry, _ b: Entry) -> Bool {
    if a.count != b.count { return a.count > b.count }
    return (a.pair.first, a.pair.second) < (b.pair.first, b.pair.second)
  }
}
