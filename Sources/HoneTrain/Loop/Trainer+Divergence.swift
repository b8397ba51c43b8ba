import HoneData
import HoneNN
import HoneOptim
import HoneRecords
import HoneTensor

// The end of a run whose loss is no longer a number.
extension Trainer {
  /// The place of a batch in a run.
  struct BatchPlace {
    /// The epoch, counted from 1.
    let epoch: Int
    /// The batch's place in the epoch, counted from 1.
    let number: Int
    let batch: HostBatch
  }

  /// Ends the run, with the batch and the layer where the numbers went wrong.
  func diverge(at place: BatchPlace, loss: Double) throws {
    record.status = .diverged
    let cause = try firstFound {
      plan.spoiler(of: place.batch, number: place.number, step: step)
    }
    record.outcome =
      "The loss became \(loss) after \(step) steps, in epoch \(place.epoch), batch "
      + "\(place.number)" + (cause.map { ": \($0)." } ?? ".")
    try emit(
      .step(
        StepRecord(
          step: step + 1, epoch: place.epoch, loss: loss,
          learningRate: plan.optimizer.learningRate)))
  }
}

extension TrainingPlan {
  /// Whether every weight that is trained is a number.
  ///
  /// Waits for the device.
  var hasFiniteWeights: Bool {
    withoutGradients {
      let norms = ATen._foreach_norm_Scalar(optimizer.parameters.map { $0.value.detached() })
      return norms.isEmpty || Tensor.stacked(norms).sum().item().isFinite
    }
  }

  /// The name of the first parameter with a number that is infinite or none.
  var firstSpoiledParameter: String? {
    withoutGradients {
      model.namedParameters.first { !$0.parameter.value.detached().isFinite }?.name
    }
  }

  /// What first holds numbers that are not finite when a batch's loss is computed: a sample, the weights
  /// of a layer, or an operation with the layer that it belongs to; nil where nothing does.
  ///
  /// Computes the loss once more with the same dropout, looking at every result. Running statistics
  /// are as before afterwards.
  func spoiler(of batch: HostBatch, number: Int, step: Int) -> String? {
    if let sample = batch.firstSpoiledSample {
      return "sample \(sample) has numbers that are not finite"
    }
    let parameters = model.namedParameters
    if let name = firstSpoiledParameter { return "the weights \(name) are no longer finite" }
    let buffers = model.namedBuffers.map(\.buffer)
    let statistics = withoutGradients { buffers.map { $0.value.clone() } }
    defer { for (buffer, value) in zip(buffers, statistics) { buffer.assign(value) } }
    let found = try? catchingTorchErrors {
      withoutGradients {
        firstSpoilingOperation(among: parameters.map(\.parameter.value)) {
          let output = output(for: batch, noise: noiseSeed(step: step, number: number))
          _ = objective(loss(output, target(of: batch, for: output)))
        }
      }
    }
    guard let operation = found ?? nil else { return nil }
    let layer = operation.mark.map { parameters[$0].name }
    return "the operation \(operation.name) gave them"
      + (layer.map { ", at or after the layer of \($0)" } ?? "")
  }
}

extension HostBatch {
  /// The data set's number of the first sample with an input that is not finite.
  fileprivate var firstSpoiledSample: Int? {
    guard inputs.dtype == .float32, count > 0 else { return nil }
    let values = inputs.values(as: Float.self)
    guard let index = values.firstIndex(where: { !$0.isFinite }) else { return nil }
    return indices[index / (values.count / count)]
  }
}
