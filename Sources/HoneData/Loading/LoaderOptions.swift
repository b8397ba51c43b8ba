public import HoneRecords

/// How a loader goes through its samples.
public struct LoaderOptions: Sendable, Codable, Equatable {
  /// Samples in a batch; the last of an epoch may hold fewer.
  public var batchSize: Int
  /// The order of samples.
  public var order: SampleOrder
  /// Whether an incomplete last batch is left out.
  public var dropLast: Bool
  /// Whether shuffled texts of like length come in one batch, so that little is padded.
  public var bucketsByLength: Bool
  /// Threads that prepare batches ahead; 0 prepares each when it is asked for, nil chooses.
  ///
  /// The batches are the same, bit for bit.
  public var threads: Int?
  /// Batches that may wait, at least 1.
  public var prefetch: Int
  /// Fixes order and augmentation.
  public var seed: UInt64
  /// Random changes of training images.
  public var augmentation: [Augmentation]
  /// The epochs of the training, for steps that stop before its end; nil where it is not known.
  public var epochs: Int?
  /// Random changes of training texts.
  public var textAugmentation: [TextAugmentation]
  /// What is done about samples that cannot be read.
  public var onError: FailurePolicy

  /// Whether samples come out otherwise in every epoch.
  public var isAugmenting: Bool { !augmentation.isEmpty || !textAugmentation.isEmpty }

  /// The options of a loader.
  public init(
    batchSize: Int = 128, order: SampleOrder = .sequential, dropLast: Bool = false,
    threads: Int? = nil, seed: UInt64 = 0, augmentation: [Augmentation] = [],
    textAugmentation: [TextAugmentation] = [],
    epochs: Int? = nil, onError: FailurePolicy = .fail
  ) {
    self.batchSize = batchSize
    self.order = order
    self.dropLast = dropLast
    self.threads = threads
    self.seed = seed
    self.augmentation = augmentation
    self.textAugmentation = textAugmentation
    self.epochs = epochs
    self.onError = onError
    bucketsByLength = true
    prefetch = 4
  }
}

/// The order in which an epoch visits samples.
public enum SampleOrder: String, Sendable, Codable, CaseIterable {
  /// As given, every epoch; for evaluation.
  case sequential
  /// Each once, in an order drawn for each epoch.
  case shuffled
  /// As many draws as there are samples, every class equally likely: rare classes repeat.
  case balanced
  /// As many independent draws as there are samples, every class equally likely (PyTorch's
  /// `WeightedRandomSampler` with weights inverse to the frequency of classes).
  case weighted
  /// Of every class as many samples as the rarest has, drawn anew for each epoch.
  case undersampled
}
