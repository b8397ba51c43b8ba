import HoneNN
import HoneRecords

/// One of the runs that are trained side by side.
///
/// What goes wrong in it ends it alone.
final class StackMember {
  /// The run's place among all.
  let place: Int
  let trainer: Trainer
  /// What the run's layers are; nil for a run that trains alone.
  private(set) var layers: [StackableLayer]?
  private(set) var result: Result<TrainingOutcome, any Error>?
  private var initial: StateDictionary?

  init(_ trainer: Trainer, place: Int) {
    self.trainer = trainer
    self.place = place
  }

  /// Whether the run is under way.
  var isOpen: Bool { result == nil }

  /// Begins the run, from a checkpoint where there is one.
  func begin(from checkpoint: Checkpoint?) {
    do {
      initial = try trainer.prepare(from: checkpoint)
    } catch {
      result = .failure(error)
    }
    attempt { try trainer.beginEpochs() }
    layers = isOpen ? trainer.stackableLayers : nil
  }

  /// Does something that belongs to the run; an error ends it.
  /// - Returns: what the body gives; nil where the run has ended.
  @discardableResult
  func attempt<R>(_ body: () throws -> R) -> R? {
    guard isOpen else { return nil }
    do {
      return try body()
    } catch {
      trainer.keeper?.wait()
      result = .failure(trainer.failed(error))
      return nil
    }
  }

  /// Ends a run that has no further epoch.
  func conclude() {
    let outcome = attempt {
      try trainer.endEpochs()
      return try trainer.conclude(initial: initial)
    }
    trainer.keeper?.wait()
    initial = nil
    if let outcome { result = .success(outcome) }
  }

  /// Whether the run can be computed together with another now.
  func fits(_ other: StackMember) -> Bool {
    self === other
      || (layers != nil && layers == other.layers && trainer.keepsStep(with: other.trainer))
  }

  /// Whether the run may be computed together with another at some time.
  func mayFit(_ other: StackMember) -> Bool {
    layers != nil && layers == other.layers
      && trainer.plan.training.givesTheSame(as: other.trainer.plan.training)
  }
}
