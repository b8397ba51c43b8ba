import HoneData
import HoneRecords
import HoneText

// What policies are asked after every step.
extension Trainer {
  /// How the first policy that wants the run to end here wants it to end; nil where none does.
  func ending(afterLoss loss: Double) -> TrainingEnding? {
    if policies.isEmpty { return nil }
    let moment = moment(loss: loss)
    return policies.lazy.compactMap { $0.ending(after: moment) }.first
  }

  /// Ends the run in the middle of an epoch, which is then evaluated as it stands unless it diverged.
  func end(_ ending: TrainingEnding) {
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
  func considerEnding(afterLoss loss: Double) {
    guard record.status == .running, step > 0, history.count < plan.epochs,
      let ending = ending(afterLoss: loss)
    else { return }
    end(ending)
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
