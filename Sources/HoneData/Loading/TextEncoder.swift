/// Encodes texts anew for each epoch, after their augmentation.
///
/// Remembers the numbers of words: one per thread.
struct TextEncoder {
  private let texts: [String]
  private let dataset: Dataset
  private let tokenizer: Tokenizer
  private let augmenter: TextAugmenter
  private var cache: [String: [Int32]] = [:]
  /// Noise makes ever new words, so what is remembered is forgotten now and then.
  private static let cacheLimit = 100_000

  /// Nothing where texts are not augmented.
  init?(_ dataset: Dataset, _ preprocessor: Preprocessor, _ augmenter: TextAugmenter?) {
    guard let augmenter, let tokenizer = preprocessor.tokenizer,
      case .text(let samples) = dataset.samples
    else { return nil }
    texts = samples.texts
    self.dataset = dataset
    self.tokenizer = tokenizer
    self.augmenter = augmenter
  }

  /// The numbers of a text as an epoch changes it.
  mutating func tokens(of sample: Int, epoch: Int) throws -> [Int32] {
    if cache.count > TextEncoder.cacheLimit { cache = [:] }
    let text = try augmenter.augment(
      texts[sample], epoch: epoch, sample: sample, className: dataset.className(of: sample)
    ).text
    return tokenizer.encode(text, cache: &cache)
  }
}
