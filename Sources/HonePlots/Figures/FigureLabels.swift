/// The words on figures, in the reader's language.
public struct FigureLabels: Sendable, Equatable {
  /// The horizontal axis of curves.
  public var epoch = "Epoch"
  /// The loss.
  public var loss = "Loss"
  /// The metric's name as people read it.
  public var metric = "Metric"
  /// Training in evaluation mode.
  public var train = "Training"
  /// Training as the batches saw it.
  public var trainMode = "Training (with dropout and augmentation)"
  /// The validation split.
  public var validation = "Validation"
  /// The unchanged configuration.
  public var baseline = "Baseline"
  /// The improved configuration.
  public var final = "Final"
  /// The epoch whose weights were kept.
  public var best = "kept epoch"
  /// The learning rate.
  public var learningRate = "Learning rate"
  /// The rate the range test proposes.
  public var suggestion = "suggestion"
  /// The rate from which the loss rises for good.
  public var divergence = "divergence"
  /// The horizontal axis of the forest plot.
  public var effect = "Effect on the metric"
  /// Decisions in the order kept, rejected, inconclusive.
  public var decisions = ["kept", "rejected", "inconclusive"]
  /// Rows of the confusion matrix.
  public var trueClass = "True class"
  /// Columns of the confusion matrix.
  public var predictedClass = "Predicted class"
  /// Share of the true class, in the box at the pointer.
  public var share = "of this class"
  /// Predicted probability.
  public var confidence = "Predicted probability"
  /// Observed share of right answers.
  public var accuracy = "Observed accuracy"
  /// The diagonal of the reliability diagram.
  public var ideal = "perfectly calibrated"
  /// Number of samples.
  public var samples = "Samples"

  /// English words.
  public init() {}
}
