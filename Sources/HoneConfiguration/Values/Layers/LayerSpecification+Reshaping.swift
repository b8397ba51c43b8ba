extension LayerSpecification {
  /// Layers that change the shape and no value.
  public enum Reshaping: Sendable, Equatable, Codable {
    /// Makes one axis of all but the batch.
    case flatten
    /// Nothing.
    case identity
  }
}
