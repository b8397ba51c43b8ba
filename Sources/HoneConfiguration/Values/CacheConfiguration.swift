/// The packed file that the photos of a folder are brought to, so that they load faster.
public struct CacheConfiguration: Sendable, Equatable, Codable {
  /// What it holds.
  public var kind: Kind = .raw
  /// Where it is; nil puts it beside the folder of the data.
  public var path: String?

  /// A packed file of decoded photos beside the folder of the data.
  public init() {}

  /// What a packed file holds.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// Decoded photos.
    case raw
    /// The files as they are.
    case encoded
  }
}
