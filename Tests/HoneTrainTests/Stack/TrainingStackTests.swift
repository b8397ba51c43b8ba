import Foundation
import HoneData
import HoneModels
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor
import HoneText
import Testing

@testable import HoneTrain

@Suite("Runs that are trained as one computation")
struct TrainingStackTests {
  /// Labs of one make-up, which a seed draws, with rates, decay, dropout and optimisers of their own.
  private static func labs(_ seed: Int, count: Int) -> [Lab] {
    var shape = RandomStream(seed: UInt64(seed), "stack shape")
    let widths = (0...shape.index(below: 2)).map { _ in 4 + shape.index(below: 28) }
    let activation = [Activation.relu, .tanh, .gelu(), .silu][shape.index(below: 4)]
    let normalization = BlockNormalization.allCases[seed % 3]
    let batchSize = 16 + shape.index(below: 32)
    return (0..<count).map { number in
      var own = RandomStream(seed: UInt64(seed), "stack rates", number)
      let rate = exp(own.uniform(-7.5 ... -4.5))
      let (decay, dropout) = (own.uniform(0...0.1), own.uniform(0.05...0.5))
      var lab = Lab()
      lab.batchSize = batchSize
      lab.model = { stream in
        MLP(
          inputs: 64, outputs: 10, widths: widths,
          options: .init(activation: activation, normalization: normalization, dropout: dropout),
          using: &stream)
      }
      // All AdamW, all SGD, or both.
      let descends = seed / 3 % 3 == 1 || (seed / 3 % 3 == 2 && number % 2 == 0)
      lab.optimizer = { parameters in
        if descends {
          return SGD(parameters, learningRate: rate * 10, momentum: 0.9, weightDecay: decay)
        }
        return AdamW(parameters, learningRate: rate, weightDecay: decay)
      }
      // Else one computation gives the losses of all.
      if number == 2, seed % 2 == 1 {
        lab.loss = .crossEntropy(labelSmoothing: 0.1)
        lab.change = { $0.clipping = .norm(0.5) }
      }
      return lab
    }
  }

  private func trainers(
    _ labs: [Lab], policies: [[any TrainingPolicy]] = []
  ) throws -> [Trainer] {
    try labs.enumerated().map { place, lab in
      Trainer(
        try lab.plan, record: lab.record("20261121-000000-\(place)"),
        policies: place < policies.count ? policies[place] : [])
    }
  }

  /// Losses to rounding, which grows from step to step, and the number of steps exactly.
  ///
  /// Pixels that are never lit are constant, so that behind batch normalization the gradients of their
  /// weights are zero but for rounding. AdamW makes whole steps of such gradients; training does not see
  /// them, but validation, where some are lit, does.
  private func expectEqual(
    _ outcome: TrainingOutcome, _ lone: TrainingOutcome, hasNoise: Bool = false,
    location: SourceLocation = #_sourceLocation
  ) {
    #expect(outcome.record.status == lone.record.status, sourceLocation: location)
    #expect(
      outcome.history.map(\.step) == lone.history.map(\.step), sourceLocation: location)
    for (a, b) in zip(outcome.history, lone.history) {
      let tolerance = hasNoise ? 2e-2 : 1e-4
      let pairs = [
        (a.trainLoss, b.trainLoss, 1e-4), (a.gradientNorm ?? 0, b.gradientNorm ?? 0, 1e-4),
        (a.validationLoss ?? 0, b.validationLoss ?? 0, tolerance),
        (a.updateRatio ?? 0, b.updateRatio ?? 0, tolerance),
      ]
      for (x, y, tolerance) in pairs {
        #expect(abs(x - y) <= tolerance * abs(y), "\(x) \(y)", sourceLocation: location)
      }
      #expect(a.learningRate == b.learningRate, sourceLocation: location)
    }
  }

  @Test("each run equals its lone run to rounding, on shapes of chance", arguments: 0..<9)
  func equals(seed: Int) throws {
    let labs = Self.labs(seed, count: 4)
    let stack = TrainingStack(try trainers(labs))
    let outcomes = try stack.train().map { try $0.get() }
    #expect(stack.sharedSteps > 0)
    for (outcome, lab) in zip(outcomes, labs) {
      expectEqual(outcome, try lab.train(), hasNoise: seed % 3 == 1)
    }
    #expect(Set(outcomes.map { $0.history[2].trainLoss }).count == 4)
  }

  @Test("averages of weights, penalties and losses of single outputs stay each run's own")
  func extras() throws {
    var labs = Self.labs(4, count: 3)
    labs[0].change = { $0.averaging = .exponential(decay: 0.8) }
    labs[1].change = { $0.penalty = WeightPenalty(l2: 0.01) }
    labs[2].change = { $0.maxNorm = MaxNorm(0.8) }
    let outcomes = try TrainingStack(trainers(labs)).train().map { try $0.get() }
    for (outcome, lab) in zip(outcomes, labs) { expectEqual(outcome, try lab.train()) }
  }

  /// Ends a run after an epoch.
  private struct Enough: TrainingPolicy {
    let epoch: Int
    func decide(after history: [EpochRecord]) -> TrainingDirective {
      history.count >= epoch ? .stop(Localized(verbatim: "enough")) : .proceed
    }
  }

  @Test("a run that is stopped leaves, is told of at once, and changes nothing for the others")
  func pruned() throws {
    let labs = Self.labs(2, count: 4)
    let policies: [[any TrainingPolicy]] = [[], [Enough(epoch: 1)], [TrainingBudget(steps: 9)], []]
    var order: [Int] = []
    let results = try TrainingStack(trainers(labs, policies: policies)).train { place, _ in
      order.append(place)
    }
    #expect(order == [1, 2, 0, 3])
    for (place, lab) in labs.enumerated() {
      expectEqual(try results[place].get(), try lab.train(policies: policies[place]))
    }
    #expect(try results[1].get().history.count == 1)
  }

  @Test("a run whose loss is no longer a number does not spoil the others", arguments: [0, 1, 4])
  func diverged(seed: Int) throws {
    var labs = Self.labs(seed, count: 3)
    labs[1].optimizer = { SGD($0, learningRate: 1e38) }
    let results = TrainingStack(try trainers(labs)).train()
    let outcome = try results[1].get()
    #expect(outcome.record.status == .diverged && outcome.record.outcome != nil)
    for place in [0, 2] {
      expectEqual(
        try results[place].get(), try labs[place].train(), hasNoise: seed % 3 == 1)
    }
  }

  /// Fails with the second epoch.
  private final class Broken: TrainingObserver {
    struct Failure: Error {}
    func receive(_ event: TrainingEvent) throws {
      if case .epoch(let epoch) = event, epoch.epoch == 2 { throw Failure() }
    }
    func flush() throws {}
  }

  @Test("a run that fails ends alone") func failed() throws {
    let labs = Self.labs(3, count: 3)
    var trainers = try trainers(labs)
    trainers[0] = Trainer(try labs[0].plan, record: labs[0].record(), observers: [Broken()])
    let results = TrainingStack(trainers).train()
    #expect(throws: Broken.Failure.self) { try results[0].get() }
    for place in [1, 2] { expectEqual(try results[place].get(), try labs[place].train()) }
  }

  @Test("an interrupted run goes on from its checkpoint, in company that is further or behind")
  func resumed() throws {
    try withTemporaryFolder { folder in
      var labs = Self.labs(4, count: 3)
      for place in labs.indices { labs[place].batchSize = 32 }
      let checkpointer = Checkpointer(folder: folder)
      var asked = 0
      let stopped = Trainer(
        try labs[1].plan, record: labs[1].record(), checkpointer: checkpointer,
        stopRequested: {
          asked += 1
          return asked >= 10
        })
      let others = try trainers(labs)
      let first = TrainingStack([others[0], stopped, others[2]]).train()
      #expect(try first[1].get().record.status == .interrupted)
      let checkpoint = try #require(checkpointer.read().checkpoint)
      #expect(checkpoint.progress.step == 10)
      let again = try trainers(labs)
      let stack = TrainingStack(again, from: [nil, checkpoint, nil])
      let results = stack.train()
      for (place, lab) in labs.enumerated() {
        expectEqual(try results[place].get(), try lab.train())
      }
    }
  }

  @Test("a request during the evaluation stops all, with checkpoints of the epoch's last step")
  func stoppedWhileEvaluating() throws {
    try withTemporaryFolder { folder in
      let labs = Self.labs(6, count: 2)
      var asked = 0
      for place in labs.indices {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/\(place)", withIntermediateDirectories: true)
      }
      let stopped = try labs.enumerated().map { place, lab in
        Trainer(
          try lab.plan, record: lab.record(),
          checkpointer: Checkpointer(folder: "\(folder)/\(place)"),
          evaluationStopRequested: {
            asked += 1
            return asked > 1
          })
      }
      let steps = try labs[0].plan.stepsPerEpoch
      for result in TrainingStack(stopped).train() {
        #expect(try result.get().record.status == .interrupted)
        #expect(try result.get().history.isEmpty)
      }
      let checkpoints = labs.indices.map {
        Checkpointer(folder: "\(folder)/\($0)").read().checkpoint
      }
      #expect(checkpoints.map { $0?.progress.step } == [steps, steps])
      let results = TrainingStack(try trainers(labs), from: checkpoints).train()
      for (place, lab) in labs.enumerated() {
        expectEqual(try results[place].get(), try lab.train())
      }
    }
  }

  @Test("what does not stack is trained alone, to the last bit as ever")
  func others() throws {
    var labs = Self.labs(5, count: 5)
    labs[1].model = { MLP(inputs: 64, outputs: 10, widths: [9], using: &$0) }
    labs[2].change = { $0.accumulation = 2 }
    labs[3].seed = 8
    labs[4].trainSamples = 150
    let stack = TrainingStack(try trainers(labs))
    let outcomes = try stack.train().map { try $0.get() }
    #expect(stack.sharedSteps == 0)
    for (outcome, lab) in zip(outcomes, labs) {
      let lone = try lab.train()
      #expect(outcome.numbers == lone.numbers && outcome.kept == lone.kept)
    }
  }
}
