import CImage
import HoneNumerics
import HoneRecords

/// Puts samples into batches.
///
/// Keeps scratch memory: one per thread.
struct BatchAssembler {
  private let dataset: Dataset
  private let target: TargetScale?
  private let shape: [Int]
  /// The shape before inputs are whitened.
  private let storedShape: [Int]
  private let whitening: Whitening?
  private let seed: UInt64
  private let isAugmenting: Bool
  private let mixer: BatchMixer?
  /// What fills a sample's place: images with their augmenter, or rows.
  private let images: (any ImageSamples)?
  private var augmenter: ImageAugmenter?
  private let encoder: RowEncoder?
  private let encoded: EncodedTexts?
  private let recovery: FailureRecovery?
  private var texts: TextEncoder?
  /// Where batches go.
  private let memory: MemoryPool
  /// So many samples before it is read, one is asked for: they lie anywhere in memory.
  private static let ahead = 4
  /// Inputs that need only be copied.
  private var prepared: PreparedInputs?

  init(
    _ dataset: Dataset, _ preprocessor: Preprocessor, encoded: EncodedTexts? = nil,
    textAugmenter: TextAugmenter? = nil, seed: UInt64, steps: [Augmentation], epochs: Int? = nil,
    recovery: FailureRecovery? = nil, memory: MemoryPool = MemoryPool(mostWaiting: 1)
  ) {
    self.memory = memory
    self.recovery = recovery
    self.encoded = encoded
    texts = TextEncoder(dataset, preprocessor, textAugmenter)
    self.dataset = dataset
    self.seed = seed
    target = preprocessor.target
    shape = preprocessor.outputShape
    storedShape = preprocessor.storedShape
    whitening = preprocessor.whitening
    isAugmenting = steps.contains { !$0.mixesLabels }
    mixer = BatchMixer(steps, classes: dataset.classes.count, epochs: epochs)
    switch dataset.samples {
    case .images(let images):
      guard preprocessor.storedShape == dataset.sampleShape else {
        fatalError(
          "The preprocessor makes \(preprocessor.storedShape) of images, the data are "
            + "\(dataset.sampleShape): open the data with the preprocessor's reading.")
      }
      self.images = images
      encoder = nil
      augmenter = ImageAugmenter(
        steps: steps, channels: images.channels,
        size: ImageSize(height: images.height, width: images.width), maximum: images.maximum,
        scale: preprocessor.scale, offset: preprocessor.offset)
    case .table(let table):
      images = nil
      encoder = RowEncoder(
        table, plan: preprocessor.columns, combining: preprocessor.features ?? [])
    case .text:
      images = nil
      encoder = nil
    }
  }

  /// Makes inputs of samples, for all epochs without augmentation.
  mutating func prepare(_ samples: [Int]) -> PreparedInputs {
    PreparedInputs(of: samples, size: storedShape.reduce(1, *)) { sample, target in
      try fill(sample, epoch: nil, into: target)
    }
  }

  /// Takes inputs from here, where they are.
  mutating func use(_ inputs: PreparedInputs) { prepared = inputs }

  /// The batch of some samples; nil where none of them can be read and they are to be left out.
  /// - Parameters:
  ///   - wanted: the samples.
  ///   - epoch: what the augmentation is drawn for; nil leaves samples as they are.
  ///   - number: the batch's place in the epoch, for the mixing of batches.
  mutating func batch(_ wanted: [Int], epoch: Int?, number: Int) throws -> HostBatch? {
    if let encoded { return try tokens(wanted, epoch: epoch, encoded) }
    let size = storedShape.reduce(1, *)
    var indices: [Int] = []
    var block = memory.block(of: wanted.count * size * 4)
    if let prepared, prepared.copy(wanted, to: block.floats) {
      indices = wanted
    } else {
      indices.reserveCapacity(wanted.count)
      for (number, index) in wanted.enumerated() {
        if number + Self.ahead < wanted.count { images?.willRead(wanted[number + Self.ahead]) }
        let place = block.floats + indices.count * size
        if let index = try fillOrRecover(index, epoch: epoch, into: place) { indices.append(index) }
      }
    }
    if indices.isEmpty && !wanted.isEmpty { return nil }
    if let whitening {
      let whitened = memory.block(of: indices.count * shape.reduce(4, *))
      whitening.apply(to: block.floats, rows: indices.count, into: whitened.floats)
      block = whitened
    }
    let labels = dataset.labels.isEmpty ? [] : indices.map { Int64(dataset.labels[$0]) }
    var soft: HostTensor?
    let batchShape = [indices.count] + shape
    if let mixer, labels.allSatisfy({ $0 >= 0 }),
      let operation = mixing(of: indices.count, epoch: epoch, number: number)
    {
      let shares = mixer.mix(operation, block.floats, shape: batchShape, labels: labels)
      soft = HostTensor(shares, shape: [indices.count, dataset.classes.count])
    }
    return HostBatch(
      inputs: HostTensor(dtype: .float32, shape: batchShape, block: block),
      targets: targets(indices, labels: labels), softLabels: soft, indices: indices)
  }

  /// Token numbers, each row filled up to the longest.
  private mutating func tokens(
    _ indices: [Int], epoch: Int?, _ encoded: EncodedTexts
  ) throws -> HostBatch {
    let rows: [ArraySlice<Int32>] =
      if let epoch, texts != nil {
        try indices.map { try texts?.tokens(of: $0, epoch: epoch)[...] ?? [] }
      } else {
        indices.map(encoded.tokens)
      }
    let longest = rows.map(\.count).max() ?? 1
    let width = max(longest, Tokenizer.shortestLength)
    var numbers = [Int64](repeating: Int64(Vocabulary.padding), count: indices.count * width)
    for (position, row) in rows.enumerated() {
      for (place, token) in row.enumerated() {
        numbers[position * width + place] = Int64(token)
      }
    }
    let labels = dataset.labels.isEmpty ? [] : indices.map { Int64(dataset.labels[$0]) }
    return HostBatch(
      inputs: HostTensor(numbers, shape: [indices.count, width]),
      targets: targets(indices, labels: labels), softLabels: nil, indices: indices)
  }

  private func targets(_ indices: [Int], labels: [Int64]) -> HostTensor {
    if dataset.task != .regression { return HostTensor(labels, shape: [indices.count]) }
    let values = indices.map { index in
      target?.standardized(dataset.targets[index]) ?? dataset.targets[index]
    }
    return HostTensor(values, shape: [indices.count, 1])
  }

  /// Fills a sample's place, or does about it what the policy says.
  /// - Returns: the sample that was filled in; nil where none was.
  private mutating func fillOrRecover(
    _ index: Int, epoch: Int?, into target: UnsafeMutablePointer<Float>
  ) throws -> Int? {
    do {
      try fill(index, epoch: epoch, into: target)
      return index
    } catch let cause as DataError {
      guard let recovery, recovery.policy != .fail else {
        throw DataError.badSample(index: index, cause: cause)
      }
      recovery.tally.count(index, dataset.name(of: index), cause)
      guard recovery.policy == .replace else { return nil }
      for other in recovery.substitutes(for: index, epoch: epoch) {
        if (try? fill(other, epoch: epoch, into: target)) != nil { return other }
      }
      throw DataError.badSample(index: index, cause: cause)
    }
  }

  private mutating func fill(
    _ index: Int, epoch: Int?, into target: UnsafeMutablePointer<Float>
  ) throws {
    guard let images else {
      encoder?.encode(index, into: target)
      return
    }
    guard let epoch, isAugmenting else {
      return try images.withSource(of: index) { augmenter?.render($0, [], into: target) }
    }
    guard augmenter?.takesWholePictures == true else {
      return try images.withSource(of: index) { source in
        let size = ImageSize(height: Int(source.height), width: Int(source.width))
        let operations = drawn(for: index, of: size, epoch: epoch)
        augmenter?.render(source, operations, into: target)
      }
    }
    // What is drawn first says which part of the picture is worth decoding.
    var operations: [ImageOperation] = []
    try images.withPart(of: index) { size in
      operations = drawn(for: index, of: size, epoch: epoch)
      return PictureWish(of: operations.first, target: size)
    } _: { part in
      augmenter?.render(part.source, part.placed(operations), into: target)
    }
  }

  private func drawn(for index: Int, of size: ImageSize, epoch: Int) -> [ImageOperation] {
    augmenter?.operations(
      RandomStream(seed: seed, "augment", epoch, index), of: size,
      className: dataset.className(of: index)) ?? []
  }

  /// What is drawn for a sample in an epoch.
  func operations(of index: Int, epoch: Int) throws -> [ImageOperation] {
    guard let images, isAugmenting else { return [] }
    let size =
      augmenter?.takesWholePictures == true
      ? try images.pictureSize(of: index) : ImageSize(height: images.height, width: images.width)
    return drawn(for: index, of: size, epoch: epoch)
  }

  /// What is drawn for the mixing of a batch.
  func mixing(of count: Int, epoch: Int?, number: Int) -> BatchOperation? {
    guard let epoch, let mixer, shape.count == 3 else { return nil }
    var stream = RandomStream(seed: seed, "mix", epoch, number)
    return mixer.operation(epoch: epoch, shape: [count] + shape, stream: &stream)
  }
}
