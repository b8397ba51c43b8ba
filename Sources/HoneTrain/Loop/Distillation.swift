import HoneData
public import HoneNN
import HoneOptim
public import HoneTensor

/// What a model learns from others besides the labels: their probabilities, softened by a temperature
/// (Hinton, Vinyals and Dean 2015, arXiv 1503.02531).
///
/// The loss becomes `(1 - mixing) · loss + mixing · T² · KL(teachers ‖ model)`, both sides of the
/// divergence at the temperature T; its square keeps the gradients' size. Teachers see the very inputs
/// that the model is trained on, augmented as they are, in evaluation mode.
public struct Distillation {
  /// Who teaches: models that take the same inputs and answer with logits of the same classes.
  public let teachers: [any Layer<Tensor, Tensor>]
  /// The share of each teacher in the answer.
  public let weights: [Double]
  /// What logits are divided by: the higher, the more the small probabilities tell.
  public let temperature: Double
  /// The share of the teachers in the loss.
  public let mixing: Double

  /// Teachers with equal shares, or with given ones.
  /// - Precondition: there is a teacher, and a weight for each where weights are given; the temperature
  ///   is positive and `mixing` in 0...1.
  public init(
    teachers: [any Layer<Tensor, Tensor>], weights: [Double]? = nil, temperature: Double = 4,
    mixing: Double = 0.7
  ) {
    let weights = weights ?? teachers.map { _ in 1 }
    let sum = weights.reduce(0, +)
    guard !teachers.isEmpty, weights.count == teachers.count, sum > 0, temperature > 0,
      (0...1).contains(mixing)
    else {
      fatalError(
        "Distillation got \(teachers.count) teachers, weights \(weights), temperature \(temperature) "
          + "and mixing \(mixing); it needs teachers with weights above 0, a positive temperature and a "
          + "mixing from 0 to 1.")
    }
    self.teachers = teachers
    self.weights = weights.map { $0 / sum }
    self.temperature = temperature
    self.mixing = mixing
  }

  /// The teachers' mean probabilities at the temperature, `[batch, classes]`.
  func probabilities(for batch: HostBatch, as plan: TrainingPlan) -> Tensor {
    withoutGradients {
      var sum: Tensor?
      for (teacher, weight) in zip(teachers, weights) {
        let logits = teacher.evaluating {
          forwardPass(
            batch, teacher.callAsFunction, device: plan.device, precision: plan.precision,
            memoryFormat: plan.memoryFormat)
        }
        let share = (logits * Scalar(1 / temperature)).softmax(along: 1) * Scalar(weight)
        sum = sum.map { $0 + share } ?? share
      }
      return sum ?? .poisoned
    }
  }

  /// The loss beside the labels' loss.
  /// - Parameters:
  ///   - hard: the loss of the labels.
  ///   - output: the model's logits.
  ///   - teachers: the teachers' probabilities.
  func loss(_ hard: Tensor, output: Tensor, teachers: Tensor) -> Tensor {
    let own = (output * Scalar(1 / temperature)).logSoftmax(along: 1)
    let theirs = teachers.clamped(minimum: Scalar(1e-12)).logarithm()
    let samples = Double(max(output.shape.first ?? 1, 1))
    let divergence = (teachers * (theirs - own)).sum() * Scalar(1 / samples)
    return hard * Scalar(1 - mixing)
      + divergence * Scalar(mixing * temperature * temperature)
  }
}

extension TrainingPlan {
  /// The loss of a batch as training sees it: of its labels and, where there are teachers, of their
  /// answers.
  func trainingLoss(_ output: Tensor, _ batch: HostBatch) -> Tensor {
    let hard = loss(output, target(of: batch, for: output))
    guard let distillation, !output.isPoisoned else { return hard }
    return distillation.loss(
      hard, output: output, teachers: distillation.probabilities(for: batch, as: self))
  }
}
