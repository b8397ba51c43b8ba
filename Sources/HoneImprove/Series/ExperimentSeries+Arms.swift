import HoneData
import HoneDiagnosis
import HoneMetrics
import HoneNumerics
import HoneRecords

/// What the time of a model is booked under.
enum ArmPurpose {
  case race, proof, control
}

extension ExperimentSeries {
  /// The seed of a paired run: no seed of the race is one of a proof.
  func seed(_ index: Int, isRace: Bool = false) -> UInt64 {
    options.seed &+ UInt64(index) &+ (isRace ? 50_001 : 1)
  }

  /// Trains a recipe with every paired seed on the samples that prove; the seeds that were whole when
  /// the time was up, nil where a model could not be trained.
  /// - Parameters:
  ///   - change: the recipe's change.
  ///   - name: what the arm is called to those who watch.
  ///   - purpose: what its time is booked under.
  ///   - shift: added to the seeds, where they are not to be the paired ones.
  ///   - before: the first seeds, where they are trained already.
  func proofArm(
    _ change: RecipeChange, name: String, purpose: ArmPurpose, shift: Int = 0,
    after before: Arm = Arm()
  ) throws -> Arm? {
    var arm = before
    for (index, splits) in design.proofs.enumerated().prefix(seeds).dropFirst(before.seeds) {
      var results: [ArmResult] = []
      for (fold, split) in splits.enumerated() {
        // A seed's models differ in their weights too: seeds and folds must not share luck.
        let seed = seed(index + shift) &+ UInt64(fold) << 32
        let task = ArmTask(change: change, split: split, seed: seed, seconds: secondsLeft)
        let result = try trained(task, key: "proof \(index) \(fold)", purpose: purpose).result
        guard result.failure == nil else { return nil }
        guard result.isWhole else { return arm.seeds >= 2 ? arm : nil }
        results.append(result)
      }
      arm.add(results)
      try observe(
        .armEnded(
          name: name, number: index + 1, of: seeds, metric: arm.metrics[index]))
    }
    return arm
  }

  /// Trains a recipe on the samples of the race.
  func raceRun(
    _ change: RecipeChange, seed index: Int, share: Double, start: ArmState? = nil,
    purpose: ArmPurpose, limit: Double
  ) throws -> ArmRun {
    var task = ArmTask(
      change: change, split: design.race[index], seed: seed(index, isRace: true), share: share,
      seconds: min(limit, secondsLeft))
    task.start = start
    task.wantsEvidence = share == 1 && index == 0 && start == nil
    let key = "race \(index) \(share)\(start == nil ? "" : " fork")"
    let run = try trained(task, key: key, purpose: purpose)
    if task.wantsEvidence, run.result.isWhole, run.evidence != nil {
      var whole = run
      // Weights are needed of what others go on from, and would fill the memory.
      if change != base { whole.state = nil }
      wholeRuns[CanonicalJSON.text(change)] = whole
    }
    return run
  }

  /// A model from the ledger, or trained now.
  private func trained(_ task: ArmTask, key: String, purpose: ArmPurpose) throws -> ArmRun {
    guard task.seconds > 0 else {
      return ArmRun(ArmResult(scores: [], samples: [], metric: .nan, seconds: 0, isCut: true))
    }
    var run: ArmRun?
    let key = "\(key) \(task.seed) \(CanonicalJSON.text(task.change))"
    let make: () throws -> ArmResult = {
      let made = try self.subject.train(task)
      run = made
      return made.result
    }
    let result = try ledger.value(key, isKept: { !$0.isCut }, make: make)
    guard booked.insert(key).inserted else { return run ?? ArmRun(result) }
    switch purpose {
    case .race: outcome.design.raceSeconds += result.seconds
    case .proof: outcome.design.proofSeconds += result.seconds
    case .control: outcome.design.controlSeconds += result.seconds
    }
    return run ?? ArmRun(result)
  }

  /// The recipe with what is proven and a further change; nil where it cannot take it, or is the same.
  func configuration(adding change: RecipeChange) -> String? {
    let present = subject.configuration(with: base)
    let next = subject.configuration(with: base.merging(change) { $1 })
    return next == present ? nil : next
  }

  /// A remedy on top of changes, made anew for the recipe that they make; nil where it does not apply.
  func adding(_ rung: RemedyLadder.Rung, to change: RecipeChange) -> RecipeChange? {
    guard let text = subject.configuration(with: change) else { return nil }
    var run = baseline.run
    run.configuration = text
    let remedy = RemedyCatalogue(for: run).remedy(rung.remedy.id) ?? rung.remedy
    let next = change.merging(remedy.change) { $1 }
    guard let made = subject.configuration(with: next), made != text else { return nil }
    return next
  }

  /// The paired comparison of two arms.
  func compare(_ before: Arm, _ after: Arm, level: Double) -> Comparison {
    // Which other comparisons were made must not move this one's resamples.
    var stream = RandomStream(seed: options.seed, "comparison")
    return Comparison(
      control: before, changed: after, metric: subject.metric, level: level, using: &stream)
  }
}

extension CanonicalJSON {
  /// A change as one line.
  static func text(_ change: RecipeChange) -> String { (try? string(change)) ?? "" }
}
