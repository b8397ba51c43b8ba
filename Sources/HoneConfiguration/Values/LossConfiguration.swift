/// What training minimises.
public enum LossConfiguration: Sendable, Equatable, Codable {
  /// The usual loss of the task: cross-entropy for classes, mean squared error for numbers.
  case auto
  /// Softmax cross-entropy on logits.
  case crossEntropy(labelSmoothing: Double = 0)
  /// Sigmoid cross-entropy on logits.
  case binaryCrossEntropy
  /// The mean of squared differences.
  case meanSquaredError
  /// The mean of absolute differences.
  case meanAbsoluteError
  /// Squared near zero, absolute far from it (Huber 1964).
  case huber(delta: Double = 1)
}
