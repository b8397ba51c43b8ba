/// How inputs are freed from correlation, with statistics of the training split only.
public struct WhiteningConfiguration: Sendable, Equatable, Codable {
  /// Which map whitens.
  public var kind: Kind = .zca
  /// What is added to each variance, in units of the scaled inputs, so that noise is not blown up.
  public var epsilon = 0.01

  /// The usual whitening.
  public init() {}

  /// Which map whitens.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// The one that changes samples least; pictures stay pictures.
    case zca
    /// Onto the principal axes, the largest variance first.
    case pca
  }
}
