/// What `hone runs verify` was asked to do.
public struct VerifyRequest: Sendable, Equatable {
  /// The run, as the user named it.
  public var run: String
  /// The optimiser steps to repeat.
  public var steps: Int

  /// A request.
  public init(run: String, steps: Int) {
    self.run = run
    self.steps = steps
  }
}
