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

  /// Divides a data set.
  ///
  /// Splits that the source comes with are kept; those that it lacks are drawn from the samples to
  /// train on. Samples of one group stay together.
  /// - Parameters:
  ///   - dataset: the data.
  ///   - validation: the share of what is left when the test split is taken away.
  ///   - test: the share of all samples, used only where the source has no test split.
  ///   - method: how samples are drawn.
  ///   - seed: fixes the draw.
  /// - Throws: `DataError.tooFewSamples`.
  public static func make(
    _ dataset: Dataset, validation: Share = .fraction(0.1), test: Share = .fraction(0.2),
    method: SplitMethod = .stratified, seed: UInt64
  ) throws(DataError) -> Split {
    let held = holdOut(dataset, test: test, method: method, seed: seed)
    var pool = held.pool
    var validationSamples = held.validation
    if validationSamples.isEmpty {
      (validationSamples, pool) = draw(
        validation.samples(of: pool.count), from: pool, of: dataset, method, seed,
        purpose: "validation split")
    }
    let split = Split(train: pool, validation: validationSamples, test: held.test)
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

  /// The test split, the source's own validation split, and what is left to train on.
  static func holdOut(
    _ dataset: Dataset, test: Share, method: SplitMethod, seed: UInt64
  ) -> (test: [Int], validation: [Int], pool: [Int]) {
    let parts = dataset.parts ?? DatasetParts(train: Array(0..<dataset.count))
    guard parts.test.isEmpty else { return (parts.test, parts.validation, parts.train) }
    let count = test.samples(of: parts.train.count)
    let (drawn, rest) = draw(
      count, from: parts.train, of: dataset, method, seed, purpose: "test split")
    return (drawn, parts.validation, rest)
  }

  private static func draw(
    _ count: Int, from pool: [Int], of dataset: Dataset, _ method: SplitMethod, _ seed: UInt64,
    purpose: String
  ) -> (drawn: [Int], rest: [Int]) {
    if method == .chronological { return TimeOrder(dataset, pool: pool).latest(count) }
    return Strata(dataset, isStratified: method == .stratified)
      .draw(count, from: pool, seed: seed, purpose: purpose)
  }
}
