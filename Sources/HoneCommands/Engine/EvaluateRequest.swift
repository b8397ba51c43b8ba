/// What `hone evaluate` was asked to do.
public struct EvaluateRequest: Sendable, Equatable {
  /// The run as the user named it.
  public var run: String
  /// Which part of the data.
  public var split: Split
  /// Other data than the run's own.
  public var data: String?
  /// Whether the curvature of the loss is wanted as well.
  public var curvature: Bool

  /// A part of the data.
  public enum Split: String, Sendable, CaseIterable { case train, validation, test }

  /// A request.
  public init(run: String, split: Split = .test, data: String? = nil, curvature: Bool = false) {
    self.run = run
    self.split = split
    self.data = data
    self.curvature = curvature
  }
}
