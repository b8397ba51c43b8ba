public import HoneText

/// What a model of texts took over from a file of word vectors.
public struct WordVectorRecord: Sendable, Codable, Equatable {
  /// The file as the user named it.
  public var file: String
  /// The number of words in the file.
  public var wordsInFile: Int
  /// The values of a vector.
  public var dimensions: Int
  /// The number of units in the model's vocabulary, the unknown one included.
  public var units: Int
  /// The number of units that have a vector.
  public var covered: Int
  /// The share of the training texts' tokens whose unit has a vector.
  public var tokenShare: Double?
  /// The first units without a vector, most frequent first.
  public var missing: [String]
  /// Whether training left the vectors alone.
  public var isFrozen: Bool

  /// A record of vectors taken over.
  public init(
    file: String, wordsInFile: Int, dimensions: Int, units: Int, covered: Int,
    tokenShare: Double?, missing: [String], isFrozen: Bool
  ) {
    self.file = file
    self.wordsInFile = wordsInFile
    self.dimensions = dimensions
    self.units = units
    self.covered = covered
    self.tokenShare = tokenShare
    self.missing = missing
    self.isFrozen = isFrozen
  }

  /// Units without a vector that records name, at most.
  public static let missingLimit = 20

  /// What was taken over, in a few sentences.
  public var explanation: Localized {
    let share = tokenShare.map { Formatting.percent($0) }
    let names = missing.prefix(8).joined(separator: ", ") + (units - covered > 8 ? ", …" : "")
    return Localized(
      "\(file): vectors of \(dimensions) numbers for \(covered) of \(units) units of the vocabulary"
        + (share.map { ", which are \($0) of the tokens" } ?? "") + "; "
        + (isFrozen ? "training leaves them alone." : "training goes on with them.")
        + (missing.isEmpty ? "" : " Without one: \(names)."),
      korean: "\(file): 어휘 단위 \(units)개 가운데 \(covered)개에 \(dimensions)차원 벡터가 있습니다"
        + (share.map { " (토큰의 \($0))" } ?? "") + ". "
        + (isFrozen ? "학습 중에는 바꾸지 않습니다." : "학습하며 함께 바꿉니다.")
        + (missing.isEmpty ? "" : " 벡터가 없는 단위: \(names)."))
  }
}
