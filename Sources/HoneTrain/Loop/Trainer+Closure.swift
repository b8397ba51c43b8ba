import HoneData
import HoneMetrics
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor

// Steps of optimisers that evaluate a step's loss as often as they need.
extension Trainer {
  /// Keeps a batch; with the last of a step, minimizes the loss of all of the step's batches.
  /// - Parameter number: the batch's place in the epoch, counted from 1.
  /// - Returns: the step's loss, not finite where training must end; zero before the step's end.
  /// - Throws: `TorchError`, as where memory does not suffice.
  func trainBatch(
    _ batch: HostBatch, number: Int, endsStep: Bool, by optimizer: any ClosureOptimizer
  ) throws -> Double {
    keptBatches.append((batch, number))
    isInsideStep = true
    guard endsStep else { return 0 }
    defer { keptBatches = [] }
    let evaluation = StepEvaluation(plan, keptBatches, step: step)
    try catchingTorchErrors { takeStep(by: optimizer, evaluation) }
    let samples = keptBatches.reduce(0) { $0 + $1.batch.count }
    meter.add(loss: evaluation.loss, samples: samples)
    if plan.metric == .accuracy, keptBatches.allSatisfy({ $0.batch.softLabels == nil }) {
      meter.add(score: Double(evaluation.right), samples: samples)
    }
    if evaluation.loss.isFinite { isInsideStep = false }
    return evaluation.loss
  }

  private func takeStep(by optimizer: any ClosureOptimizer, _ evaluation: StepEvaluation) {
    optimizer.learningRate = plan.learningRate(atStep: step, scale: rateScale)
    let isSampled = plan.measuresSteps && StepSampling.isSampled(step + 1)
    let advance = { _ = optimizer.step(evaluating: evaluation.objective) }
    let ratio = isSampled ? updateRatio(advance) : nil
    if !isSampled { advance() }
    evaluation.settle()
    guard evaluation.loss.isFinite else { return optimizer.clearGradients() }
    step += 1
    // The gradient of the last evaluation: near zero where the step reached a minimum.
    let norm = isSampled ? globalGradientNorm(of: optimizer.parameters).item() : nil
    optimizer.clearGradients()
    plan.completeStep()
    updateAverage()
    guard isSampled else { return }
    if let norm { meter.gradientNorms.append(norm) }
    if let ratio { meter.updateRatios.append(ratio) }
    sampledSteps.append(
      StepRecord(
        step: step, epoch: position.epoch, loss: evaluation.loss,
        learningRate: optimizer.learningRate, gradientNorm: norm, updateRatio: ratio))
  }
}
