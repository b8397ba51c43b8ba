public import HoneConfiguration
public import HoneData

/// What `hone augment` was asked to do.
public struct AugmentRequest: Sendable, Equatable {
  /// The data.
  public var data: String
  /// How the data are read, and what augments them.
  public var configuration: Configuration
  /// The samples to show; the first few of the training split where empty.
  public var samples: [Int]
  /// How many of them, where none are named.
  public var count: Int
  /// The first epoch shown.
  public var epoch: Int
  /// Epochs shown, one variant of each sample for each.
  public var variants: Int
  /// The file to write.
  public var file: String

  /// A request.
  public init(
    data: String, configuration: Configuration, samples: [Int] = [], count: Int = 8,
    epoch: Int = 1, variants: Int = 7, file: String
  ) {
    self.data = data
    self.configuration = configuration
    self.samples = samples
    self.count = count
    self.epoch = epoch
    self.variants = variants
    self.file = file
  }
}

/// What `hone augment` drew.
public struct AugmentReport: Sendable, Equatable, Encodable {
  /// The contact sheet.
  public var file: String
  /// The seed that everything was drawn from.
  public var seed: UInt64
  /// The names of the steps.
  public var steps: [String]
  /// What became of each sample.
  public var samples: [Sample]
  /// How the images of the sheet are mixed in each epoch, each with the one above it.
  public var mixing: [Mixing]

  /// A sample and its variants.
  public struct Sample: Sendable, Equatable, Encodable {
    /// Its number in the data.
    public var sample: Int
    /// Its class; nil where it has none.
    @OrNull public var label: String?
    /// What it became.
    public var variants: [Variant]

    /// A sample.
    public init(sample: Int, label: String?, variants: [Variant]) {
      self.sample = sample
      _label = OrNull(wrappedValue: label)
      self.variants = variants
    }
  }

  /// What was drawn for a sample in an epoch.
  public struct Variant: Sendable, Equatable, Encodable {
    /// The epoch.
    public var epoch: Int
    /// The operations, in order, with all their parameters.
    public var operations: [ImageOperation]
    /// The text that it became; nil for images.
    public var text: String?
    /// What was changed in the text, step by step; nil for images.
    public var drawn: [DrawnTextStep]?

    /// A variant of a text.
    public init(epoch: Int, text: AugmentedText) {
      self.epoch = epoch
      operations = []
      self.text = text.text
      drawn = text.drawn
    }

    /// A variant of an image.
    public init(epoch: Int, operations: [ImageOperation]) {
      self.epoch = epoch
      self.operations = operations
    }
  }

  /// How the images of an epoch are mixed.
  public struct Mixing: Sendable, Equatable, Encodable {
    /// The epoch.
    public var epoch: Int
    /// The operation.
    public var operation: BatchOperation

    /// A mixing.
    public init(epoch: Int, operation: BatchOperation) {
      self.epoch = epoch
      self.operation = operation
    }
  }

  /// A report.
  public init(
    file: String, seed: UInt64, steps: [String], samples: [Sample], mixing: [Mixing]
  ) {
    self.file = file
    self.seed = seed
    self.steps = steps
    self.samples = samples
    self.mixing = mixing
  }
}
