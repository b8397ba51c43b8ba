package import HoneConfiguration
package import HoneData
package import HoneRecords

extension Configuration {
  /// The random changes of images and of texts that the configuration asks for.
  /// - Throws: `DataError` naming a step for images where the data are texts.
  package func liveAugmentation(
    for data: Dataset
  ) throws(DataError) -> (images: [Augmentation], texts: [TextAugmentation]) {
    if data.input == .text { return ([], try augment.map(TextAugmentation.init(step:))) }
    return (augment, [])
  }
}

extension Configuration {
  /// The models in folders that steps name, by their folder; addresses are asked over HTTP.
  /// - Throws: `FileError` where a folder holds no model.
  package func textGenerators() throws -> [String: any TextGenerator] {
    var generators: [String: any TextGenerator] = [:]
    for endpoint in augment.flatMap(\.endpoints)
    where !endpoint.contains("://") && generators[endpoint] == nil {
      generators[endpoint] = try FolderGenerator(endpoint)
    }
    return generators
  }
}

extension TextAugmentation {
  /// The step of a configuration.
  /// - Throws: `DataError.augmentationNeedsImages` for a step for images.
  init(step: AugmentationSpecification) throws(DataError) {
    switch step {
    case .oneOf(let steps): self = .oneOf(try steps.map(TextAugmentation.init(step:)))
    case .someOf(let count, let steps):
      self = .someOf(try steps.map(TextAugmentation.init(step:)), count: count...count)
    case .randomOrder(let steps):
      self.init(.randomOrder(try steps.map(TextAugmentation.init(step:))))
    case .randomApply(let probability, let steps):
      self = .someOf(
        try steps.map(TextAugmentation.init(step:)), count: steps.count...steps.count,
        probability: probability)
    case .forClasses(let classes, let steps):
      self.init(.forClasses(classes, try steps.map(TextAugmentation.init(step:))))
    case .backTranslation(let endpoint, let through, let seconds, let probability):
      self.init(
        .rewriting(
          TextRewriting(
            .backTranslation, endpoint: endpoint, through: through, timeoutSeconds: seconds)),
        probability: probability)
    case .generation(let endpoint, let seconds, let probability):
      self.init(
        .rewriting(TextRewriting(.generation, endpoint: endpoint, timeoutSeconds: seconds)),
        probability: probability)
    default:
      guard let made = TextAugmentation(words: step) ?? TextAugmentation(noise: step) else {
        throw .augmentationNeedsImages(name: step.name, input: "text")
      }
      self = made
    }
  }

  /// A step of words; nil for any other.
  private init?(words step: AugmentationSpecification) {
    switch step {
    case .wordInsertion(
      let source, let folder, let vectors, let share, let low, let high, let probability):
      let words: TextWordSource =
        switch source {
        case .synonyms: .synonyms(wordNet: folder ?? WordNet.standardFolder)
        case .embedding: .neighbors(vectors: vectors ?? "")
        case .tfIdf: .tfIdf
        }
      self.init(.insertion(words), share, low, high, probability)
    case .wordDeletion(let share, let low, let high, let probability):
      self.init(.deletion, share, low, high, probability)
    case .wordSwap(let share, let low, let high, let probability):
      self.init(.swap, share, low, high, probability)
    case .wordSplit(let length, let share, let low, let high, let probability):
      self.init(.split(minimumLength: length), share, low, high, probability)
    case .synonymReplacement(let folder, let share, let low, let high, let probability):
      let source = TextWordSource.synonyms(wordNet: folder ?? WordNet.standardFolder)
      self.init(.substitution(source), share, low, high, probability)
    case .antonymReplacement(let folder, let share, let low, let high, let probability):
      let source = TextWordSource.antonyms(wordNet: folder ?? WordNet.standardFolder)
      self.init(.substitution(source), share, low, high, probability)
    case .embeddingReplacement(
      let vectors, let count, let similarity, let share, let low, let high, let probability):
      let source = TextWordSource.neighbors(vectors: vectors, count: count, similarity: similarity)
      self.init(.substitution(source), share, low, high, probability)
    case .tfIdfReplacement(let share, let low, let high, let probability):
      self.init(.substitution(.tfIdf), share, low, high, probability)
    default: return nil
    }
  }

  /// A step of misspellings; nil for any other.
  private init?(noise step: AugmentationSpecification) {
    switch step {
    case .spellingNoise(let file, let share, let low, let high, let probability):
      self.init(.substitution(.misspellings(file: file)), share, low, high, probability)
    case .spellingCorrection(let name, let share, let low, let high, let probability):
      self.init(.substitution(.corrections(dictionary: name)), share, low, high, probability)
    case .typoNoise(let length, let characters, let share, let low, let high, let probability):
      self.init(
        .typos(characters: TextShare(characters), minimumLength: length), share, low, high,
        probability)
    case .keyboardNoise(let length, let characters, let share, let low, let high, let probability):
      self.init(
        .keyboard(characters: TextShare(characters), minimumLength: length), share, low, high,
        probability)
    case .ocrNoise(let characters, let share, let low, let high, let probability):
      self.init(.ocr(characters: TextShare(characters)), share, low, high, probability)
    case .jamoNoise(let characters, let share, let low, let high, let probability):
      self.init(.jamo(characters: TextShare(characters)), share, low, high, probability)
    case .spacingNoise(let share, let low, let high, let probability):
      self.init(.spacing, share, low, high, probability)
    default: return nil
    }
  }

  private init(
    _ kind: Kind, _ share: Double, _ low: Int, _ high: Int, _ probability: Double
  ) {
    self.init(
      kind, words: TextShare(share, minimum: low, maximum: high), probability: probability)
  }
}
