import HoneData
import HoneNN
import HoneOptim
import HoneRecords
import HoneTensor
import HoneText

// What follows the steps: the end of an epoch and the end of the run.
extension Trainer {
  /// Validates, records the epoch, keeps the best weights, asks the policies, writes a checkpoint.
  ///
  /// A request to stop is heard between the batches of an evaluation, too: the checkpoint is then that of
  /// the epoch's last step, and a resumed run begins with the evaluation.
  /// - Parameter begun: when the epoch's steps had been taken; now where nil.
  func finishEpoch(_ number: Int, begun: ContinuousClock.Instant? = nil) throws {
    let begun = begun ?? clock.now
    let trained = plan.parts.state.stateDictionary
    let measured = try withWeightsToEvaluate(epoch: number) {
      let measured = try shared {
        var epoch = try measureEpoch(number, begun: begun)
        epoch?.weights = trained.quickDigest
        return epoch
      }
      return measured.map { ($0, candidate(after: $0, trained)) }
    }
    guard let (epoch, candidate) = measured else { return try interrupt() }
    // First told, then kept: after a failure here a resumed run tells of the epoch again.
    try emit(.epoch(epoch))
    history.append(epoch)
    meter = EpochMeter()
    position = (number + 1, 0)
    record.epochs = number
    record.final = epoch
    guard plan.hasFiniteWeights else {
      record.status = .diverged
      let name = plan.firstSpoiledParameter.map { " (\($0))" } ?? ""
      record.ending = Localized(
        "Weights became infinite or not a number in epoch \(number)\(name).",
        korean: "에폭 \(number)에서 가중치가 무한대이거나 숫자가 아닌 값이 되었습니다\(name).")
      return
    }
    if let candidate {
      if candidate.isBest {
        best = (epoch, candidate.state)
        record.best = epoch
      }
      try weightKeeper?.keep(candidate.state, of: record, after: history, monitor: plan.monitor)
    }
    try consultPolicies()
    try keepCheckpoint(endsEpoch: true)
    closingSeconds = seconds(since: begun)
    try considerEnding(afterLoss: epoch.trainLoss)
  }

  /// The weights in the model where the epoch's are worth keeping.
  /// - Parameter trained: the weights that the epoch's steps ended with; an average may be in their place.
  private func candidate(
    after epoch: EpochRecord, _ trained: StateDictionary
  ) -> (isBest: Bool, state: StateDictionary)? {
    let isBest =
      !plan.restoresBest || best.map { plan.monitor.isBetter(epoch, than: $0.epoch) } ?? true
    let isKept = weightKeeper?.wants(epoch, after: history, monitor: plan.monitor) ?? false
    return isBest || isKept
      ? (isBest, average == nil ? trained : plan.parts.state.stateDictionary) : nil
  }

  /// The learning rate and the end of the run as the history decides them.
  func consultPolicies() throws {
    guard !history.isEmpty else { return }
    try shareDecision { decide() }
  }

  private func decide() {
    rateScale = 1
    for policy in policies {
      switch policy.decide(after: history) {
      case .proceed: continue
      case .scaleLearningRate(let factor): rateScale *= factor
      case .stop(let reason):
        guard history.count < plan.epochs, record.status == .running else { continue }
        record.status = .stoppedEarly
        record.ending = reason
      case .diverge(let reason):
        guard record.status == .running else { continue }
        record.status = .diverged
        record.ending = reason
      }
    }
  }

  /// Puts the weights to keep into the model: those of the best epoch; the present ones where no epoch
  /// ended, but the initial ones where training has spoiled them.
  func conclude(initial: StateDictionary?) throws -> TrainingOutcome {
    if let best {
      try plan.model.load(best.state)
    } else if let initial, record.status == .diverged {
      try plan.model.load(initial)
    }
    recordSparsity()
    record.dynamics = plan.trainEvaluation.flatMap { dynamics.record($0.dataset) }
    closeRecord()
    try emit(.ended(record))
    return TrainingOutcome(
      record: record, history: history, kept: best?.state ?? plan.model.stateDictionary)
  }

  func interrupt() throws {
    record.status = .interrupted
    closeRecord()
    try writeCheckpoint()
  }

  func closeRecord() {
    record.seconds = secondsBefore + seconds(since: started)
    record.checkpoints = keeper?.cost
    let speeds = history.map(\.samplesPerSecond).filter { $0 > 0 }
    // Epochs are of equal size: the harmonic mean is all samples over all seconds.
    if !speeds.isEmpty {
      record.samplesPerSecond = Double(speeds.count) / speeds.reduce(0) { $0 + 1 / $1 }
    }
  }
}
