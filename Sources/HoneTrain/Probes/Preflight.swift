import Foundation
import HoneData
import HoneMetrics
import HoneNN
import HoneNumerics
public import HoneRecords
import HoneTensor

/// Batches of the initial-loss probe: enough samples for a standard error of a few percent.
private let preflightBatches = 8

/// Samples whose numbers the scale of the inputs is taken from, spread over the split.
private let preflightInputs = 256

/// What can be measured before the first step: the inputs' distribution, and the untrained model's
/// loss beside the loss of knowing nothing but how frequent each class is (or the targets' mean).
///
/// The model's weights, running statistics and modes and the optimiser are as before afterwards. Weight
/// decay and penalties are no part of the loss.
/// - Throws: `DataError` naming a sample that cannot be read; `TorchError`.
public func measurePreflight(_ plan: TrainingPlan) throws -> PreflightRecord {
  var losses: [Double] = []
  let batches = plan.training.epoch(1)
  defer { batches.close() }
  try leavingUntouched(plan) {
    plan.model.train()
    // What a model knows shows without the noise of dropout.
    for case let dropout as Dropout in plan.model.namedModules.map(\.module) {
      dropout.isTraining = false
    }
    var stream = RandomStream(seed: plan.seed, "preflight")
    try withoutGradients {
      for _ in 0..<preflightBatches {
        guard let batch = try batches.next() else { break }
        // Batch statistics of one sample have no spread.
        guard batch.count > 1 || losses.isEmpty else { break }
        losses += try catchingTorchErrors {
          let output = plan.output(for: batch, noise: stream.nextSeed())
          return plan.loss.perSample(output, plan.target(of: batch, for: output))
            .values(as: Double.self)
        }
      }
    }
  }
  let inputs = try plan.training.batch(of: spaced(plan.training.indices, preflightInputs))
  // Token numbers are names: their size says nothing.
  let isText = inputs.inputs.dtype == .int64
  var record = PreflightRecord(
    input: isText ? nil : ValueSummary(of: numbers(of: inputs, plan.training.preprocessor)),
    initialLoss: losses.mean(),
    initialLossError: losses.standardError(), expectedInitialLoss: expectedInitialLoss(plan),
    stepNoise: try plan.stepNoise())
  let (wiring, layers) = try WiringProbe(plan: plan).run()
  record.wiring = wiring
  record.layers = layers
  record.neighbours = try NeighbourProbe(plan: plan).run()
  return record
}

/// The inputs without the codes of categories, which have no scale.
func numbers(of batch: HostBatch, _ preprocessor: Preprocessor) -> [Float] {
  let values = batch.inputs.values(as: Float.self)
  let codes = preprocessor.cardinalities.count
  guard codes > 0, batch.count > 0 else { return values }
  let width = values.count / batch.count
  return values.indices.filter { $0 % width < width - codes }.map { values[$0] }
}

/// The loss of the constant answer that fits the training split best: the entropy of the classes as
/// they are drawn and weighted; 1 for standardised targets under squared error; nil for losses without
/// such a value.
private func expectedInitialLoss(_ plan: TrainingPlan) -> Double? {
  let dataset = plan.training.dataset
  if dataset.task == .regression { return expectedRegressionLoss(plan) }
  let counts = dataset.classCounts(of: plan.training.indices)
  let drawn =
    plan.training.options.order == .balanced
    ? counts.map { $0 > 0 ? 1.0 : 0 } : counts.map(Double.init)
  let total = drawn.sum()
  guard total > 0, counts.count > 1 else { return nil }
  let shares = drawn.map { $0 / total }
  switch plan.loss.name {
  case "crossEntropy", "crossEntropyOnProbabilities", "klDivergence":
    return withoutGradients { constantAnswerLoss(plan.loss, shares: shares) }
  case "binaryCrossEntropyWithLogits", "binaryCrossEntropyOnProbabilities":
    guard unweightedEntropies.contains(plan.loss) else { return nil }
    return shares.map { $0 > 0 ? -$0 * log($0) : 0 }.sum()
  default:
    return plan.loss.expectation == .values ? try? constantValueLoss(plan, shares) : nil
  }
}

/// The least that answering one number for every sample costs.
private func expectedRegressionLoss(_ plan: TrainingPlan) -> Double? {
  guard let scale = plan.training.preprocessor.target else { return nil }
  let targets = plan.training.indices.map {
    Double(scale.standardized(plan.training.dataset.targets[$0]))
  }
  guard targets.count > 1 else { return nil }
  switch plan.loss.name {
  case "meanSquaredError":
    let mean = targets.mean()
    let error = targets.map { ($0 - mean) * ($0 - mean) }.mean()
    return error > 0 ? error : nil
  case "meanAbsoluteError":
    let middle = targets.median()
    let distance = targets.map { abs($0 - middle) }.mean()
    return distance > 0 ? distance : nil
  default: return nil
  }
}

/// The least that giving every sample the same values costs where classes are learned as values: the
/// classes' shares, or the most frequent class.
private func constantValueLoss(_ plan: TrainingPlan, _ shares: [Double]) throws -> Double? {
  let classes = shares.count
  let most = shares.indices.max { shares[$0] < shares[$1] } ?? 0
  let one = shares.indices.map { $0 == most ? Float(1) : 0 }
  let labels = Tensor.range(0, classes)
  let single = try plan.model.outputShape(for: [1] + plan.training.preprocessor.outputShape)
  return try catchingTorchErrors {
    withoutGradients {
      [shares.map(Float.init), one].compactMap { answer -> Double? in
        let row = classes == 2 && single.last == 1 ? [answer[1]] : answer
        let answers = Tensor((0..<classes).flatMap { _ in row }, shape: [classes, row.count])
        let costs = plan.loss.perSample(answers, labels).values(as: Double.self)
        guard costs.count == classes else { return nil }
        let sum = zip(shares, costs).map { $0 > 0 ? $0 * $1 : 0 }.sum()
        return sum.isFinite ? sum : nil
      }.min()
    }
  }
}

/// The losses of two classes whose best constant answer is their share.
private let unweightedEntropies: Set<Loss> = [
  .binaryCrossEntropyWithLogits, .binaryCrossEntropyOnProbabilities(),
]

/// The mean loss over classes of these shares, where every sample gets the same probabilities: the
/// shares times the loss's class weights.
///
/// Losses on probabilities get the logarithms' exponentials.
private func constantAnswerLoss(_ loss: Loss, shares: [Double]) -> Double {
  let classes = shares.count
  let labels = Tensor.range(0, classes)
  func answered(_ logits: Tensor) -> Tensor {
    loss.takesProbabilities ? logits.softmax(along: 1) : logits
  }
  let blind = loss.perSample(answered(Tensor.zeros([classes, classes])), labels).values(
    as: Double.self)
  let wanted = zip(shares, blind).map { $0 * $1 }
  let scale = wanted.sum()
  let logits = wanted.map { Float(log(max($0 / scale, 1e-12))) }
  let answers = Tensor((0..<classes).flatMap { _ in logits }, shape: [classes, classes])
  let losses = loss.perSample(answered(answers), labels).values(as: Double.self)
  return zip(shares, losses).map { $0 > 0 ? $0 * $1 : 0 }.sum()
}

extension ValueSummary {
  /// The distribution of some numbers; nil without any.
  init?(of values: [Float]) {
    let finite = values.filter(\.isFinite)
    guard let minimum = finite.min(), let maximum = finite.max() else { return nil }
    let numbers = finite.map(Double.init)
    self.init(
      mean: numbers.mean(), standardDeviation: numbers.count > 1 ? numbers.standardDeviation() : 0,
      minimum: Double(minimum), maximum: Double(maximum),
      nonFinite: values.count - finite.count)
  }
}
