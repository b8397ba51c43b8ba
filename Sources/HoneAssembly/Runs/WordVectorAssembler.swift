import HoneConfiguration
import HoneData
import HoneNN
import HoneNumerics
import HoneRecords
import HoneTensor
import HoneText

/// Word vectors on their way from a file into the table of a model of texts.
struct WordVectorAssembler {
  /// The vectors of the vocabulary's units.
  let vectors: WordVectors
  private let units: [String]
  private let isFrozen: Bool

  /// The table that models of texts look units up in.
  private static let table = "embedding.weight"
  /// What files that have a vector for unknown words call them.
  private static let unknown = "<unk>"

  /// Reads the vectors that a configuration names; nil where it names none.
  /// - Throws: `ConfigurationError` for data or models without texts or vectors of another length than the
  ///   model is to have; `DataError` for a file that cannot be read or knows none of the units.
  init?(_ configuration: Configuration, tokenizer: Tokenizer?) throws {
    guard let wanted = configuration.model.embedding else { return nil }
    guard let tokenizer else {
      throw configuration.problem(
        at: "model.embedding",
        Localized(
          "word vectors are for texts, and the data are none. Remove the key.",
          korean: "단어 벡터는 텍스트에 쓰는데 데이터가 텍스트가 아닙니다. 이 키를 제거하십시오."))
    }
    // In the order of their numbers: padding, unknown, then the known ones.
    units = ["", Self.unknown] + tokenizer.vocabulary.units
    vectors = try WordVectors(contentsOf: wanted.vectors, vocabulary: Set(units.dropFirst()))
    isFrozen = wanted.freeze
    let architecture = configuration.model.architecture
    if let length = architecture.wordVectorLength, length != vectors.dimensions,
      length != architecture.usualWordVectorLength
    {
      throw configuration.problem(
        at: "model.features",
        Localized(
          "the vectors of \(wanted.vectors) have \(vectors.dimensions) numbers, not \(length). Leave "
            + "features out: the file decides.",
          korean: "\(wanted.vectors)의 벡터는 \(length)차원이 아니라 \(vectors.dimensions)차원입니다. 파일이 "
            + "정하도록 features를 빼십시오."))
    }
  }

  /// The architecture with word vectors as long as the file's.
  func fitted(
    _ architecture: ModelConfiguration.Architecture
  ) -> ModelConfiguration.Architecture {
    if case .auto = architecture { return .bagOfEmbeddings(features: vectors.dimensions) }
    return architecture.with(wordVectorLength: vectors.dimensions)
  }

  /// Writes the vectors into a model's table.
  /// - Parameters:
  ///   - live: the model.
  ///   - counts: how often each number occurs in the training texts.
  ///   - seed: the run's seed, for units without a vector.
  /// - Returns: what was taken over.
  /// - Throws: `DataError.badVectors` where no unit has a vector.
  func write(
    into live: any Module, counts: [Int], seed: UInt64
  ) throws -> WordVectorRecord {
    guard let table = live.namedParameters.first(where: { $0.name == Self.table })?.parameter else {
      fatalError("A model of texts has no parameter \(Self.table) for its word vectors.")
    }
    var stream = RandomStream(seed: seed, "units without a vector")
    let (values, coverage) = try vectors.table(
      for: units, counts: counts, padding: Vocabulary.padding, using: &stream)
    table.assign(Tensor(values))
    if isFrozen { table.isTrainable = false }
    return WordVectorRecord(
      file: vectors.path, wordsInFile: vectors.wordsInFile, dimensions: vectors.dimensions,
      units: coverage.words, covered: coverage.covered, tokenShare: coverage.tokenShare,
      missing: Array(coverage.missing.prefix(WordVectorRecord.missingLimit)), isFrozen: isFrozen)
  }
}
