import HoneData
import HoneNumerics

/// Which samples choose among remedies, and which prove the choice.
///
/// The test split takes no part. A part of the rest chooses: remedies are raced on it. What proves them
/// was never used to choose anything. Where it is affordable all of that is cross-fitted: a seed trains
/// one model for each fold held back, so that every seed judges every sample once. Else one part is held
/// back for all seeds. Each model's epoch is chosen on a tenth of its own training part.
struct ProofDesign: Sendable {
  /// Parts of the samples: one chooses, and one at least proves.
  static let parts = 5
  /// Folds of what proves, where it is cross-fitted.
  static let folds = 5
  /// A model's epoch is chosen by one of so many parts of its training samples.
  static let epochParts = 10

  /// For each seed of the race: `test` holds the samples that choose.
  let race: [Split]
  /// For each seed its models' splits: `test` holds the samples that prove.
  let proofs: [[Split]]

  /// - Parameters:
  ///   - subject: whose samples.
  ///   - seeds: paired seeds of a proof.
  ///   - raceSeeds: paired seeds of the race.
  ///   - isCrossFitted: whether every sample that did not choose proves, or one part only.
  ///   - trainLimit: training samples per model at most; nil takes all.
  ///   - seed: fixes the draw.
  init(
    _ subject: any ExperimentSubject, seeds: Int, raceSeeds: Int, isCrossFitted: Bool,
    trainLimit: Int? = nil, seed: UInt64
  ) throws {
    let draw = Draw(subject: subject, seed: seed, trainLimit: trainLimit)
    let isCrossFitted = isCrossFitted && subject.splitMethod != .chronological
    // What comes last in time proves, what comes before it chooses.
    let outer = try draw.hold(1, of: Self.parts, from: subject.pool, run: 0)
    let (choosing, judged, rest): ([Int], [Int], [Int])
    if isCrossFitted {
      (choosing, judged, rest) = (outer.validation, outer.train, outer.train)
    } else {
      let inner = try draw.hold(1, of: Self.parts - 1, from: outer.train, run: 0)
      (choosing, judged, rest) = (inner.validation, outer.validation, inner.train)
    }
    race = try (0..<raceSeeds).map { run in
      try draw.split(train: rest, judge: choosing, run: 1_000 + run)
    }
    proofs = try (0..<seeds).map { run in
      guard isCrossFitted else {
        return [try draw.split(train: rest + choosing, judge: judged, run: run)]
      }
      // Other folds for each seed average over divisions.
      let folds = try Split.folds(
        Self.folds, of: subject.data, indices: judged, method: subject.splitMethod,
        seed: seed &+ UInt64(run))
      return try folds.enumerated().map { index, fold in
        try draw.split(train: fold.train + choosing, judge: fold.validation, run: 100 * run + index)
      }
    }
  }
}

/// Draws parts of a subject's samples.
private struct Draw {
  /// Samples at least that an epoch is chosen by, where there are so many.
  static let leastValidation = 200

  let subject: any ExperimentSubject
  let seed: UInt64
  let trainLimit: Int?

  /// Holds a part of some samples back.
  func hold(_ part: Int, of parts: Int, from samples: [Int], run: Int) throws -> Split {
    if subject.splitMethod == .chronological {
      let folds = try Split.folds(
        max(2, parts - 1), of: subject.data, indices: samples, method: .chronological, seed: seed)
      return folds[folds.count - 1]
    }
    return try Split.folds(
      parts, of: subject.data, indices: samples.sorted(), method: subject.splitMethod,
      seed: seed &+ UInt64(run) &+ UInt64(part))[0]
  }

  /// A model's samples: those to train on less a tenth that chooses its epoch.
  func split(train: [Int], judge: [Int], run: Int) throws -> Split {
    let inner = try hold(1, of: ProofDesign.epochParts, from: train, run: run)
    var train = inner.train
    if let trainLimit, train.count > trainLimit {
      var stream = RandomStream(seed: seed, "proof design", run)
      let order = stream.permutation(train.count)
      train = order.prefix(trainLimit).map { train[$0] }
    }
    // Few samples to train on need few to choose the epoch by.
    var validation = inner.validation
    if let trainLimit, validation.count > max(Self.leastValidation, trainLimit / 4) {
      var stream = RandomStream(seed: seed, "proof design, epochs", run)
      let order = stream.permutation(validation.count)
      validation = order.prefix(max(Self.leastValidation, trainLimit / 4)).map { validation[$0] }
    }
    return Split(
      train: train.sorted(), validation: validation.sorted(), test: judge.sorted())
  }
}
