extension LayerSpecification {
  /// Layers that multiply features by weights.
  public enum Weight: Sendable, Equatable, Codable {
    /// A fully connected layer.
    case linear(
      outputs: LayerOutputs, bias: Bool = true, initializer: InitializerSpecification? = nil)
    /// A vector for each number of a vocabulary.
    case embedding(vocabulary: Int, outputs: Int)
  }
}
