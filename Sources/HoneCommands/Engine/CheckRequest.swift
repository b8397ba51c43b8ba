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
  /// Whether the report is to show the samples of its examples.
  public var wantsViews: Bool

  /// A request.
  public init(
    data: String, configuration: Configuration, run: String? = nil, wantsViews: Bool = false
  ) {
    self.data = data
    self.configuration = configuration
    self.run = run
    self.wantsViews = wantsViews
  }
}
