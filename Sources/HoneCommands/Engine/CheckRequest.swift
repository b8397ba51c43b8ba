public import HoneConfiguration

/// What `hone check` was asked to do.
public struct CheckRequest: Sendable, Equatable {
  /// The data as the user named them.
  public var data: String
  /// The configuration to check with.
  public var configuration: Configuration
  /// A run, or a cross-validation, whose models judge the labels of samples they had not learned; nil
  /// leaves labels alone.
  public var run: String?

  /// A request.
  public init(data: String, configuration: Configuration, run: String? = nil) {
    self.data = data
    self.configuration = configuration
    self.run = run
  }
}
