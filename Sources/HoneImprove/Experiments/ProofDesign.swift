import HoneData
import HoneNumerics

/// Which samples each paired run trains on, selects by, and is judged by.
///
/// The test split takes no part. The rest (training and validation split together) is divided so that
/// what proves a remedy was never used to choose anything. Small sets are cross-fitted: a seed trains
/// one model for each fold held back, so that every seed judges every sample once. Where that costs
/// too much, one part is held back for all seeds. Each model's epoch is selected on a tenth of its
/// own training part.
struct ProofDesign: Sendable {
  /// Folds of a cross-fitted set.
  static let folds = 5
  /// The share of a run's training part by which its best epoch is selected.
  static let selectionShare = 0.1

  /// For each seed its models' splits: `train`, `validation` to select by, `test` to prove by.
  let splits: [[Split]]

  /// - Parameters:
  ///   - data: the data.
  ///   - pool: the samples of the training and validation splits.
  ///   - seeds: paired seeds.
  ///   - isCrossFitted: whether every sample is judged, or one fold's only.
  ///   - trainLimit: training samples per model at most; nil takes all.
  ///   - seed: fixes the draw.
  init(
    _ data: Dataset, pool: [Int], seeds: Int, isCrossFitted: Bool = true, trainLimit: Int? = nil,
    seed: UInt64
  ) throws {
    let parts = max(2, Int((1 / Self.selectionShare).rounded()))
    splits = try (0..<seeds).map { run in
      // Other folds for each seed average over divisions; a fixed part must be the same for all.
      let draw = isCrossFitted ? seed &+ UInt64(run) : seed
      let folds = try Split.folds(Self.folds, of: data, indices: pool, seed: draw)
      return try folds.prefix(isCrossFitted ? Self.folds : 1).enumerated().map { index, fold in
        let inner = try Split.folds(
          parts, of: data, indices: fold.train, seed: seed &+ UInt64(run) &+ 1)[0]
        var train = inner.train
        if let trainLimit, train.count > trainLimit {
          var stream = RandomStream(seed: seed, "proof design", run, index)
          let order = stream.permutation(train.count)
          train = order.prefix(trainLimit).map { train[$0] }.sorted()
        }
        return Split(train: train, validation: inner.validation, test: fold.validation)
      }
    }
  }
}
