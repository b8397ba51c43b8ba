import HoneNumerics

extension Split {
  /// Divides samples into folds and makes one split of every fold: the fold is its validation split,
  /// the other folds its training split.
  ///
  /// Folds by time are those of `chronologicalFolds(_:of:indices:gap:)`.
  /// - Parameters:
  ///   - count: the number of folds.
  ///   - dataset: the data.
  ///   - indices: the samples to divide; nil takes all that the source gives to train on.
  ///   - method: how samples are drawn; groups stay whole under each.
  ///   - seed: fixes the draw.
  ///   - round: which of several divisions this is, for repeated cross-validation.
  /// - Precondition: `count` is at least 2.
  /// - Throws: `DataError.tooFewSamples` where a fold would be empty.
  public static func folds(
    _ count: Int, of dataset: Dataset, indices: [Int]? = nil, method: SplitMethod = .stratified,
    seed: UInt64, round: Int = 0
  ) throws(DataError) -> [Split] {
    if method == .chronological {
      return try chronologicalFolds(count, of: dataset, indices: indices)
    }
    let samples = try pool(of: dataset, indices, folds: count)
    let purpose = round == 0 ? "folds" : "folds \(round)"
    let folds = Strata(dataset, isStratified: method == .stratified)
      .folds(count, of: samples, seed: seed, purpose: purpose)
    if let empty = folds.first(where: \.isEmpty) {
      throw DataError.tooFewSamples(part: "fold", count: empty.count, required: 1)
    }
    return folds.indices.map { held in
      let rest = folds.indices.filter { $0 != held }.flatMap { folds[$0] }.sorted()
      return Split(train: rest, validation: folds[held], test: [])
    }
  }

  /// Divides samples into folds several times, each time by another draw: the splits of all rounds,
  /// one round after the other.
  /// - Precondition: `count` is at least 2, `rounds` at least 1.
  /// - Throws: `DataError.tooFewSamples` where a fold would be empty.
  public static func repeatedFolds(
    _ count: Int, rounds: Int, of dataset: Dataset, indices: [Int]? = nil,
    method: SplitMethod = .stratified, seed: UInt64
  ) throws(DataError) -> [Split] {
    var splits: [Split] = []
    for round in 0..<rounds {
      splits += try folds(
        count, of: dataset, indices: indices, method: method, seed: seed, round: round)
    }
    return splits
  }

  /// Folds by time: each fold is validated on by what was learned from everything before it.
  ///
  /// The samples are cut into `count + 1` stretches of equal length, the first as much longer as they
  /// do not divide, as scikit-learn's `TimeSeriesSplit` does. Samples of one moment are not kept
  /// together here, so that folds have equal sizes; samples of a group that is validated on are left
  /// out of training.
  /// - Parameter gap: samples left out between training and validation.
  /// - Precondition: `count` is at least 2, `gap` not negative.
  /// - Throws: `DataError.tooFewSamples` where nothing would be left to train on.
  public static func chronologicalFolds(
    _ count: Int, of dataset: Dataset, indices: [Int]? = nil, gap: Int = 0
  ) throws(DataError) -> [Split] {
    let samples = try pool(of: dataset, indices, folds: count + 1)
    let ordered = TimeOrder(dataset, pool: samples).pieces.flatMap { $0 }
    let length = ordered.count / (count + 1)
    let first = ordered.count - count * length
    guard first > gap else {
      throw DataError.tooFewSamples(part: "train", count: max(0, first - gap), required: 1)
    }
    return (0..<count).map { fold in
      let start = first + fold * length
      let held = ordered[start..<(start + length)].sorted()
      var known = ordered[..<(start - gap)].sorted()
      if let groups = dataset.groups {
        let heldGroups = Set(held.map { groups[$0] })
        known.removeAll { heldGroups.contains(groups[$0]) }
      }
      return Split(train: known, validation: held, test: [])
    }
  }

  /// One fold of an outer cross-validation with the folds that models are chosen by inside it.
  public struct Nested: Sendable, Equatable {
    /// What the inner folds divide, as the training split, and the held-out fold, as the test split.
    public let outer: Split
    /// The folds of `outer.train`.
    public let inner: [Split]
  }

  /// Cross-validation within cross-validation: what is chosen on the inner folds is judged by an outer
  /// fold that took no part in the choice (Cawley and Talbot 2010).
  /// - Precondition: both counts are at least 2.
  /// - Throws: `DataError.tooFewSamples` where a fold would be empty.
  public static func nested(
    outer: Int, inner: Int, of dataset: Dataset, indices: [Int]? = nil,
    method: SplitMethod = .stratified, seed: UInt64
  ) throws(DataError) -> [Nested] {
    var result: [Nested] = []
    let outerFolds = try folds(outer, of: dataset, indices: indices, method: method, seed: seed)
    for (position, fold) in outerFolds.enumerated() {
      let chosen = try folds(
        inner, of: dataset, indices: fold.train, method: method, seed: seed, round: position + 1)
      result.append(
        Nested(
          outer: Split(train: fold.train, validation: [], test: fold.validation), inner: chosen))
    }
    return result
  }

  /// One run of a cross-validation: the test split is held out first, what is left is divided into
  /// folds.
  /// - Parameters:
  ///   - index: the fold, counted through all rounds: `round * count + fold`.
  ///   - count: the number of folds.
  ///   - dataset: the data. Its own validation split, if it has one, is divided with the rest.
  ///   - test: the share of all samples, used only where the source has no test split.
  ///   - method: how samples are drawn.
  ///   - seed: fixes the draw.
  /// - Precondition: `count` is at least 2, `index` not negative.
  /// - Throws: `DataError.tooFewSamples` where a split would be empty.
  public static func fold(
    _ index: Int, of count: Int, _ dataset: Dataset, test: Share = .fraction(0.2),
    method: SplitMethod = .stratified, seed: UInt64
  ) throws(DataError) -> Split {
    let held = holdOut(dataset, test: test, method: method, seed: seed)
    let pool = (held.pool + held.validation).sorted()
    let splits = try folds(
      count, of: dataset, indices: pool, method: method, seed: seed, round: index / count)
    var split = splits[index % count]
    split.test = held.test
    return split
  }

  private static func pool(
    of dataset: Dataset, _ indices: [Int]?, folds count: Int
  ) throws(DataError) -> [Int] {
    guard count >= 2 else { fatalError("Split.folds got \(count) folds; it needs at least 2.") }
    let samples = indices ?? dataset.parts?.train ?? Array(0..<dataset.count)
    guard samples.count >= count else {
      throw DataError.tooFewSamples(part: "fold", count: samples.count / count, required: 1)
    }
    return samples
  }
}
