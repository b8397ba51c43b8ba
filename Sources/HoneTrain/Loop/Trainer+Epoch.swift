import HoneData
import HoneNumerics
import HoneOptim
import HoneRecords

extension Trainer {
  /// The record of the epoch whose steps have just been taken, with validation and the training
  /// split in evaluation mode; nil where the run was asked to stop meanwhile.
  /// - Parameter begun: when the epoch's steps had been taken.
  func measureEpoch(_ number: Int, begun: ContinuousClock.Instant) throws -> EpochRecord? {
    do {
      return try evaluatedEpoch(number, begun: begun)
    } catch is Evaluator.Stopped {
      return nil
    }
  }

  private func evaluatedEpoch(
    _ number: Int, begun: ContinuousClock.Instant
  ) throws -> EpochRecord {
    var record = EpochRecord(
      epoch: number, step: step, trainLoss: meter.meanLoss, trainMetric: meter.meanScore,
      learningRate: plan.optimizer.learningRate, gradientNorm: meter.gradientNorm,
      updateRatio: meter.updateRatio,
      waitShare: meter.seconds > 0 ? meter.waitSeconds / meter.seconds : 0,
      samplesPerSecond: meter.seconds > 0 ? Double(meter.samples) / meter.seconds : 0)
    var evaluator = Evaluator(
      loss: plan.loss, device: plan.device, precision: plan.precision,
      memoryFormat: plan.memoryFormat)
    evaluator.isStopped = evaluationStopRequested
    if let validation = plan.validation {
      let result =
        try readyEvaluation?.validation
        ?? evaluator.evaluate(plan.model, on: validation, modes: plan.parts.modes)
      record.validationLoss = result.loss
      record.validationLossError = result.lossError
      record.validationMetric = result.value(of: plan.metric)
      record.validationMetricError = result.standardError(of: plan.metric)
    }
    if let trainEvaluation = plan.trainEvaluation {
      let result =
        try readyEvaluation?.training
        ?? evaluator.evaluate(plan.model, on: trainEvaluation, modes: plan.parts.modes)
      record.trainEvaluationLoss = result.loss
      record.trainEvaluationMetric = result.value(of: plan.metric)
      if result.count > 1 {
        record.trainLossQuantiles = result.losses.quantiles(EpochRecord.fractions)
      }
      dynamics.add(result)
    }
    readyEvaluation = nil
    let unreadable = (sharedLoader ?? plan.training).failures.count
    if unreadable > 0 { record.unreadableSamples = unreadable }
    record.seconds = meter.seconds + seconds(since: begun)
    return record
  }
}
