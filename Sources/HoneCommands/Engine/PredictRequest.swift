/// What `hone predict` was asked to do.
public struct PredictRequest: Sendable, Equatable {
  /// The run as the user named it.
  public var run: String
  /// Files or folders to predict.
  public var inputs: [String]
  /// How many classes to tell, most probable first.
  public var top: Int

  /// A request.
  public init(run: String, inputs: [String], top: Int) {
    self.run = run
    self.inputs = inputs
    self.top = top
  }
}
