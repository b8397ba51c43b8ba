import HoneData
import HoneNN
import HoneTensor

extension Evaluator {
  /// The mean answer over views of a batch's images, in the form in which the model answers: of
  /// probabilities for a classifier, of predictions for a regression.
  func average(
    of views: TestTimeAugmentation, of batch: HostBatch, classes: Bool,
    _ model: (Tensor) -> Tensor
  ) -> Tensor {
    let outputs = views.views(of: batch.inputs).map { image in
      forwardPass(
        image, model, device: device, precision: precision, memoryFormat: memoryFormat)
    }
    if let failed = outputs.first(where: \.isPoisoned) { return failed }
    let single = outputs[0].shape.last == 1
    let answers = outputs.map { output in
      guard classes, !loss.takesProbabilities else { return output }
      return single ? output.sigmoid() : output.softmax(along: 1)
    }
    let mean =
      answers.dropFirst().reduce(answers[0], +) * Scalar(1 / Double(max(answers.count, 1)))
    guard classes, !loss.takesProbabilities else { return mean }
    let bounded = mean.clamped(minimum: Scalar(1e-12))
    guard single else { return bounded.logarithm() }
    return bounded.logarithm() - (1 - mean).clamped(minimum: Scalar(1e-12)).logarithm()
  }
}
