/// Two samples that are the same, or nearly.
public struct DuplicatePair: Sendable, Codable, Equatable {
  /// The earlier sample, by its index.
  public var first: Int
  /// The later sample.
  public var second: Int
  /// How alike they are: 1 for copies, the correlation of pictures, the shared part of texts.
  public var likeness: Double
}

/// Finds copies and near copies, within splits and across them.
struct DuplicateSearch {
  /// For each sample the first sample that it is a copy of, or nearly; nil where it is none.
  private(set) var originals: [DuplicatePair?]

  /// - Parameters:
  ///   - hashes: of the content of each sample, without what is to be learned from it; nil where it
  ///     cannot be read.
  ///   - near: pairs of near copies.
  init(hashes: [UInt64?], near: [DuplicatePair]) {
    originals = [DuplicatePair?](repeating: nil, count: hashes.count)
    var seen: [UInt64: Int] = [:]
    for (sample, hash) in hashes.enumerated() {
      guard let hash else { continue }
      if let first = seen[hash] {
        originals[sample] = DuplicatePair(first: first, second: sample, likeness: 1)
      } else {
        seen[hash] = sample
      }
    }
    for pair in near where originals[pair.second] == nil { originals[pair.second] = pair }
  }

  /// Every pair.
  var pairs: [DuplicatePair] { originals.compactMap { $0 } }

  /// For each sample of a part one of another part that it repeats.
  func leaks(from known: [Int], into part: [Int]) -> [DuplicatePair] {
    // All samples that repeat one sample are one family; a leak is a member on both sides.
    var families: [Int: Int] = [:]
    for sample in known where families[family(of: sample)] == nil {
      families[family(of: sample)] = sample
    }
    return part.compactMap { sample in
      guard let twin = families[family(of: sample)] else { return nil }
      // A sample that is in both parts is its own copy.
      let likeness =
        twin == sample ? 1 : min(originals[sample]?.likeness ?? 1, originals[twin]?.likeness ?? 1)
      return DuplicatePair(first: twin, second: sample, likeness: likeness)
    }
  }

  /// The sample at the end of the chain of originals.
  private func family(of sample: Int) -> Int {
    var sample = sample
    // Originals come before their copies, so that the chain ends.
    while let pair = originals[sample] { sample = pair.first }
    return sample
  }
}
