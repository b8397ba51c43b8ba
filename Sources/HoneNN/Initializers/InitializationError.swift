/// A model whose first values cannot be set as asked; nothing was changed.
public enum InitializationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// No layer with a bias gives as many outputs.
  case noOutputBias(outputs: [Int])
  /// A batch did not reach the weights: the model has no linear layer or convolution that ran.
  case noWeightedLayer

  /// A sentence for the developer.
  public var description: String {
    switch self {
    case .noOutputBias(let outputs):
      let counts = outputs.map(String.init).joined(separator: " or ")
      return "The model's last linear layer or convolution has no bias of \(counts) numbers."
    case .noWeightedLayer:
      return "The model ran no linear layer or convolution whose weight could be scaled."
    }
  }
}
