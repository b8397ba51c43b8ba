public import HoneConfiguration

/// What `hone lr-find` was asked to do.
public struct LearningRateFindRequest: Sendable, Equatable {
  /// The data as the user named them.
  public var data: String
  /// The configuration whose learning rate is sought.
  public var configuration: Configuration

  /// A request.
  public init(data: String, configuration: Configuration) {
    self.data = data
    self.configuration = configuration
  }
}
