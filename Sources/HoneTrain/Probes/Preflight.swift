import Foundation
import HoneData
import HoneMetrics
import HoneNN
import HoneNumerics
public import HoneRecords
import HoneTensor

/// Batches of the initial-loss probe: enough samples for a standard error of a few percent.
private let preflightBatches = 8

/// What can be measured before the first step: the inputs' distribution, and the untrained model's
/// loss beside the loss of always answering the class frequencies (or the targets' mean).
///
/// The model's weights, running statistics and modes and libtorch's random state are as before
/// afterwards. Weight decay and penalties are no part of the loss.
/// - Throws: `DataError` naming a sample that cannot be read.
public func measurePreflight(_ plan: TrainingPlan) throws -> PreflightRecord {
  var losses: [Double] = []
  var inputs: [Float] = []
  let batches = plan.training.epoch(1)
  defer { batches.close() }
  try leavingUntouched(plan.model, on: plan.device) {
    plan.model.train()
    try withoutGradients {
      for _ in 0..<preflightBatches {
        guard let batch = try batches.next() else { break }
        // Batch statistics of one sample have no spread.
        guard batch.count > 1 || losses.isEmpty else { break }
        losses += try catchingTorchErrors {
          let output = forwardPass(
            batch, plan.model.callAsFunction, device: plan.device, precision: plan.precision,
            memoryFormat: plan.memoryFormat)
          let target = Tensor(batch.softLabels ?? batch.targets).to(plan.device)
          return plan.loss.perSample(output, target).values(as: Double.self)
        }
        if inputs.isEmpty { inputs = batch.inputs.values(as: Float.self) }
      }
    }
  }
  return PreflightRecord(
    input: ValueSummary(of: inputs), initialLoss: losses.mean(),
    initialLossError: losses.standardError(), expectedInitialLoss: expectedInitialLoss(plan))
}

/// The entropy of the training split's class frequencies; 1 for standardised targets under squared
/// error; nil for losses without such a value.
private func expectedInitialLoss(_ plan: TrainingPlan) -> Double? {
  let dataset = plan.training.dataset
  guard plan.loss.name == "crossEntropy" else {
    return plan.loss.name == "meanSquaredError" && dataset.task == .regression ? 1 : nil
  }
  let counts = dataset.classCounts(of: plan.training.indices).map(Double.init)
  let total = counts.sum()
  guard total > 0 else { return nil }
  return counts.map { $0 > 0 ? -($0 / total) * log($0 / total) : 0 }.sum()
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
