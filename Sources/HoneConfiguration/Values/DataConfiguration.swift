/// Where samples come from and how they are split, scaled and batched.
public struct DataConfiguration: Sendable, Equatable, Codable {
  /// A built-in name, a folder or a file.
  public var source: String?
  /// The column to predict, for tables.
  public var target: String?
  /// The part of the training data held out to choose by.
  public var validation: Portion = .fraction(0.1)
  /// The part of the data held out to judge by; a data source's own test split takes its place.
  public var test: Portion = .fraction(0.2)
  /// The column whose equal values must stay in one split.
  public var group: String?
  /// Samples per optimiser step.
  ///
  /// All of them make batch gradient descent, one stochastic, some mini-batch gradient descent.
  public var batchSize: BatchSize = 128
  /// How inputs are scaled, with statistics of the training split only.
  public var normalize: NormalizationSpecification = .standardize
  /// What is done about unequal class sizes.
  public var balance: Balance = .none
  /// The size that photos are brought to; nil for 64 pixels a side, where built-in data keep theirs.
  public var imageSize: Extent?
  /// The length that a photo's short side is resized to before the middle is cropped to `imageSize`.
  public var imageResize: Int?
  /// Whether photos are turned as their EXIF block says.
  public var exifOrientation = true
  /// Kinds of table columns, where inference would be wrong.
  public var columns: [String: ColumnKind] = [:]
  /// How texts become numbers.
  public var text = TextConfiguration()
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
    /// Small classes are drawn more often.
    case oversample
  }

  /// What a table column holds.
  public enum ColumnKind: String, Sendable, Codable, CaseIterable {
    /// Numbers.
    case number
    /// One of a few values.
    case category
    /// Free text.
    case text
    /// Something to leave out.
    case ignore
  }
}

/// A part of a data set: a share of it or a number of samples.
public enum Portion: Sendable, Equatable {
  /// A share, 0..<1.
  case fraction(Double)
  /// A number of samples, at least 1.
  case count(Int)
}

extension Portion: Codable {
  /// Reads a number: whole ones from 1 are counts.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let count = try? container.decode(Int.self), count >= 1 {
      self = .count(count)
    } else {
      self = .fraction(try container.decode(Double.self))
    }
  }

  /// Writes a number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .fraction(let share): try container.encode(share)
    case .count(let count): try container.encode(count)
    }
  }
}
