import HoneData
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor

/// How loss, outputs and data fit together: a few forward passes in evaluation mode.
struct WiringProbe {
  let plan: TrainingPlan
  /// The samples that are looked at.
  static let samples = 32

  /// The wiring, and the layers with weights.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError`.
  func run() throws -> (wiring: WiringRecord, layers: [LayerFact]) {
    let batch = try plan.training.batch(of: spaced(plan.training.indices, Self.samples))
    var wiring = WiringRecord(loss: plan.loss.name, expects: plan.loss.expectation)
    wiring.batchSize = plan.training.options.batchSize
    wiring.stepsPerEpoch = plan.stepsPerEpoch
    wiring.isAugmented = plan.training.options.isAugmenting
    wiring.dropout =
      plan.model.namedModules.compactMap { ($0.module as? Dropout)?.probability }.max() ?? 0
    wiring.weightDecay = max(
      plan.penalty.l2, plan.optimizer.groups.map(\.weightDecay).max() ?? 0)
    if let validation = plan.validation {
      let shared =
        validation.dataset === plan.training.dataset
        ? Set(plan.training.indices).intersection(validation.indices).count : 0
      wiring.sharedSamples = shared
      let some = try validation.batch(of: spaced(validation.indices, Self.samples * 8))
      if some.inputs.dtype != .int64 {
        wiring.validationInput = ValueSummary(
          of: numbers(of: some, validation.preprocessor))
      }
    }
    let layers = try leavingUntouched(plan) {
      plan.model.evaluate()
      return try catchingTorchErrors { withoutGradients { measure(batch, &wiring) } }
    }
    return (wiring, layers)
  }

  private func measure(_ batch: HostBatch, _ wiring: inout WiringRecord) -> [LayerFact] {
    let (output, trace) = LayerTrace.recording { plan.output(for: batch) }
    wiring.outputs = output.rank > 1 ? output.shape.last ?? 1 : 1
    wiring.output = ValueSummary(of: output.floats)
    wiring.outputActivation = outputActivation(trace)
    let target = plan.target(of: batch, for: output)
    if plan.training.dataset.task == .regression {
      wiring.targets = ValueSummary(of: target.cast(to: .float32).floats)
    }
    guard batch.count > 1 else { return layerFacts(of: plan.model, trace: trace) }
    let single = plan.loss(output, target).item()
    let twice = plan.loss(
      Tensor.concatenated([output, output]), Tensor.concatenated([target, target])
    ).item()
    if single.isFinite, twice.isFinite, single != 0 { wiring.duplicationRatio = twice / single }
    wiring.lossLeaks = lossLeaks(output, target)
    let inputs = batch.inputs
    if inputs.dtype == .float32 {
      wiring.outputLeaks = outputLeaks(batch)
      let blank = Tensor.zeros(inputs.shape, device: plan.device)
      let loss = plan.loss(plan.model(blank), target).item()
      wiring.zeroInputLoss = loss.isFinite ? loss : nil
    }
    return layerFacts(of: plan.model, trace: trace)
  }

  /// What acts after the last layer with weights.
  private func outputActivation(_ trace: LayerTrace) -> String {
    guard let last = trace.events.lastIndex(where: { $0.layer != nil }) else { return "unknown" }
    return trace.events[(last + 1)...].last { Activity.isActivation($0.kind) }?.kind ?? "none"
  }

  /// Whether other samples' losses change when the first sample's output does.
  private func lossLeaks(_ output: Tensor, _ target: Tensor) -> Bool {
    let before = plan.loss.perSample(output, target).values(as: Double.self)
    let count = output.shape[0]
    let changed = Tensor.concatenated([
      output.sliced(0..<1, along: 0) * 0.5 + 0.1, output.sliced(1..<count, along: 0),
    ])
    let after = plan.loss.perSample(changed, target).values(as: Double.self)
    guard before.count == count, after.count == count else { return false }
    // Where samples are apart, the others' losses are computed from the same numbers as before.
    return differs(Array(before.dropFirst()), Array(after.dropFirst()), share: 1e-5)
  }

  /// Whether other samples' outputs change when the first sample's input does.
  ///
  /// Both are computed alike, in full precision: what a run in `bfloat16` rounds is no leak.
  private func outputLeaks(_ batch: HostBatch) -> Bool {
    var values = batch.inputs.values(as: Float.self)
    let width = values.count / batch.count
    // Another sample's inputs: codes of categories and numbers of tokens stay within their range.
    let first = Array(values[..<width])
    guard
      let other = (1..<batch.count).map({ values[$0 * width..<($0 + 1) * width] })
        .first(where: { !$0.elementsEqual(first) })
    else { return false }
    values.replaceSubrange(..<width, with: Array(other))
    let changed = HostTensor(values, shape: batch.inputs.shape)
    return differs(others(batch.inputs), others(changed))
  }

  /// The outputs of all samples but the first.
  private func others(_ inputs: HostTensor) -> [Double] {
    let output = plan.model(Tensor(inputs).to(plan.device))
    return output.sliced(1..<output.shape[0], along: 0).floats.map(Double.init)
  }

  /// Whether numbers differ by more than rounding can explain.
  private func differs(_ first: [Double], _ second: [Double], share: Double = 1e-3) -> Bool {
    let scale = first.filter(\.isFinite).map(abs).max() ?? 0
    let pairs = zip(first, second).filter { $0.isFinite && $1.isFinite }
    return pairs.contains { abs($0 - $1) > share * max(scale, 1e-6) }
  }
}

extension Loss {
  /// What the loss expects of the outputs.
  var expectation: WiringRecord.Expectation {
    switch name {
    case "crossEntropy", "focal", "klDivergence", "multiMargin", "binaryCrossEntropyWithLogits",
      "binaryFocal", "hinge", "squaredHinge":
      .logits
    case "meanSquaredError", "meanAbsoluteError", "huber", "smoothL1", "quantile": .values
    default: takesProbabilities ? .probabilities : .unknown
    }
  }
}
