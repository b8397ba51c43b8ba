import HoneData
import HoneRecords
import HoneText

// What policies are asked after every step.
extension Trainer {
  /// Ends the run where a policy wants that; an epoch under way is then evaluated as it stands unless
  /// the run diverged.
  ///
  /// Where processes train together rank 0's policies count, since each has a clock of its own.
  /// - Returns: whether the run ends.
  func ends(afterLoss loss: Double) throws -> Bool {
    if policies.isEmpty { return false }
    let moment = moment(loss: loss)
    let ending = policies.lazy.compactMap { $0.ending(after: moment) }.first
    guard let parallel = plan.parallel else {
      if let ending { end(ending) }
      return ending != nil
    }
    guard try parallel.writer(says: ending != nil) else { return false }
    try shareDecision { if let ending { end(ending) } }
    return true
  }

  private func end(_ ending: TrainingEnding) {
    switch ending {
    case .stop(let reason):
      record.status = .stoppedEarly
      record.ending = reason
    case .diverge(let reason):
      record.status = .diverged
      record.ending = reason
    }
  }

  /// Ends the run between two epochs where a policy wants that.
  func considerEnding(afterLoss loss: Double) throws {
    guard record.status == .running, step > 0, history.count < plan.epochs else { return }
    _ = try ends(afterLoss: loss)
  }

  private func moment(loss: Double) -> StepMoment {
    let samplesPerStep = Double(plan.training.options.batchSize * plan.accumulation)
    // Between epochs the meter is empty, and the last epoch tells.
    let secondsPerSample =
      meter.samples > 0
      ? meter.seconds / Double(meter.samples) : 1 / (history.last?.samplesPerSecond ?? .infinity)
    return StepMoment(
      step: step, epoch: position.epoch, loss: loss,
      seconds: secondsBefore + seconds(since: started),
      secondsPerStep: secondsPerSample.isFinite ? secondsPerSample * samplesPerStep : 0,
      closingSeconds: closingSeconds ?? estimatedClosing)
  }

  /// What the first evaluation will take: a forward pass costs about a third of a training step, and
  /// half leaves room.
  private var estimatedClosing: Double {
    let evaluated = [plan.validation, plan.trainEvaluation].reduce(0) {
      $0 + ($1?.indices.count ?? 0)
    }
    return Double(evaluated) * meter.seconds / Double(max(meter.samples, 1)) / 2
  }
}
