import HoneNumerics

/// Finds texts that differ in capitals, marks and a few words: those that share most of their runs of
/// three words, found by MinHash (Broder 1997) in bands of four.
enum NearTexts {
  /// The shared part of all runs from which two texts are taken for one.
  static let likeness = 0.8
  private static let runLength = 3
  /// Shorter texts are compared by their words as a whole.
  private static let fewestWords = 6
  private static let hashes = 64
  private static let rows = 4
  private static let mostCandidates = 500

  /// The words of a text and nothing else, for the hash that makes copies of texts which differ in
  /// capitals, marks or spaces.
  static func normalized(_ text: String) -> [String] {
    let composed = TextNormalizer.normalized(text, lowercase: true)
    return WordSplitter.tokens(of: composed).map(String.init).filter { word in
      word.unicodeScalars.contains {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
      }
    }
  }

  /// Pairs of near copies, each later text with the first that it is like.
  static func pairs(_ words: [[String]]) -> [DuplicatePair] {
    let runs = words.map(runs)
    let seeds = (0..<hashes).map { index in
      var stream = RandomStream(seed: 0, "minhash", index)
      return stream.next()
    }
    let signatures = runs.map { runs in
      runs.isEmpty ? [] : seeds.map { seed in runs.reduce(UInt64.max) { min($0, mix($1 ^ seed)) } }
    }
    var best: [Int: DuplicatePair] = [:]
    for band in 0..<(hashes / rows) {
      var buckets: [UInt64: [Int]] = [:]
      for (sample, signature) in signatures.enumerated() where !signature.isEmpty {
        let part = signature[(band * rows)..<((band + 1) * rows)]
        buckets[part.reduce(0) { mix($0 ^ $1) }, default: []].append(sample)
      }
      for members in buckets.values where members.count > 1 {
        compare(members.prefix(mostCandidates), runs, &best)
      }
    }
    return best.values.sorted { $0.second < $1.second }
  }

  private static func compare(
    _ members: ArraySlice<Int>, _ runs: [Set<UInt64>], _ best: inout [Int: DuplicatePair]
  ) {
    for (place, second) in members.enumerated() where best[second] == nil {
      for first in members.prefix(place) {
        let shared = runs[first].intersection(runs[second]).count
        let all = runs[first].count + runs[second].count - shared
        let likeness = Double(shared) / Double(max(1, all))
        guard likeness >= Self.likeness else { continue }
        best[second] = DuplicatePair(first: first, second: second, likeness: likeness)
        break
      }
    }
  }

  private static func runs(_ words: [String]) -> Set<UInt64> {
    guard words.count >= fewestWords else { return [] }
    let hashes = words.map(hash)
    return Set(
      (0...(words.count - runLength)).map { start in
        hashes[start..<(start + runLength)].reduce(0) { mix($0 &* 31 ^ $1) }
      })
  }

  /// FNV-1a (Fowler, Noll and Vo).
  static func hash(_ word: String) -> UInt64 {
    word.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
