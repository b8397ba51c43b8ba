public import HoneRecords

/// What turns stored samples into a model's inputs; learned from the training split alone, and kept
/// with the model, so that new data are treated the same.
public struct Preprocessor: Sendable, Codable, Equatable {
  /// What a sample is.
  public let input: TaskRecord.InputKind
  /// The shape of one input: `[channels, height, width]`, `[features]`, or `[tokens]` at most.
  public private(set) var outputShape: [Int]
  /// How the training data were read; opens new data the same way.
  public let reading: DataOptions
  /// The factor of each channel of an image; empty for tables.
  public let scale: [Float]
  /// What is added to each channel after the factor; empty for tables.
  public let offset: [Float]
  /// The plan of each column; empty for images.
  public let columns: [ColumnPlan]
  /// What turns texts into numbers; nil for other data.
  public let tokenizer: Tokenizer?
  /// The scale of the targets of a regression; nil for classification.
  public let target: TargetScale?
  /// What is made of a table's features when its columns are encoded; nil where nothing is.
  public var features: [FeatureStep]?
  /// What is added to the output of each class when the model is used; nil where nothing is.
  public var logitOffsets: [Float]?
  /// What frees scaled inputs from correlation; nil where nothing does.
  public package(set) var whitening: Whitening?
  /// The shape of an input before it is whitened; nil where nothing whitens.
  private var unwhitenedShape: [Int]?

  /// The shape of an input before it is whitened.
  var storedShape: [Int] { unwhitenedShape ?? outputShape }

  /// Has inputs whitened by a map of their numbers.
  ///
  /// - Precondition: the map takes as many numbers as an input has.
  package mutating func whiten(_ map: Whitening) {
    guard map.inputs == outputShape.reduce(1, *) else {
      fatalError("The whitening takes \(map.inputs) numbers, inputs are \(outputShape).")
    }
    whitening = map
    unwhitenedShape = outputShape
    if map.kind == .pca { outputShape = [map.outputs] }
  }

  /// Learns from the given samples.
  /// - Parameters:
  ///   - dataset: the data.
  ///   - indices: the training split.
  ///   - normalization: the scale to bring values to.
  ///   - categories: how the categories of a table reach the model.
  ///   - text: how texts become numbers.
  ///   - table: how the columns of a table become features.
  ///   - standardizesTargets: whether the targets of a regression are brought to mean 0 and deviation 1.
  ///   - onError: what is done about samples that cannot be read: all but `.fail` leave them out.
  /// - Throws: `DataError`, where a file of the training split cannot be read or the given means
  ///   do not fit the channels.
  public static func fit(
    _ dataset: Dataset, indices: [Int], normalization: Normalization = .standardize,
    categories: CategoryEncoding = .oneHot, text: TextOptions = TextOptions(),
    table tableOptions: TableOptions = TableOptions(),
    standardizesTargets: Bool = true, onError: FailurePolicy = .fail
  ) throws -> Preprocessor {
    var target: TargetScale?
    if dataset.task == .regression {
      target = standardizesTargets ? TargetScale(indices.map { dataset.targets[$0] }) : .unit
    }
    switch dataset.samples {
    case .images(let images):
      let plan = try ChannelScale.fit(
        images, indices: indices, normalization: normalization, leavesOut: onError != .fail)
      return Preprocessor(
        input: .image, outputShape: dataset.sampleShape, reading: dataset.reading,
        scale: plan.scale, offset: plan.offset, columns: [], tokenizer: nil, target: target)
    case .table(let table):
      if case .explicit(let mean, _) = normalization {
        throw DataError.badNormalization(found: mean.count, expected: 0)
      }
      let columns = ColumnPlan.fit(
        table, rows: indices, normalization: normalization, categories: categories,
        options: tableOptions)
      let fitting = FeatureFitting(
        table: table, columns: columns, rows: indices, dataset: dataset, options: tableOptions)
      var preprocessor = Preprocessor(
        input: .table, outputShape: [fitting.width], reading: dataset.reading, scale: [],
        offset: [], columns: columns, tokenizer: nil, target: target)
      preprocessor.features = fitting.steps.isEmpty ? nil : fitting.steps
      return preprocessor
    case .text(let samples):
      if case .explicit(let mean, _) = normalization {
        throw DataError.badNormalization(found: mean.count, expected: 0)
      }
      let tokenizer = Tokenizer.fit(indices.map { samples.texts[$0] }, options: text)
      return Preprocessor(
        input: .text, outputShape: [tokenizer.options.maximumLength], reading: dataset.reading,
        scale: [], offset: [], columns: [], tokenizer: tokenizer, target: target)
    }
  }

  /// The number of codes of each column that becomes codes, with code 0, in the order of the last
  /// numbers of an input; empty where no column does.
  public var cardinalities: [Int] { columns.compactMap(\.cardinality) }
}

/// The mean and deviation that the targets of a regression are standardised by.
public struct TargetScale: Sendable, Codable, Equatable {
  /// The mean of the training targets.
  public let mean: Double
  /// Their standard deviation, 1 where they are all equal.
  public let deviation: Double

  /// The scale of some targets.
  public init(_ targets: [Float]) {
    let count = Double(max(1, targets.count))
    let mean = targets.reduce(0) { $0 + Double($1) / count }
    let variance = targets.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) / count }
    self.mean = mean
    deviation = variance > 0 ? variance.squareRoot() : 1
  }

  /// The scale that changes nothing.
  public static let unit = TargetScale([])

  /// A target as the model learns it.
  public func standardized(_ value: Float) -> Float { Float((Double(value) - mean) / deviation) }

  /// A model's output in the unit of the data.
  public func restored(_ value: Float) -> Float { Float(Double(value) * deviation + mean) }
}
