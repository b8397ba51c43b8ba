import HoneData
import HoneNumerics

/// Which samples each paired run trains on, selects by, and is judged by.
///
/// The test split takes no part. The rest (training and validation split together) is divided so that
/// what proves a remedy was never used to choose anything: small sets are cross-fitted, every run
/// holding back another fold, so that all samples are judged once; large sets hold back one fixed
/// part for all runs. Each run's epoch is selected on a tenth of its own training part.
struct ProofDesign: Sendable {
  /// Sets above this many samples are not cross-fitted: a fixed proof part of a fifth of them has a
  /// standard error of accuracy well under half a point.
  static let crossFitLimit = 20_000
  /// The share of a run's training part by which its best epoch is selected.
  static let selectionShare = 0.1

  /// One split for each seed: `train`, `validation` to select by, `test` to prove by.
  let splits: [Split]

  /// - Parameters:
  ///   - data: the data.
  ///   - pool: the samples of the training and validation splits.
  ///   - seeds: paired runs.
  ///   - trainLimit: training samples per run at most; nil takes all.
  ///   - seed: fixes the draw.
  init(
    _ data: Dataset, pool: [Int], seeds: Int, trainLimit: Int?, seed: UInt64
  ) throws {
    let folds = try Split.folds(5, of: data, indices: pool, seed: seed)
    var stream = RandomStream(seed: seed, "proof design")
    splits = try (0..<seeds).map { run in
      let isCrossFitted = pool.count <= Self.crossFitLimit
      // With more runs than folds the folds repeat; the bootstrap knows which samples are the same.
      let fold = isCrossFitted ? folds[run % folds.count] : folds[0]
      let parts = max(2, Int((1 / Self.selectionShare).rounded()))
      let inner = try Split.folds(
        parts, of: data, indices: fold.train, seed: seed &+ UInt64(run) &+ 1)[0]
      var train = inner.train
      if let trainLimit, train.count > trainLimit {
        let order = stream.permutation(train.count)
        train = order.prefix(trainLimit).map { train[$0] }.sorted()
      }
      return Split(train: train, validation: inner.validation, test: fold.validation)
    }
  }
}
