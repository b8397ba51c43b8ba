public import HoneRecords
public import HoneText

/// Labelled samples that are ready to be divided and loaded.
///
/// A data set is immutable and may be shared by any number of loaders. Open one with
/// `DataSource.open`.
public final class Dataset: Sendable {
  /// The data as the user named them.
  public let source: String
  /// The task that the labels set.
  ///
  /// Two classes make a `binary` task; its labels are 0 and 1.
  public let task: TaskKind
  /// What a sample is.
  public let input: TaskRecord.InputKind
  /// The shape of a stored sample: `[channels, height, width]`, `[columns]` of a table,
  /// `[1]` of texts.
  public let sampleShape: [Int]
  /// Class names in the order of their indices; empty for regression.
  public let classes: [String]
  /// The number of samples.
  public let count: Int
  /// The class index of each sample, -1 where it is not known; empty for regression.
  public let labels: [Int32]
  /// The value to predict of each sample, NaN where it is not known; empty for classification.
  public let targets: [Float]
  /// The split that each sample belongs to, where the source says so.
  public let parts: DatasetParts?
  /// A number for each sample; samples of equal numbers must stay in one split.
  public let groups: [Int]?
  /// When each sample was taken, in any unit that grows; nil where nothing says so.
  public let times: [Double]?
  /// What the reader should know: skipped files, guesses.
  public let notes: [Localized]
  /// A hash of the content, to notice that data changed.
  public let fingerprint: String
  /// How the data were read, every choice filled in.
  public let reading: DataOptions

  package let samples: SampleStorage

  package init(
    source: String, labels: Labels, samples: SampleStorage, parts: DatasetParts? = nil,
    groups: [Int]? = nil, times: [Double]? = nil, notes: [Localized] = [], fingerprint: String,
    reading: DataOptions
  ) {
    self.source = source
    self.samples = samples
    self.parts = parts
    self.groups = groups
    self.times = times
    self.notes = notes
    self.fingerprint = fingerprint
    var reading = reading
    switch labels {
    case .classes(let names, let indices):
      task = names.count == 2 ? .binary : .multiclass
      classes = names
      self.labels = indices
      targets = []
      count = indices.count
      reading.classes = names
    case .values(let values):
      task = .regression
      classes = []
      self.labels = []
      targets = values
      count = values.count
    }
    switch samples {
    case .images(let images):
      input = .image
      sampleShape = [images.channels, images.height, images.width]
      reading.imageChannels = images.channels
      reading.imageSize = images.height
      reading.imageMaximum = images.maximum
    case .table(let table):
      input = .table
      sampleShape = [table.columns.count]
    case .text:
      input = .text
      sampleShape = [1]
    }
    reading.task = task
    reading.cache = nil
    self.reading = reading
  }

  /// What is to be learned: class indices with their names, or values.
  package enum Labels: Sendable {
    case classes([String], [Int32])
    case values([Float])
  }

  /// A name for a sample that the user can find it by: a file's path, a line of a table, an index.
  public func name(of sample: Int) -> String {
    switch samples {
    case .images(let images): images.name(of: sample)
    case .table(let table): "\(source):\(table.lines[sample])"
    case .text(let text): "\(source):\(text.lines[sample])"
    }
  }

  /// The class of a sample by name; nil where it has none.
  public func className(of sample: Int) -> String? {
    guard labels.indices.contains(sample), labels[sample] >= 0 else { return nil }
    return classes[Int(labels[sample])]
  }

  /// Whether samples are made of image files, which can be packed.
  public var hasImageFiles: Bool {
    if case .images(let images) = samples {
      (images as? ImageFiles)?.isPackable == true
    } else {
      false
    }
  }

  /// Samples of each class among the given ones; empty for regression.
  public func classCounts(of indices: [Int]) -> [Int] {
    var counts = [Int](repeating: 0, count: classes.count)
    guard task != .regression else { return [] }
    for index in indices where labels[index] >= 0 { counts[Int(labels[index])] += 1 }
    return counts
  }
}

/// The splits that a source comes with, as sample indices; an empty one is to be made.
public struct DatasetParts: Sendable, Equatable {
  /// Samples to train on, and to take the missing splits from.
  public let train: [Int]
  /// Samples to choose by.
  public let validation: [Int]
  /// Samples to judge by.
  public let test: [Int]

  /// The splits of a source.
  public init(train: [Int], validation: [Int] = [], test: [Int] = []) {
    self.train = train
    self.validation = validation
    self.test = test
  }
}
