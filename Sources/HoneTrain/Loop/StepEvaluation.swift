import HoneData
import HoneMetrics
import HoneNN
import HoneNumerics
import HoneOptim
import HoneTensor

/// The loss of a step's batches as a function of the weights that gives the same value however often it
/// is asked: each batch has one dropout mask, and running statistics move once, in the first evaluation.
final class StepEvaluation {
  private let plan: TrainingPlan
  private let batches: [(batch: HostBatch, number: Int)]
  private let step: Int
  /// The loss of each batch in the first evaluation.
  private(set) var losses: [Double?]
  /// How many samples were named rightly in the first evaluation.
  private(set) var right = 0
  private var statistics: [Tensor]?
  private let buffers: [Buffer]

  /// An evaluation of a step.
  /// - Parameters:
  ///   - plan: the model, its loss and penalty.
  ///   - batches: the step's batches with their places in the epoch; together they must fit into host
  ///     memory, while the device holds one at a time.
  ///   - step: the step's number, from 0.
  init(_ plan: TrainingPlan, _ batches: [(batch: HostBatch, number: Int)], step: Int) {
    self.plan = plan
    self.batches = batches
    self.step = step
    losses = batches.map { _ in nil }
    buffers = plan.model.namedBuffers.map(\.buffer)
  }

  /// The loss over all samples of the step in the first evaluation, without penalties.
  var loss: Double {
    let count = batches.reduce(0) { $0 + $1.batch.count }
    return zip(batches, losses).reduce(0) { sum, pair in
      sum + (pair.1 ?? .nan) * Double(pair.0.batch.count) / Double(count)
    }
  }

  /// One term for each batch, and one for a penalty on weights.
  var objective: StepObjective {
    StepObjective(
      terms: batches.count + (plan.penalty.isZero ? 0 : 1),
      residuals: isSumOfSquares ? { self.residuals($0) } : nil
    ) { self.term($0) }
  }

  /// Puts running statistics back to what the first evaluation made of them.
  func settle() {
    guard let statistics else { return }
    for (buffer, value) in zip(buffers, statistics) { buffer.assign(value) }
  }

  private func term(_ index: Int) -> Tensor {
    guard index < batches.count else { return plan.penalty.loss(of: decaying) }
    let (batch, number) = batches[index]
    let output = output(index)
    let loss = plan.trainingLoss(output, batch)
    if losses[index] == nil { measure(index, loss: loss, output: output) }
    return plan.objective(loss) * Scalar(plan.shareOfStep(batch, number: number))
  }

  private func output(_ index: Int) -> Tensor {
    if statistics == nil, !losses.contains(where: { $0 == nil }) {
      statistics = withoutGradients { buffers.map { $0.value.clone() } }
    }
    let (batch, number) = batches[index]
    return plan.output(for: batch, noise: plan.noiseSeed(step: step, number: number))
  }

  private func measure(_ index: Int, loss: Tensor, output: Tensor) {
    losses[index] = loss.item()
    let batch = batches[index].batch
    if plan.metric == .accuracy, batch.softLabels == nil {
      right += correctAnswers(in: plan.logits(from: output), for: batch)
    }
  }

  /// The parameters that the penalty is of.
  private var decaying: [Parameter] { plan.trainedParameters.filter { $0.value.rank >= 2 } }

  private var isSumOfSquares: Bool {
    plan.loss == .meanSquaredError && plan.penalty.l1 == 0 && plan.parts.activityLayers.isEmpty
  }

  private func residuals(_ index: Int) -> Tensor {
    guard index < batches.count else {
      let root = Scalar(plan.penalty.l2.squareRoot())
      return .concatenated(decaying.map { ($0.value * root).reshaped([-1]) })
    }
    let (batch, number) = batches[index]
    let output = output(index)
    let target = plan.target(of: batch, for: output)
    if losses[index] == nil {
      measure(index, loss: withoutGradients { plan.loss(output, target) }, output: output)
    }
    let weight = 2 * plan.shareOfStep(batch, number: number) / Double(max(1, output.count))
    return (output - target) * Scalar(weight.squareRoot())
  }
}

extension TrainingPlan {
  /// A step outside of a run: by the gradient of a loss that was computed, or by evaluating the batch
  /// anew where the optimiser asks for that.
  /// - Parameters:
  ///   - loss: the batch's loss with its graph.
  ///   - number: which step it is, for dropout.
  ///   - completing: whether penalty and bounds take part.
  func takeProbeStep(
    by loss: Tensor, on batch: HostBatch, number: Int, completing: Bool
  ) throws {
    try catchingTorchErrors {
      if optimizer is any ClosureOptimizer {
        var plan = self
        plan.accumulation = 1
        if !completing { plan.penalty = WeightPenalty() }
        let evaluation = StepEvaluation(plan, [(batch, 1)], step: number)
        optimizer.step(evaluating: evaluation.objective)
        evaluation.settle()
      } else {
        loss.backward()
        if completing { _ = completeGradients(measuring: false) }
        optimizer.step()
      }
    }
    optimizer.clearGradients()
  }
}
