extension LayerSpecification {
  /// Layers made of layers.
  public enum Container: Sendable, Equatable, Codable {
    /// Layers one after the other, as one.
    case sequence(layers: [LayerSpecification])
    /// Adds the input to what the layers make of it (arXiv 1512.03385).
    case residual(layers: [LayerSpecification])
    /// Gives the input to each branch and joins the results.
    case parallel(layers: [LayerSpecification], join: Joining = .concatenate)
    /// The layers so many times, each time with weights of their own.
    case `repeat`(count: Int, layers: [LayerSpecification])
  }

  /// How branches are joined.
  public enum Joining: String, Sendable, Codable, CaseIterable {
    /// One behind the other along the channels.
    case concatenate
    /// By their sum.
    case add
  }
}
