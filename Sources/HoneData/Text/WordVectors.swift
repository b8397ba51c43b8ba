import Foundation
public import HoneNumerics

/// Vectors of words that were learned elsewhere, read from a file and restricted to the words that are
/// needed.
///
/// ```swift
/// let vectors = try WordVectors(contentsOf: "glove.6B.100d.txt", vocabulary: Set(words))
/// let (table, coverage) = try vectors.table(for: words, using: &stream)
/// let embedding = Embedding(pretrained: Tensor(table), paddingIndex: 0)
/// ```
public struct WordVectors: Sendable, Equatable {
  /// The formats of such files.
  public enum Format: String, Sendable, Hashable, CaseIterable {
    /// Found out from the file.
    case automatic
    /// A word and its values on each line: GloVe's files; word2vec's text files and fastText's `.vec`,
    /// which begin with a line of the number of words and of values.
    case text
    /// The number of words and of values on a line, then each word, a space and its values as 32-bit
    /// floats in little-endian order.
    case word2vecBinary
  }

  /// The file's path as given.
  public let path: String
  /// The words that were found, in the file's order.
  public let words: [String]
  /// The values of a vector.
  public let dimensions: Int
  /// The vectors, one behind the other, in the order of the words.
  public let values: [Float]
  /// The number of words in the file, found or not.
  public let wordsInFile: Int

  /// Reads the vectors of some words; of a word that a file repeats the first vector counts.
  ///
  /// The file is read piece by piece, so that memory holds the vectors of the words that were found and
  /// little else, however large the file is.
  /// - Parameters:
  ///   - path: the file.
  ///   - vocabulary: the words to find; nil for all in the file.
  ///   - format: the file's format.
  /// - Throws: `DataError.pathNotFound`, `.unreadable`, or `.badVectors` with the line at fault.
  public init(
    contentsOf path: String, vocabulary: Set<String>? = nil, format: Format = .automatic
  ) throws(DataError) {
    var reader = try VectorFileReader(path: path, vocabulary: vocabulary)
    try reader.read(format)
    self.path = path
    words = reader.words
    dimensions = reader.dimensions
    values = reader.values
    wordsInFile = reader.count
  }

  /// The vector of a word; nil where it was not found.
  ///
  /// Searches all words: for a table of many use `table(for:counts:padding:using:)`.
  public func vector(of word: String) -> [Float]? {
    words.firstIndex(of: word).map {
      Array(values[$0 * dimensions..<($0 + 1) * dimensions])
    }
  }

  /// The first values of an embedding's table, and how much of a vocabulary they cover.
  ///
  /// Words without a vector get normal numbers with the standard deviation of the values that were
  /// found, so that training can tell them apart.
  /// - Parameters:
  ///   - vocabulary: the words in the order of their numbers.
  ///   - counts: how often each word occurs in the data, for the share of tokens that are covered.
  ///   - padding: the number that stands for padding and gets zeros; nil for none.
  ///   - stream: where the numbers for words without a vector come from.
  /// - Returns: `[vocabulary, dimensions]`, `float32`, and the coverage, in which padding does not count.
  /// - Throws: `DataError.badVectors` where no word at all has a vector.
  public func table(
    for vocabulary: [String], counts: [Int]? = nil, padding: Int? = 0,
    using stream: inout RandomStream
  ) throws(DataError) -> (table: HostTensor, coverage: WordVectorCoverage) {
    let places = Dictionary(zip(words, words.indices)) { first, _ in first }
    let rows = vocabulary.indices.map { $0 == padding ? nil : places[vocabulary[$0]] }
    let coverage = WordVectorCoverage(
      vocabulary: vocabulary, isCovered: rows.map { $0 != nil }, counts: counts, padding: padding)
    guard coverage.covered > 0 else {
      throw .badVectors(path: path, line: 0, problem: .nothingCovered)
    }
    let found = rows.compactMap { $0 }
    let deviation = self.deviation(of: found)
    var table: [Float] = []
    table.reserveCapacity(vocabulary.count * dimensions)
    for (index, row) in rows.enumerated() {
      if let row {
        table += values[row * dimensions..<(row + 1) * dimensions]
      } else if index == padding {
        table += repeatElement(0, count: dimensions)
      } else {
        for _ in 0..<dimensions { table.append(Float(stream.normal() * deviation)) }
      }
    }
    return (HostTensor(table, shape: [vocabulary.count, dimensions]), coverage)
  }

  private func deviation(of rows: [Int]) -> Double {
    let count = Double(rows.count * dimensions)
    var (sum, squares) = (0.0, 0.0)
    for row in rows {
      for value in values[row * dimensions..<(row + 1) * dimensions] {
        sum += Double(value)
        squares += Double(value) * Double(value)
      }
    }
    return max(0, squares / count - (sum / count) * (sum / count)).squareRoot()
  }
}
