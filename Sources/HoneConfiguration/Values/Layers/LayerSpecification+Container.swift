extension LayerSpecification {
  /// Layers made of layers.
  public indirect enum Container: Sendable, Equatable, Codable {
    /// Layers one after the other, as one.
    case sequence(layers: [LayerSpecification])
    /// Adds the input, or what a shortcut makes of it, to what the layers make of it (arXiv
    /// 1512.03385).
    case residual(layers: [LayerSpecification], shortcut: [LayerSpecification] = [])
    /// Gives the input to each branch and joins the results.
    case parallel(layers: [LayerSpecification], join: Joining = .concatenate)
    /// Gives the input to two branches and joins the results by a product with weights.
    case bilinear(
      outputs: LayerOutputs, layers: [LayerSpecification], bias: Bool = true,
      initializer: InitializerSpecification? = nil)
    /// The layers so many times, each time with weights of their own.
    case `repeat`(count: Int, layers: [LayerSpecification])
    /// A layer whose weight is learned as length and direction (arXiv 1602.07868); without `axis` one
    /// length for the whole weight.
    case weightNorm(layer: LayerSpecification, axis: Int? = 0)
    /// A layer whose weight is divided by its largest singular value (arXiv 1802.05957).
    case spectralNorm(layer: LayerSpecification, iterations: Int = 1, epsilon: Double = 1e-12)
  }

  /// How branches are joined.
  public enum Joining: String, Sendable, Codable, CaseIterable {
    /// One behind the other along the channels.
    case concatenate
    /// By their sum.
    case add
    /// By their product.
    case multiply
  }
}
