/// A part of a hidden layer of a perceptron.
public enum BlockPart: String, Sendable, Codable, CaseIterable {
  /// The linear layer.
  case linear
  /// The normalization.
  case norm
  /// The activation.
  case activation
  /// The dropout.
  case dropout
}
