extension LayerSpecification {
  /// Layers that change the shape and no value; axes are counted with the batch, which is axis 0.
  public enum Reshaping: Sendable, Equatable, Codable {
    /// Makes one axis of several, of all but the batch by default.
    case flatten(from: Int = 1, through: Int = -1)
    /// Gives each sample another shape; one number may be −1 and follows from the others.
    case reshape(shape: [Int])
    /// Puts axes 1, 2, … into another order: `[2, 1]` swaps two.
    case permute(order: [Int])
    /// Mixes the channels of groups (arXiv 1707.01083).
    case channelShuffle(groups: Int)
    /// Nothing.
    case identity
  }
}
