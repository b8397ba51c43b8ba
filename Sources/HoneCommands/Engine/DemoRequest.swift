/// What `hone demo` was asked to do.
public struct DemoRequest: Sendable, Equatable {
  /// Where the report goes; nil leaves the choice to the engine.
  public var report: String?

  /// A request.
  public init(report: String? = nil) {
    self.report = report
  }
}
