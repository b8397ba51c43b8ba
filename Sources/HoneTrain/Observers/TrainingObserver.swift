public import HoneRecords

/// Sees what happens in training and cannot change it: progress bars, stores, logs.
public protocol TrainingObserver {
  /// Called on the training thread; long work belongs elsewhere. An error ends the run, after a
  /// checkpoint where one can still be written.
  func receive(_ event: TrainingEvent) throws
  /// Called on the training thread before a checkpoint is taken: what was told so far is not told again
  /// by a run that goes on from it, so it has to be where it is kept. Does nothing where not written.
  func flush() throws
}

extension TrainingObserver {
  /// Does nothing.
  public func flush() throws {}
}

/// An observer made of a closure.
public struct ClosureObserver: TrainingObserver {
  private let body: (TrainingEvent) throws -> Void

  /// An observer that calls the closure with each event.
  public init(_ body: @escaping (TrainingEvent) throws -> Void) { self.body = body }

  /// Calls the closure.
  public func receive(_ event: TrainingEvent) throws { try body(event) }
}
