public import HoneConfiguration
public import HoneRecords

/// What `hone features` was asked to do.
public struct FeaturesRequest: Sendable, Equatable {
  /// The data; those of the run where nil.
  public var data: String?
  /// The model and how the data are prepared, where no run is named.
  public var configuration: Configuration
  /// The run whose model is used; the configuration's model where nil.
  public var run: String?
  /// Which of the model's values are kept.
  public var content: Content
  /// Which samples; all where nil.
  public var split: EvaluateRequest.Split?
  /// The first so many of them; all where nil.
  public var limit: Int?
  /// The file to write.
  public var file: String

  /// Values that a model computes.
  public enum Content: String, Sendable, Codable, CaseIterable {
    /// What the head judges: a vector for each sample.
    case features
    /// The maps at the end of each stage of a model for images.
    case maps
    /// The model's outputs.
    case outputs
  }

  /// A request.
  public init(
    data: String?, configuration: Configuration = Configuration(), run: String? = nil,
    content: Content = .features, split: EvaluateRequest.Split? = nil, limit: Int? = nil,
    file: String
  ) {
    self.data = data
    self.configuration = configuration
    self.run = run
    self.content = content
    self.split = split
    self.limit = limit
    self.file = file
  }
}

/// What `hone features` wrote.
public struct FeaturesReport: Sendable, Equatable, Encodable {
  /// The file.
  public var file: String
  /// Which of the model's values it holds.
  public var content: FeaturesRequest.Content
  /// How many samples.
  public var samples: Int
  /// The shape of each array in the file.
  public var arrays: [String: [Int]]
  /// What the model took over from a file of weights; nil where it did not.
  @OrNull public var pretrained: PretrainedRecord?

  /// A report.
  public init(
    file: String, content: FeaturesRequest.Content, samples: Int, arrays: [String: [Int]],
    pretrained: PretrainedRecord? = nil
  ) {
    self.file = file
    self.content = content
    self.samples = samples
    self.arrays = arrays
    _pretrained = OrNull(wrappedValue: pretrained)
  }
}
