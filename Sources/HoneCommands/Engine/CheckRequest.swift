public import HoneConfiguration

/// What `hone check` was asked to do.
public struct CheckRequest: Sendable, Equatable {
  /// The data as the user named them.
  public var data: String
  /// The configuration to check with.
  public var configuration: Configuration

  /// A request.
  public init(data: String, configuration: Configuration) {
    self.data = data
    self.configuration = configuration
  }
}
