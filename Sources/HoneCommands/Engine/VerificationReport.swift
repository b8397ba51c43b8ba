/// What came of repeating the first steps of a run.
public struct VerificationReport: Sendable, Codable, Equatable {
  /// The run.
  public var run: String
  /// The optimiser steps that were repeated.
  public var steps: Int
  /// How many of them were compared: those that the run had measured.
  public var comparedSteps: Int
  /// How many epochs' ends were compared, with a digest of the weights.
  public var comparedEpochs: Int
  /// The first number that is not the same, bit by bit; nil where all are.
  public var difference: Difference?
  /// What is no longer as the run had it: versions, processor.
  public var changes: [String]

  /// A number that is not the run's.
  public struct Difference: Sendable, Codable, Equatable {
    /// The optimiser step, counted from 1.
    public var step: Int
    /// What differs: `loss`, `gradientNorm`, `updateRatio`, `weights`, ….
    public var quantity: String
    /// What the run had.
    public var was: String
    /// What the repetition had.
    public var now: String

    /// A difference.
    public init(step: Int, quantity: String, was: String, now: String) {
      self.step = step
      self.quantity = quantity
      self.was = was
      self.now = now
    }
  }

  /// A report.
  public init(
    run: String, steps: Int, comparedSteps: Int, comparedEpochs: Int, difference: Difference?,
    changes: [String]
  ) {
    self.run = run
    self.steps = steps
    self.comparedSteps = comparedSteps
    self.comparedEpochs = comparedEpochs
    self.difference = difference
    self.changes = changes
  }
}
