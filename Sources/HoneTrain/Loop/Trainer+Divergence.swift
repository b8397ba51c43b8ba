import HoneData
import HoneNN
import HoneOptim
import HoneRecords
import HoneTensor
import HoneText

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
    record.ending = Localized(
      "The loss became \(loss) after \(step) steps, in epoch \(place.epoch), batch "
        + "\(place.number)" + (cause.map { ": \($0.english)." } ?? "."),
      korean: "\(step)스텝 뒤 에폭 \(place.epoch)의 배치 \(place.number)에서 손실이 \(loss)이(가) 되었습니다"
        + (cause.map { ": \($0.korean)." } ?? "."))
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
      let values = optimizer.parameters.map { $0.value.detached() }
      // Weights whose squares leave the range of their type are lost, even where they themselves do not.
      if let sums = SquareSums(values) { return Float(sums.values).isFinite }
      let norms = ATen._foreach_norm_Scalar(values)
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
  func spoiler(of batch: HostBatch, number: Int, step: Int) -> Localized? {
    if let sample = batch.firstSpoiledSample {
      return Localized(
        "sample \(sample) has numbers that are not finite",
        korean: "샘플 \(sample)에 유한하지 않은 값이 있습니다")
    }
    let parameters = model.namedParameters
    if let name = firstSpoiledParameter {
      return Localized(
        "the weights \(name) are no longer finite", korean: "가중치 \(name)이(가) 더는 유한하지 않습니다")
    }
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
    return Localized(
      "the operation \(operation.name) gave them"
        + (layer.map { ", at or after the layer of \($0)" } ?? ""),
      korean: (layer.map { "\($0)이(가) 속한 층 또는 그 뒤에서 " } ?? "")
        + "연산 \(operation.name)이(가) 그런 값을 냈습니다")
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
