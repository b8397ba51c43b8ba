/// Where samples come from and how they are split, scaled and batched.
public struct DataConfiguration: Sendable, Equatable, Codable {
  /// A built-in name, a folder or a file.
  public var source: String?
  /// The column to predict, for tables.
  public var target: String?
  /// The part of the training data held out to choose by.
  public var validation: Portion = .automatic
  /// The part of the data held out to judge by; a data source's own test split takes its place.
  public var test: Portion = .automatic
  /// Whether each class (or tenth of the targets) is divided in proportion.
  public var stratify = true
  /// The column whose equal values must stay in one split.
  public var group: String?
  /// The column of numbers or dates by which the latest samples judge what earlier ones taught; nil
  /// draws at random.
  public var time: String?
  /// The number of folds of a cross-validation; nil for one split.
  public var folds: Int?
  /// The fold that this run is validated on, counted through all rounds; nil for all of them.
  public var fold: Int?
  /// The smallest difference in accuracy, or relative difference of a regression's error, that
  /// validation must show; nil for what usually suffices.
  public var smallestDifference: Double?
  /// Samples per optimiser step.
  ///
  /// All of them make batch gradient descent, one stochastic, some mini-batch gradient descent.
  public var batchSize: BatchSize = 128
  /// How inputs are scaled, with statistics of the training split only.
  public var normalize: NormalizationSpecification = .standardize
  /// How inputs are freed from correlation; nil leaves it.
  public var whiten: WhiteningConfiguration?
  /// What is done about unequal class sizes.
  public var balance: Balance = .none
  /// The size that photos are brought to; nil for 64 pixels a side, where built-in data keep theirs.
  public var imageSize: Extent?
  /// The length that a photo's short side is resized to before the middle is cropped to `imageSize`.
  public var imageResize: Int?
  /// Planes of a photo: 1 for grey, 3 for color; nil as the photos are stored.
  public var imageChannels: Int?
  /// How photos become samples of one size.
  public var imageFit: ImageFit = .crop
  /// How pixels between pixels are found when photos are resized.
  public var imageFilter: ImageFilter = .bilinear
  /// Whether photos are turned as their EXIF block says.
  public var exifOrientation = true
  /// Kinds of table columns, where inference would be wrong.
  public var columns: [String: ColumnKind] = [:]
  /// How texts become numbers.
  public var text = TextConfiguration()
  /// How the columns of a table become features.
  public var table = TableConfiguration()
  /// Threads that prepare batches; nil leaves the choice to the loader.
  public var threads: Int?

  /// The data settings in which nothing was set.
  public init() {}

  /// What is done about unequal class sizes.
  public enum Balance: String, Sendable, Codable, CaseIterable {
    /// Nothing.
    case none
    /// The loss weighs classes by the inverse of their frequency.
    case classWeights
    /// The loss weighs classes by the inverse of the effective number of their samples.
    case effectiveNumbers
    /// Small classes are drawn more often; within a class every sample comes before one comes again.
    case oversample
    /// Samples are drawn independently, those of small classes with a larger probability.
    case weightedSampler
    /// Of every class as many samples are drawn as the smallest has, others in each epoch.
    case undersample
    /// Rows between neighboring rows of small classes are made up; for tables.
    case smote
  }

  /// How photos become samples of one size.
  public enum ImageFit: String, Sendable, Codable, CaseIterable {
    /// The short side is resized and the middle kept.
    case crop
    /// The whole photo lies within the sample; black fills the rest.
    case letterbox
    /// The whole photo is resized to the sample, whatever its sides.
    case stretch
  }

  /// How pixels between pixels are found.
  public enum ImageFilter: String, Sendable, Codable, CaseIterable {
    /// A triangle.
    case bilinear
    /// A cubic that sharpens a little.
    case bicubic
    /// A windowed sine of three lobes.
    case lanczos
  }

  /// What a table column holds.
  public enum ColumnKind: String, Sendable, Codable, CaseIterable {
    /// Numbers.
    case number
    /// One of a few values.
    case category
    /// Dates, with or without a time of day.
    case date
    /// Free text.
    case text
    /// Paths of image files, relative to the table.
    case image
    /// Something to leave out.
    case ignore
  }
}

/// A part of a data set: a share of it or a number of samples.
public enum Portion: Sendable, Equatable {
  /// The usual share: 0.1 for validation, 0.2 for test, and 10,000 samples each where there are a
  /// million or more.
  case automatic
  /// A share, 0..<1.
  case fraction(Double)
  /// A number of samples, at least 1.
  case count(Int)
}

extension Portion: Codable {
  /// Reads a number, whole ones from 1 being counts, or the word `auto`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let word = try? container.decode(String.self), word == "auto" {
      self = .automatic
    } else if let count = try? container.decode(Int.self), count >= 1 {
      self = .count(count)
    } else {
      self = .fraction(try container.decode(Double.self))
    }
  }

  /// Writes a number or the word `auto`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .automatic: try container.encode("auto")
    case .fraction(let share): try container.encode(share)
    case .count(let count): try container.encode(count)
    }
  }
}
