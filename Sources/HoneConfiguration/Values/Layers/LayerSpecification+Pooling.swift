extension LayerSpecification {
  /// Layers that summarise positions; the dimensions follow from the input.
  public enum Pooling: Sendable, Equatable, Codable {
    /// The largest value of each window; the stride is the window unless given.
    case maxPool(window: Sides = 2, stride: Sides? = nil, padding: Sides = 0)
    /// The mean of each window; the stride is the window unless given.
    case averagePool(window: Sides = 2, stride: Sides? = nil, padding: Sides = 0)
    /// The mean of each channel.
    case globalAveragePool
    /// Means over as many windows as outputs are asked for.
    case adaptiveAveragePool(outputs: Sides = 1)
  }
}
