/// Byte-pair encoding: which neighbours in a word grow together, and in which order (Sennrich,
/// Haddow and Birch 2015, arXiv 1508.07909).
///
/// The pieces start as scalars, not bytes: a scalar that the training texts lack is unknown.
struct PairMerges: Sendable, Equatable, Codable {
  /// Two pieces that become one.
  struct Pair: Sendable, Hashable, Codable {
    let first: String
    let second: String
    var joined: String { first + second }
  }

  /// In the order in which they were learned.
  let pairs: [Pair]
  private let ranks: [Pair: Int]

  init(_ pairs: [Pair]) {
    self.pairs = pairs
    ranks = Dictionary(pairs.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
  }

  init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode([Pair].self))
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(pairs)
  }

  /// The pieces of a word.
  func pieces(of word: String) -> [String] {
    var pieces = word.unicodeScalars.map { String($0) }
    while pieces.count > 1 {
      var best: (rank: Int, place: Int)?
      for place in 0..<(pieces.count - 1) {
        let pair = Pair(first: pieces[place], second: pieces[place + 1])
        guard let rank = ranks[pair], rank < best?.rank ?? .max else { continue }
        best = (rank, place)
      }
      guard let best else { break }
      let pair = pairs[best.rank]
      pieces = PairMerges.merged(pieces, pair)
    }
    return pieces
  }

  /// A word's pieces after every occurrence of a pair has grown together, from the left.
  private static func merged(_ pieces: [String], _ pair: Pair) -> [String] {
    var result: [String] = []
    var place = 0
    while place < pieces.count {
      if place + 1 < pieces.count, pieces[place] == pair.first, pieces[place + 1] == pair.second {
        result.append(pair.joined)
        place += 2
      } else {
        result.append(pieces[place])
        place += 1
      }
    }
    return result
  }
}
