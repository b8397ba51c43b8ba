import HoneNumerics
public import HoneRecords

/// A search in three steps: many short trials over a wide space, fewer long ones where the good trials
/// lie, and the winner again with fresh seeds, so that luck is told from skill.
public struct CoarseToFine: Sendable, Equatable {
  /// What an objective is asked for.
  public struct Request: Sendable {
    /// How many epochs to train.
    public let epochs: Int
    /// The seed of training.
    public let seed: UInt64
  }

  /// What came of the three steps.
  public struct Report: Sendable, Codable, Equatable {
    /// The wide study of short trials.
    public let coarse: StudyRecord
    /// What happened to each range in between.
    public let changes: [RangeChange]
    /// The narrow study of long trials.
    public let fine: StudyRecord
    /// The winner's values with fresh seeds.
    public let replicates: [Double]

    /// The best trial of the narrow study.
    public var winner: TrialRecord? { fine.ranked.first }
  }

  /// How many short trials there are.
  public var coarseTrials: Int
  /// How long a short trial is; 1 to 5 is usual.
  public var coarseEpochs: Int
  /// How many long trials there are.
  public var fineTrials: Int
  /// How long a long trial is.
  public var fineEpochs: Int
  /// How often the winner is run again.
  public var replicates: Int

  /// The steps' sizes.
  /// - Precondition: ten coarse trials and one of everything else at least.
  public init(
    coarseTrials: Int = 30, coarseEpochs: Int = 3, fineTrials: Int = 30, fineEpochs: Int = 20,
    replicates: Int = 3
  ) {
    guard coarseTrials >= 10, fineTrials >= 1, coarseEpochs >= 1, fineEpochs >= 1, replicates >= 0
    else {
      fatalError(
        "CoarseToFine got \(coarseTrials) and \(fineTrials) trials of \(coarseEpochs) and "
          + "\(fineEpochs) epochs; it needs ten coarse trials and one of everything else.")
    }
    self.coarseTrials = coarseTrials
    self.coarseEpochs = coarseEpochs
    self.fineTrials = fineTrials
    self.fineEpochs = fineEpochs
    self.replicates = replicates
  }

  /// Does the three steps.
  /// - Parameter objective: trains a trial as asked for and returns what is sought.
  /// - Throws: `SearchError` where fewer than ten short trials complete; an error of the objective for
  ///   the winner.
  public func run(
    _ space: SearchSpace, _ objective: ObjectiveRecord, sampler: any TrialSampler = AutoSampler(),
    seed: UInt64 = 0, workers: Int = 1,
    _ body: @escaping @Sendable (Trial, Request) throws -> Double
  ) throws -> Report {
    func study(
      _ name: String, _ space: SearchSpace, _ trials: Int, _ epochs: Int, _ seed: UInt64
    ) throws -> Study {
      let study = try Study(
        name, space: space, objectives: [objective], sampler: sampler, budget: .trials(trials),
        seed: seed)
      return study
    }
    func work(_ study: Study, _ epochs: Int) throws {
      try study.run(workers: workers) { trial in
        var stream = trial.key.stream("training")
        return try body(trial, Request(epochs: epochs, seed: stream.nextSeed()))
      }
    }
    let coarse = try study("coarse", space, coarseTrials, coarseEpochs, seed)
    try work(coarse, coarseEpochs)
    let (narrow, changes) = try coarse.record.refinedSpace()
    let fine = try study("fine", narrow, fineTrials, fineEpochs, seed &+ 1)
    // The coarse winner goes first: the fine study cannot end below it for want of luck.
    if let best = coarse.record.ranked.first, let point = try? narrow.checked(best.parameters) {
      try fine.enqueue([point])
    }
    try work(fine, fineEpochs)
    var values: [Double] = []
    if let winner = fine.record.ranked.first, replicates > 0 {
      let again = try study("replicates", narrow, replicates, fineEpochs, seed &+ 2)
      try again.enqueue(Array(repeating: winner.parameters, count: replicates))
      try work(again, fineEpochs)
      values = again.trials.compactMap(\.values.first)
    }
    return Report(
      coarse: coarse.record, changes: changes, fine: fine.record, replicates: values)
  }
}
