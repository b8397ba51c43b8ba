/// Which samples are trained on, which are chosen by, which are judged by.
public struct Split: Sendable, Codable, Equatable {
  /// Samples to train on.
  public var train: [Int]
  /// Samples to choose models and hyperparameters by.
  public var validation: [Int]
  /// Samples to judge the final model by.
  public var test: [Int]

  /// A division as given.
  public init(train: [Int], validation: [Int], test: [Int]) {
    self.train = train
    self.validation = validation
    self.test = test
  }

  /// Divides a data set, each class (or tenth of the targets) in proportion.
  ///
  /// Splits that the source comes with are kept; those that it lacks are drawn from the samples to
  /// train on. Samples of one group stay together; groups, not classes, are then what is drawn.
  /// - Parameters:
  ///   - dataset: the data.
  ///   - validation: the share of what is left when the test split is taken away.
  ///   - test: the share of all samples, used only where the source has no test split.
  ///   - seed: fixes the draw.
  /// - Throws: `DataError.tooFewSamples`.
  public static func make(
    _ dataset: Dataset, validation: Share = .fraction(0.1), test: Share = .fraction(0.2),
    seed: UInt64
  ) throws(DataError) -> Split {
    let parts = dataset.parts ?? DatasetParts(train: Array(0..<dataset.count))
    let strata = Strata(dataset)
    var pool = parts.train
    var testSamples = parts.test
    if testSamples.isEmpty {
      let count = test.samples(of: pool.count)
      (testSamples, pool) = strata.draw(count, from: pool, seed: seed, purpose: "test split")
    }
    var validationSamples = parts.validation
    if validationSamples.isEmpty {
      let count = validation.samples(of: pool.count)
      (validationSamples, pool) = strata.draw(
        count, from: pool, seed: seed, purpose: "validation split")
    }
    let split = Split(train: pool, validation: validationSamples, test: testSamples)
    let needed = max(2, dataset.classes.count)
    for (name, count, required) in [
      ("train", split.train.count, needed), ("validation", split.validation.count, 1),
      ("test", split.test.count, 1),
    ] where count < required {
      let isUnwanted = name == "test" && test.samples(of: dataset.count) == 0
      if !isUnwanted {
        throw DataError.tooFewSamples(part: name, count: count, required: required)
      }
    }
    return split
  }

  /// Divides samples into folds, each class in proportion, and makes one split of every fold: the
  /// fold is its validation split, the other folds its training split.
  /// - Parameters:
  ///   - count: the number of folds.
  ///   - dataset: the data.
  ///   - indices: the samples to divide; nil takes all that the source gives to train on.
  ///   - seed: fixes the draw.
  /// - Precondition: `count` is at least 2.
  /// - Throws: `DataError.tooFewSamples` where a fold would be empty.
  public static func folds(
    _ count: Int, of dataset: Dataset, indices: [Int]? = nil, seed: UInt64
  ) throws(DataError) -> [Split] {
    guard count >= 2 else { fatalError("Split.folds got \(count) folds; it needs at least 2.") }
    let samples = indices ?? dataset.parts?.train ?? Array(0..<dataset.count)
    guard samples.count >= count else {
      throw DataError.tooFewSamples(part: "fold", count: samples.count / count, required: 1)
    }
    let folds = Strata(dataset).folds(count, of: samples, seed: seed)
    return folds.indices.map { held in
      let rest = folds.indices.filter { $0 != held }.flatMap { folds[$0] }.sorted()
      return Split(train: rest, validation: folds[held], test: [])
    }
  }
}
