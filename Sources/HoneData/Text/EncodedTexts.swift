import Dispatch
import Synchronization

/// The token numbers of some samples, encoded once for all epochs.
struct EncodedTexts: Sendable {
  private let tokens: [Int32]
  private let starts: [Int]
  /// The place of each sample among those encoded.
  private let places: [Int: Int]

  /// Encodes texts on all cores.
  init(_ texts: TextSamples, indices: [Int], tokenizer: Tokenizer) {
    let samples = Set(indices).sorted()
    let piece = 512
    let parts = (samples.count + piece - 1) / piece
    let encoded = Mutex([[[Int32]]](repeating: [], count: parts))
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      var cache: [String: [Int32]] = [:]
      let range = (part * piece)..<min(samples.count, (part + 1) * piece)
      let found = range.map { tokenizer.encode(texts.texts[samples[$0]], cache: &cache) }
      encoded.withLock { $0[part] = found }
    }
    var tokens: [Int32] = []
    var starts: [Int] = [0]
    for row in encoded.withLock({ $0 }).joined() {
      tokens += row
      starts.append(tokens.count)
    }
    self.tokens = tokens
    self.starts = starts
    places = Dictionary(uniqueKeysWithValues: samples.enumerated().map { ($1, $0) })
  }

  /// The numbers of a sample.
  func tokens(of sample: Int) -> ArraySlice<Int32> {
    guard let place = places[sample] else {
      fatalError("The sample \(sample) was not encoded; it is not among the loader's indices.")
    }
    return tokens[starts[place]..<starts[place + 1]]
  }

  /// How many tokens a sample has.
  func length(of sample: Int) -> Int { tokens(of: sample).count }
}

extension Preprocessor {
  /// How often each token number occurs in some texts; empty for data that are no texts.
  package func tokenCounts(of dataset: Dataset, indices: [Int]) -> [Int] {
    guard let encoded = encoded(dataset, indices: indices), let tokenizer else { return [] }
    var counts = [Int](repeating: 0, count: tokenizer.vocabulary.count)
    for index in indices {
      for token in encoded.tokens(of: index) { counts[Int(token)] += 1 }
    }
    return counts
  }

  /// The token numbers of some samples; nil for data that are no texts.
  func encoded(_ dataset: Dataset, indices: [Int]) -> EncodedTexts? {
    guard case .text(let texts) = dataset.samples else { return nil }
    guard let tokenizer else {
      fatalError(
        "The preprocessor has no tokenizer for the texts of \(dataset.source): open the data with "
          + "the preprocessor's reading.")
    }
    return EncodedTexts(texts, indices: indices, tokenizer: tokenizer)
  }
}
