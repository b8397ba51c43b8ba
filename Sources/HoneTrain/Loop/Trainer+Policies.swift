import HoneData
import HoneNN
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
    let moment = try moment(loss: loss)
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

  private func moment(loss: Double) throws -> StepMoment {
    let samplesPerStep = Double(plan.training.options.batchSize * plan.accumulation)
    // Between epochs the meter is empty, and the last epoch tells.
    let secondsPerSample =
      meter.samples > 0
      ? meter.seconds / Double(meter.samples) : 1 / (history.last?.samplesPerSecond ?? .infinity)
    var moment = StepMoment(
      step: step, epoch: position.epoch, loss: loss,
      seconds: secondsBefore + seconds(since: started),
      secondsPerStep: secondsPerSample.isFinite ? secondsPerSample * samplesPerStep : 0,
      closingSeconds: closingSeconds ?? measuredClosing ?? estimatedClosing)
    if closingSeconds == nil, measuredClosing == nil, isNearEnd(moment) {
      measuredClosing = try alone { try measureClosing() }
      moment.seconds = secondsBefore + seconds(since: started)
      moment.closingSeconds = measuredClosing ?? 0
    }
    return moment
  }

  /// Whether a budget of time ends soon, in an epoch before whose end nobody knows what that will take.
  private func isNearEnd(_ moment: StepMoment) -> Bool {
    guard plan.parallel?.isWriter != false,
      let budget = policies.lazy.compactMap({ ($0 as? TrainingBudget)?.seconds }).min()
    else { return false }
    return moment.seconds + 2 * (moment.secondsPerStep + moment.closingSeconds) >= budget
  }

  /// What the first evaluation will take: a forward pass costs about a third of a training step, and
  /// half leaves room.
  private var estimatedClosing: Double {
    let evaluated = [plan.validation, plan.trainEvaluation].reduce(recalibratedSamples) {
      $0 + ($1?.indices.count ?? 0)
    }
    return Double(evaluated) * meter.seconds / Double(max(meter.samples, 1)) / 2
  }

  /// The samples by which batch normalization gets statistics for averaged weights.
  private var recalibratedSamples: Int {
    guard average != nil, plan.model.namedModules.contains(where: { $0.module is BatchNorm })
    else { return 0 }
    return plan.training.indices.count
  }

  /// What the first evaluation will take by a few of its batches, the first of which readies memory
  /// and does not count: the median of three tries, since another program may disturb one.
  private func measureClosing() throws -> Double {
    var evaluator = Evaluator(
      loss: plan.loss, device: plan.device, precision: plan.precision,
      memoryFormat: plan.memoryFormat)
    evaluator.isStopped = evaluationStopRequested
    func seconds(_ loader: DataLoader) throws -> Double {
      let size = loader.options.batchSize
      let few = try loader.beginning(min(6 * size, loader.indices.count))
      _ = try evaluator.evaluate(plan.model, on: loader.beginning(size))
      let tries = try (0..<3).map { _ in
        let begun = clock.now
        _ = try evaluator.evaluate(plan.model, on: few)
        return self.seconds(since: begun)
      }
      return tries.sorted()[1] * Double(loader.indices.count) / Double(few.indices.count)
    }
    do {
      let evaluation = try [plan.validation, plan.trainEvaluation].compactMap(\.self)
        .reduce(0) { try $0 + seconds($1) }
      guard recalibratedSamples > 0, let loader = plan.validation ?? plan.trainEvaluation else {
        return evaluation
      }
      return try evaluation
        + seconds(loader) * Double(recalibratedSamples) / Double(loader.indices.count)
    } catch is Evaluator.Stopped {
      return 0
    }
  }
}
