import HoneData
import HoneNN
import HoneRecords
import HoneTensor

/// Trains several runs side by side: those with the same layers and the same batches as one computation.
///
/// Dense layers become batched matrix products, of which each run's weights are a part, and the steps of
/// AdamW or SGD one pass over the weights of all; rates, decay, dropout, statistics, policies, reports,
/// checkpoints and the end are each run's own. A run gives what it gives alone, to rounding: the same
/// initial weights, the same batches, the same dropout. One that ends (stopped, diverged, interrupted,
/// failed) leaves, and the others go on without it.
///
/// What stacks is a chain of linear layers, batch and layer normalization, activations and dropout
/// (`LayerChain`; the catalogue's `mlp`) in float32 with a first-order optimiser. Others are trained one
/// after another.
///
/// ```swift
/// let stack = TrainingStack(rates.map { Trainer(plan(rate: $0), record: record(rate: $0)) })
/// for result in stack.train() { print(try result.get().record.best) }
/// ```
public final class TrainingStack {
  private let members: [StackMember]
  private let checkpoints: [Checkpoint?]
  private let clock = ContinuousClock()
  private var passes: StackedPasses?
  /// Whether memory did not suffice for the runs at once.
  private var isRefused = false
  /// Steps that runs took together.
  private(set) var sharedSteps = 0

  /// A stack of runs that have not begun.
  /// - Parameters:
  ///   - trainers: the runs, which work on the thread that calls `train`.
  ///   - checkpoints: where each goes on; from their start where empty.
  /// - Precondition: there are as many checkpoints as trainers, or none.
  public init(_ trainers: [Trainer], from checkpoints: [Checkpoint?] = []) {
    guard checkpoints.isEmpty || checkpoints.count == trainers.count else {
      fatalError(
        "TrainingStack got \(trainers.count) trainers and \(checkpoints.count) checkpoints; give one "
          + "for each, or none.")
    }
    members = trainers.enumerated().map { StackMember($0.element, place: $0.offset) }
    self.checkpoints = checkpoints.isEmpty ? trainers.map { _ in nil } : checkpoints
  }

  /// Trains all runs to their ends.
  /// - Parameter ended: told of each run as it ends, with its place among the trainers.
  /// - Returns: what `Trainer.train(from:)` would return or throw, run by run.
  @discardableResult
  public func train(
    ended: (_ place: Int, _ result: Result<TrainingOutcome, any Error>) -> Void = { _, _ in }
  ) -> [Result<TrainingOutcome, any Error>] {
    var told: Set<Int> = []
    func tell() {
      for member in members where !told.contains(member.place) {
        guard let result = member.result else { continue }
        told.insert(member.place)
        ended(member.place, result)
      }
    }
    for member in members {
      // A run that none can join begins when those before it have ended.
      member.begin(from: checkpoints[member.place])
      if member.layers == nil { trainAlone(member) }
      tell()
    }
    while let group = nextGroup() {
      trainEpoch(group)
      tell()
    }
    tell()
    return members.compactMap(\.result)
  }

  /// The runs to train for an epoch: the furthest behind and all that keep step with it.
  private func nextGroup() -> [StackMember]? {
    for member in members where member.isOpen && !member.trainer.goesOn { member.conclude() }
    let open = members.filter(\.isOpen)
    guard let last = open.min(by: { $0.trainer.position < $1.trainer.position }) else { return nil }
    return open.filter { $0.fits(last) }
  }

  private func trainAlone(_ member: StackMember) {
    let trainer = member.trainer
    member.attempt {
      Torch.threads = trainer.plan.threads
      while trainer.goesOn {
        try trainer.trainEpoch(trainer.position.epoch, from: trainer.position.batch)
        if trainer.endsEpoch { try trainer.finishEpoch(trainer.position.epoch) }
      }
    }
    member.conclude()
  }

  private func trainEpoch(_ group: [StackMember]) {
    let company = members.filter { $0.isOpen && $0.mayFit(group[0]) }
    if company.count == 1 { return trainAlone(group[0]) }
    let lead = group[0].trainer
    Torch.threads = lead.plan.threads
    let (epoch, first) = lead.position
    var active = group.filter { member in
      member.attempt { try member.trainer.beginEpoch(epoch, from: first) } ?? false
    }
    for member in active { member.trainer.sharedLoader = lead.plan.training }
    if !active.isEmpty {
      do {
        try trainBatches(of: epoch, from: first, lead.plan.training, &active)
      } catch {
        // What cannot be read is missing to all.
        for member in active { member.attempt { () -> Void in throw error } }
      }
    }
    finishEpoch(epoch, group)
  }

  private func trainBatches(
    of epoch: Int, from first: Int, _ loader: DataLoader, _ active: inout [StackMember]
  ) throws {
    var begun = clock.now
    let batches = loader.epoch(epoch, from: first)
    defer { batches.close() }
    while !active.isEmpty, let batch = try batches.next() {
      let waited = seconds(since: begun)
      let place = Trainer.BatchPlace(epoch: epoch, number: batches.position, batch: batch)
      let losses = trainTogether(on: place, active.map(\.trainer))
      let shared = seconds(since: begun)
      let after = clock.now
      for member in active {
        member.trainer.meter.waitSeconds += waited
        member.trainer.meter.seconds += shared
      }
      active = active.enumerated().filter { index, member in
        member.attempt {
          let loss =
            try losses?[index].get()
            ?? member.trainer.trainBatch(batch, number: place.number, endsStep: true)
          return try member.trainer.goesOn(after: place, of: batches.count, loss: loss)
        } ?? false
      }.map(\.element)
      let rest = seconds(since: after)
      for member in active { member.trainer.meter.seconds += rest }
      begun = clock.now
    }
  }

  /// The runs' losses of a batch; nil where each run must train on its own: alone, where its layers are
  /// looked into, or where the batch has one sample, of which the layers say what is wrong.
  private func trainTogether(
    on place: Trainer.BatchPlace, _ trainers: [Trainer]
  ) -> [Result<Double, any Error>]? {
    guard trainers.count > 1, !isRefused, place.batch.count > 1,
      !trainers.contains(where: \.looksIntoNextStep)
    else { return nil }
    let passes = passes(of: trainers)
    do {
      let losses = try passes.train(on: place.batch, number: place.number)
      sharedSteps += 1
      return losses
    } catch {
      // What fails for all may do for each, and else says whose fault it is. Running statistics may have
      // counted the batch already; they forget it soon.
      isRefused = true
      return nil
    }
  }

  private func passes(of trainers: [Trainer]) -> StackedPasses {
    if let passes, passes.areOf(trainers) { return passes }
    let new = StackedPasses(trainers)
    passes = new
    return new
  }

  /// Evaluates the runs whose steps of an epoch are over, together where that can be.
  private func finishEpoch(_ epoch: Int, _ group: [StackMember]) {
    let begun = clock.now
    let over = group.filter { $0.isOpen && $0.trainer.endsEpoch }
    if over.count > 1, !isRefused {
      let passes = passes(of: over.map(\.trainer))
      if passes.sharesEvaluation { evaluate(over, passes) }
    }
    for member in over {
      member.attempt { try member.trainer.finishEpoch(epoch, begun: begun) }
      member.trainer.sharedLoader = nil
    }
  }

  /// What fails here is tried again by each run alone, which then says what is wrong.
  private func evaluate(_ members: [StackMember], _ passes: StackedPasses) {
    let lead = members[0].trainer
    func results(on loader: DataLoader?) -> [EvaluationResult]? {
      guard let loader else { return nil }
      return try? passes.evaluate(on: loader, isStopped: lead.evaluationStopRequested)
    }
    let validation = results(on: lead.plan.validation)
    let training = results(on: lead.plan.trainEvaluation)
    for (index, member) in members.enumerated() {
      member.trainer.readyEvaluation = (validation?[index], training?[index])
    }
  }

  private func seconds(since start: ContinuousClock.Instant) -> Double {
    start.duration(to: clock.now) / .seconds(1)
  }
}
