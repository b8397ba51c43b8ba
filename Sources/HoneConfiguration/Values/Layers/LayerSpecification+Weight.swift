extension LayerSpecification {
  /// Layers that multiply features by weights.
  public enum Weight: Sendable, Equatable, Codable {
    /// A fully connected layer, over the last axis.
    case linear(
      outputs: LayerOutputs, bias: Bool = true, initializer: InitializerSpecification? = nil)
  }
}
