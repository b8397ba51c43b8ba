import Foundation
import HoneNumerics
import HoneRecords
import HoneText

/// Goes through samples of a data set in batches, epoch after epoch.
///
/// The same seed, epoch and sample give the same pixels, whatever the number of threads.
///
/// ```swift
/// let loader = try DataLoader(
///   digits, indices: split.train, preprocessor: preprocessor,
///   options: LoaderOptions(batchSize: 64, order: .shuffled, seed: 7))
/// let batches = loader.epoch(1)
/// while let batch = try batches.next() { … }
/// ```
public final class DataLoader: Sendable {
  /// The data.
  public let dataset: Dataset
  /// The samples that epochs visit.
  public let indices: [Int]
  /// What turns samples into inputs.
  public let preprocessor: Preprocessor
  /// How epochs go.
  public let options: LoaderOptions
  /// The samples that could not be read so far and were left out or replaced, as ``LoaderOptions/onError``
  /// says.
  public var failures: LoadingFailures { tally.failures }
  private let tally = FailureTally()
  private let order: EpochOrder
  private let encoded: EncodedTexts?
  private let textAugmenter: TextAugmenter?
  private let prepared = PreparedInputsStore()
  private let memory: MemoryPool

  /// A loader of some samples.
  /// - Parameter generators: models by the endpoint of the steps that say texts anew with them; other
  ///   endpoints are asked over HTTP.
  /// - Throws: `DataError.augmentationNeedsImages`, `.badTextAugmentation`.
  /// - Precondition: the batch size is positive.
  public init(
    _ dataset: Dataset, indices: [Int], preprocessor: Preprocessor,
    options: LoaderOptions = LoaderOptions(), generators: [String: any TextGenerator] = [:]
  ) throws(DataError) {
    guard options.batchSize > 0 else {
      fatalError("DataLoader got the batch size \(options.batchSize); it must be positive.")
    }
    if let step = options.augmentation.lazy.compactMap(\.firstForTexts).first {
      throw .badTextAugmentation(.needsTexts(name: step.name, input: dataset.input.rawValue))
    }
    if let step = options.augmentation.first, dataset.input != .image {
      throw DataError.augmentationNeedsImages(name: step.name, input: dataset.input.rawValue)
    }
    if case .images(let images) = dataset.samples, let known = preprocessor.reading.imageMaximum,
      known != images.maximum
    {
      throw .badFile(
        path: dataset.source,
        reason: "full light is \(images.maximum), where the model was fitted on images whose full "
          + "light is \(known)")
    }
    for name in options.augmentation.flatMap(\.namedClasses)
      + options.textAugmentation.flatMap(\.namedClasses)
    where !dataset.classes.contains(name) {
      throw .unknownClass(path: dataset.source, name: name, known: dataset.classes)
    }
    textAugmenter = try Self.textAugmenter(dataset, indices, options, generators)
    self.dataset = dataset
    self.indices = indices
    self.preprocessor = preprocessor
    self.options = options
    // As many batches as are under way at once: those that wait, the one in use, one for each thread.
    memory = MemoryPool(mostWaiting: options.prefetch + (options.threads ?? 1) + 1)
    encoded = preprocessor.encoded(dataset, indices: indices)
    order = EpochOrder(
      dataset, indices: indices, order: options.order, seed: options.seed,
      buckets: encoded.flatMap { encoded in
        options.bucketsByLength
          ? LengthBuckets(lengths: encoded.length, batchSize: options.batchSize) : nil
      })
  }

  /// Batches in an epoch.
  public var batchesPerEpoch: Int {
    let whole = order.count / options.batchSize
    return options.dropLast || order.count % options.batchSize == 0 ? whole : whole + 1
  }

  /// Samples in a batch of an epoch.
  /// - Parameter number: the batch's place in the epoch, from 0.
  public func samples(inBatch number: Int) -> Int {
    max(0, min(options.batchSize, order.count - number * options.batchSize))
  }

  /// Whether a sample comes out the same whatever else is in its batch: not where images are mixed,
  /// nor where texts are filled up to the longest.
  private var samplesAreIndependent: Bool {
    encoded == nil && !options.augmentation.contains(where: \.mixesLabels)
  }

  /// The batches of an epoch.
  /// - Parameters:
  ///   - number: the epoch, from which order and augmentation are drawn.
  ///   - first: the batch to begin with, to resume within an epoch.
  ///   - share: the part of each batch that is wanted; nil for all of it. A part without samples comes
  ///     with one sample of its batch that is another's.
  public func epoch(
    _ number: Int, from first: Int = 0, share: LoaderShare? = nil
  ) -> BatchIterator {
    let samples = order.samples(epoch: number)
    let isSeparable = samplesAreIndependent
    let batches = (0..<batchesPerEpoch).map { batch in
      let start = batch * options.batchSize
      let whole = samples[start..<min(samples.count, start + options.batchSize)]
      guard let share, isSeparable else { return Array(whole) }
      return Array(Array(whole)[share.computedRows(of: whole.count)])
    }
    var assembler = assembler()
    if preparesInputs {
      let inputs = prepared.inputs {
        var maker = self.assembler()
        return maker.prepare(indices)
      }
      assembler.use(inputs)
    }
    return BatchIterator(
      share: isSeparable ? nil : share,
      batches: batches, epoch: options.isAugmenting ? number : nil, first: first,
      threads: options.threads ?? chosenThreads, prefetch: affordablePrefetch,
      assembler: assembler)
  }

  /// The batch of the given samples.
  /// - Parameter epoch: the epoch to draw augmentation for; nil leaves samples as they are.
  /// - Throws: `DataError` naming the sample that cannot be read.
  public func batch(of samples: [Int], epoch: Int? = nil) throws -> HostBatch {
    var assembler = assembler()
    guard let batch = try assembler.batch(samples, epoch: epoch, number: 0) else {
      // None of them can be read: to be told why is of more use than an empty batch.
      let failure = failures.first.first
      throw DataError.badImage(
        path: failure?.name ?? dataset.source, reason: failure?.reason.english ?? "")
    }
    return batch
  }

  /// What augmentation does to a sample in an epoch, with all parameters: what
  /// ``batch(of:epoch:)`` does to its pixels.
  ///
  /// - Throws: `DataError` naming the sample that cannot be read.
  public func operations(of sample: Int, epoch: Int) throws -> [ImageOperation] {
    try assembler().operations(of: sample, epoch: epoch)
  }

  /// How the images of a batch of an epoch are mixed; nil where they are not.
  ///
  /// - Parameters:
  ///   - number: the batch's place in the epoch, from 0.
  ///   - count: its samples.
  public func mixing(ofBatch number: Int, count: Int, epoch: Int) -> BatchOperation? {
    assembler().mixing(of: count, epoch: epoch, number: number)
  }

  /// A text as it comes out for an epoch, with what was drawn for it; nil for data that are no texts.
  /// - Throws: `DataError` where a model that says texts anew gives no answer.
  public func augmentedText(of sample: Int, epoch: Int) throws -> AugmentedText? {
    guard case .text(let samples) = dataset.samples else { return nil }
    return try textAugmenter?.augment(
      samples.texts[sample], epoch: epoch, sample: sample,
      className: dataset.className(of: sample))
      ?? AugmentedText(text: samples.texts[sample], drawn: [])
  }

  /// A text as it is in the data; nil for data that are no texts.
  public func originalText(of sample: Int) -> String? {
    guard case .text(let samples) = dataset.samples else { return nil }
    return samples.texts[sample]
  }

  private static func textAugmenter(
    _ dataset: Dataset, _ indices: [Int], _ options: LoaderOptions,
    _ generators: [String: any TextGenerator]
  ) throws(DataError) -> TextAugmenter? {
    guard let step = options.textAugmentation.first else { return nil }
    guard case .text(let samples) = dataset.samples else {
      throw .badTextAugmentation(.needsTexts(name: step.name, input: dataset.input.rawValue))
    }
    return try TextAugmenter(
      options.textAugmentation, fittedOn: indices.map { samples.texts[$0] }, seed: options.seed,
      generators: generators)
  }

  private func assembler() -> BatchAssembler {
    BatchAssembler(
      dataset, preprocessor, encoded: encoded, textAugmenter: textAugmenter, seed: options.seed,
      steps: options.augmentation, epochs: options.epochs,
      recovery: FailureRecovery(
        policy: options.onError, candidates: indices, seed: options.seed, tally: tally),
      memory: memory)
  }

  /// Whether inputs are the same in every epoch, cheap to make and few enough to keep.
  private var preparesInputs: Bool {
    if options.isAugmenting { return false }
    switch dataset.samples {
    case .text: return false
    case .images(let images) where images.needsDecoding: return false
    case .images, .table: break
    }
    let size = preprocessor.storedShape.reduce(MemoryLayout<Float>.size, *)
    return indices.count * size <= PreparedInputs.mostBytes
  }

  /// Batches that may wait, fewer where they are large: beyond ``waitingBytes`` only as many as threads
  /// have at hand.
  private var affordablePrefetch: Int {
    let bytes = options.batchSize * preprocessor.outputShape.reduce(4, *)
    return max(1, min(options.prefetch, Self.waitingBytes / max(1, bytes)))
  }

  /// Bytes of a batch of images in memory up to which the caller's thread scales them.
  private static let scaledInPlace = 4 << 20

  /// Bytes of batches that may wait.
  private static let waitingBytes = 256 << 20

  /// Threads cost some 20 microseconds a batch: nothing beside a decoder, too much for small rows.
  private var chosenThreads: Int {
    if preparesInputs { return 0 }
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let bytes = options.batchSize * preprocessor.outputShape.reduce(4, *)
    if case .images(let images) = dataset.samples {
      if images.needsDecoding { return min(8, cores) }
      // Pixels that are only scaled: a tenth of a millisecond, in which no thread would even wake.
      if !options.isAugmenting, bytes <= Self.scaledInPlace { return 0 }
    }
    if textAugmenter != nil { return min(4, cores) }
    return bytes >= 1 << 18 ? 1 : 0
  }
}
