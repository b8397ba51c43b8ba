public import HoneText

/// How much of a vocabulary a file of word vectors covers.
public struct WordVectorCoverage: Sendable, Equatable {
  /// The number of words in the vocabulary, without padding.
  public let words: Int
  /// The number of words that have a vector.
  public let covered: Int
  /// The words without a vector, the most frequent first where counts are known.
  public let missing: [String]
  /// The share of the data's tokens whose word has a vector; nil without counts.
  public let tokenShare: Double?

  init(vocabulary: [String], isCovered: [Bool], counts: [Int]?, padding: Int?) {
    let numbers = vocabulary.indices.filter { $0 != padding }
    var absent = numbers.filter { !isCovered[$0] }
    words = numbers.count
    covered = words - absent.count
    if let counts {
      absent.sort { (counts[$1], $0) < (counts[$0], $1) }
      let total = numbers.reduce(0) { $0 + counts[$1] }
      let without = absent.reduce(0) { $0 + counts[$1] }
      tokenShare = total > 0 ? Double(total - without) / Double(total) : nil
    } else {
      tokenShare = nil
    }
    missing = absent.map { vocabulary[$0] }
  }

  /// The coverage in a sentence, with the first words without a vector.
  public var summary: Localized {
    let names = missing.prefix(10).joined(separator: ", ") + (missing.count > 10 ? ", …" : "")
    let share = tokenShare.map { "\(Double(Int($0 * 1000)) / 10) %" }
    return Localized(
      "\(covered) of \(words) words have a vector"
        + (share.map { ", \($0) of the tokens" } ?? "")
        + (missing.isEmpty ? "." : ". Without one: \(names)."),
      korean: "단어 \(words)개 가운데 \(covered)개에 벡터가 있습니다"
        + (share.map { " (토큰의 \($0))" } ?? "")
        + (missing.isEmpty ? "." : ". 벡터가 없는 단어: \(names)."))
  }
}
