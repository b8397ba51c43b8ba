import Foundation
import HoneData
import HoneModels
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor
import Testing

@testable import HoneTrain

/// A run with some feature, for the tests of exact continuation.
struct ResumeCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let lab: @Sendable () -> Lab
  var policies: [any TrainingPolicy] = []

  static let all: [ResumeCase] = [
    ResumeCase(testDescription: "plain") { Lab() },
    ResumeCase(testDescription: "accumulation with an incomplete group") {
      var lab = Lab()
      lab.change = { $0.accumulation = 3 }
      return lab
    },
    ResumeCase(testDescription: "augmentation with mixed labels") {
      var lab = Lab()
      lab.threads = 2
      lab.augmentation = [.randomCrop(padding: 1), .cutMix(alpha: 1)]
      return lab
    },
    ResumeCase(
      testDescription: "plateau and warm-up",
      lab: {
        var lab = Lab()
        lab.epochs = 5
        lab.optimizer = { SGD($0, learningRate: 0.5, momentum: 0.9) }
        lab.change = { $0.schedule = .constant.warmedUp(over: .epochs(0.5)) }
        return lab
      }, policies: [PlateauSchedule(monitor: .validationLoss, factor: 0.3, patience: 1)]),
    ResumeCase(
      testDescription: "early stopping",
      lab: {
        var lab = Lab()
        lab.epochs = 8
        lab.optimizer = { SGD($0, learningRate: 1.5) }
        return lab
      }, policies: [EarlyStopping(monitor: .validationLoss, patience: 2)]),
    ResumeCase(testDescription: "penalty, clipping, bound on weights") {
      var lab = Lab()
      lab.change = {
        $0.penalty = WeightPenalty(l1: 1e-4, l2: 1e-3)
        $0.clipping = .norm(0.5)
        $0.maxNorm = MaxNorm(1)
        $0.schedule = .cosine(minimum: 0.1)
      }
      return lab
    },
    ResumeCase(testDescription: "gradual unfreezing with batch normalization") {
      var lab = Lab()
      lab.epochs = 4
      lab.model = { stream in
        MLP(
          inputs: 64, outputs: 10, widths: [16, 8], options: .init(normalization: .batch),
          using: &stream)
      }
      lab.change = { plan in
        plan.penalty = WeightPenalty(l2: 1e-3)
        plan.maxNorm = MaxNorm(0.5)
        plan.unfreezing = GradualUnfreezing(
          stages: TransferStages(of: plan.model).stages.map { $0.parameters.map(\.parameter) })
      }
      return lab
    },
    ResumeCase(testDescription: "Lookahead of SAM with batch normalization and accumulation") {
      var lab = Lab()
      lab.model = { stream in
        MLP(
          inputs: 64, outputs: 10, widths: [24], options: .init(normalization: .batch),
          using: &stream)
      }
      lab.optimizer = { Lookahead(SAM(SGD($0, learningRate: 0.1, momentum: 0.9))) }
      lab.change = { $0.accumulation = 2 }
      return lab
    },
    ResumeCase(testDescription: "L-BFGS with its remembered curvature") {
      var lab = Lab()
      lab.optimizer = { LBFGS($0, iterations: 3, history: 4, stepRule: .strongWolfe) }
      return lab
    },
    ResumeCase(testDescription: "a direction with a line search and a falling rate") {
      var lab = Lab()
      lab.optimizer = {
        DirectionOptimizer($0, name: "NewtonCG", direction: NewtonCG(products: 5), iterations: 2)
      }
      lab.change = {
        $0.schedule = .cosine(minimum: 0.1)
        $0.accumulation = 2
      }
      return lab
    },
    ResumeCase(testDescription: "exponential average with batch normalization") {
      var lab = Lab()
      lab.model = { stream in
        MLP(
          inputs: 64, outputs: 10, widths: [24], options: .init(normalization: .batch),
          using: &stream)
      }
      lab.change = { $0.averaging = .exponential(decay: 0.9) }
      return lab
    },
    ResumeCase(testDescription: "uniform average at a rate of its own") {
      var lab = Lab()
      lab.change = { $0.averaging = .uniform(start: 0.4, learningRate: 0.02) }
      return lab
    },
    ResumeCase(testDescription: "noise, adaptive clipping, shrinking, constraints") {
      var lab = Lab()
      lab.model = RegularizationTests.activity(1e-3)
      lab.change = {
        $0.gradientNoise = GradientNoise()
        $0.clipping = .adaptive(AdaptiveClipping())
        $0.proximal = ProximalL1(1e-2)
        $0.constraints = [.maxNorm(limit: 1)]
        $0.accumulation = 2
      }
      return lab
    },
  ]
}

extension ResumeCase {
  static let dropout = ResumeCase(testDescription: "dropout and batch normalization") {
    var lab = Lab()
    lab.model = { stream in
      MLP(
        inputs: 64, outputs: 10, widths: [24],
        options: .init(normalization: .batch, dropout: 0.4), using: &stream)
    }
    return lab
  }

  /// Whether a run stopped and resumed anywhere ends as the uninterrupted one.
  func expectSameEnd() throws {
    let whole = try lab().train(policies: policies)
    // 7 batches of 32 in an epoch: within the first, at its end, after two steps of the third.
    for stops in [[2], [7], [5, 16]] {
      try withTemporaryFolder { folder in
        let pieces = try trainInPieces(stoppingAfter: stops, folder: folder)
        #expect(pieces.kept == whole.kept, "stopped after \(stops)")
        #expect(pieces.numbers == whole.numbers, "stopped after \(stops)")
        #expect(pieces.record.status == whole.record.status)
        #expect(pieces.record.outcome == whole.record.outcome)
        #expect(pieces.record.best?.withoutTimes == whole.record.best?.withoutTimes)
        #expect(pieces.record.preflight == whole.record.preflight)
      }
    }
  }

  /// Ends a run after so many steps, resumes it from its file, and so on until it has ended.
  private func trainInPieces(
    stoppingAfter stops: [Int], folder: String
  ) throws -> TrainingOutcome {
    let lab = lab()
    let checkpointer = Checkpointer(folder: folder)
    var taken = 0
    for stop in stops {
      let checkpoint = checkpointer.read().checkpoint
      let counting = ClosureObserver { event in
        if case .step(let step) = event { taken = step.step }
      }
      let outcome = try Trainer(
        lab.plan, record: lab.record(), policies: policies, observers: [counting],
        checkpointer: checkpointer, stopRequested: { taken >= stop }
      ).train(from: checkpoint)
      guard outcome.record.status == .interrupted else { return outcome }
    }
    let checkpoint = try #require(checkpointer.read().checkpoint)
    return try Trainer(
      lab.plan, record: lab.record(), policies: policies, checkpointer: checkpointer
    ).train(from: checkpoint)
  }
}

@Suite struct ResumeTests {
  @Test(
    "a run stopped and resumed anywhere ends as the uninterrupted one", arguments: ResumeCase.all)
  func resumes(example: ResumeCase) throws { try example.expectSameEnd() }

  @Test("dropout and batch statistics go on as if there had been no stop")
  func resumesDropout() throws { try ResumeCase.dropout.expectSameEnd() }

  @Test("a run killed at the end of an epoch goes on from that epoch's checkpoint")
  func epochBoundary() throws {
    let lab = Lab()
    let whole = try lab.train()
    try withTemporaryFolder { folder in
      struct Killed: Error {}
      let checkpointer = Checkpointer(folder: folder, writesInBackground: false)
      let killer = ClosureObserver { event in
        if case .checkpoint = event { throw Killed() }
      }
      _ = try? Trainer(
        lab.plan, record: lab.record(), observers: [killer], checkpointer: checkpointer
      ).train()
      let checkpoint = try #require(checkpointer.read().checkpoint)
      #expect(checkpoint.progress.epoch == 2)
      #expect(checkpoint.progress.batch == 0)
      var began: [RunStatus] = []
      let watcher = ClosureObserver { event in
        if case .began(let record) = event { began.append(record.status) }
      }
      let resumed = try Trainer(lab.plan, record: lab.record(), observers: [watcher])
        .train(from: checkpoint)
      #expect(began == [.running])
      #expect(resumed.kept == whole.kept)
      #expect(resumed.numbers == whole.numbers)
    }
  }

  @Test("a run whose end was lost ends again where it stopped early")
  func stoppedEarly() throws {
    var lab = Lab()
    lab.epochs = 8
    lab.optimizer = { SGD($0, learningRate: 1.5) }
    let policy = EarlyStopping(monitor: .validationLoss, patience: 1)
    try withTemporaryFolder { folder in
      struct Killed: Error {}
      let checkpointer = Checkpointer(folder: folder, writesInBackground: false)
      var stopped = false
      let killer = ClosureObserver { event in
        if case .checkpoint = event, stopped { throw Killed() }
        if case .epoch(let epoch) = event, epoch.epoch > 1 { stopped = true }
      }
      let whole = try lab.train(policies: [policy])
      #expect(whole.record.status == .stoppedEarly)
      _ = try? Trainer(
        lab.plan, record: lab.record(), policies: [policy], observers: [killer],
        checkpointer: checkpointer
      ).train()
      let resumed = try Trainer(lab.plan, record: lab.record(), policies: [policy])
        .train(from: checkpointer.read().checkpoint)
      #expect(resumed.kept == whole.kept)
      #expect(resumed.numbers == whole.numbers)
      #expect(resumed.record.status == .stoppedEarly)
    }
  }

  @Test("a run goes on from any checkpoint within an epoch as if there had been no stop")
  func withinEpochs() throws {
    let lab = ResumeCase.dropout.lab()
    let whole = try lab.train()
    try withTemporaryFolder { folder in
      let checkpointer = Checkpointer(
        folder: folder, interval: CheckpointInterval(steps: 1), writesInBackground: false)
      var places: [Int: Checkpoint] = [:]
      let collector = ClosureObserver { event in
        guard case .checkpoint = event, let found = checkpointer.read().checkpoint else { return }
        places[found.progress.step] = found
        // Slow enough that two percent of it pay for the next one.
        if places.count < 4 { Thread.sleep(forTimeInterval: 0.4) }
      }
      _ = try Trainer(
        lab.plan, record: lab.record(), observers: [collector], checkpointer: checkpointer
      ).train()
      #expect(places.values.contains { $0.progress.batch > 0 })
      for checkpoint in places.values {
        let resumed = try Trainer(lab.plan, record: lab.record()).train(from: checkpoint)
        #expect(resumed.kept == whole.kept, "from step \(checkpoint.progress.step)")
        #expect(resumed.numbers == whole.numbers)
      }
    }
  }

  @Test("checkpoints written beside training change nothing, and their cost is recorded")
  func background() throws {
    let lab = Lab()
    let whole = try lab.train()
    try withTemporaryFolder { folder in
      let checkpointer = Checkpointer(folder: folder, interval: CheckpointInterval(steps: 2))
      var told = 0
      let counter = ClosureObserver { if case .checkpoint = $0 { told += 1 } }
      let outcome = try Trainer(
        lab.plan, record: lab.record(), observers: [counter], checkpointer: checkpointer
      ).train()
      #expect(outcome.kept == whole.kept)
      let cost = try #require(outcome.record.checkpoints)
      #expect(cost.count >= 1 && cost.count >= told)
      #expect(cost.seconds > 0)
      let found = checkpointer.read()
      #expect(found.damage.isEmpty)
      let checkpoint = try #require(found.checkpoint)
      #expect(
        try Trainer(lab.plan, record: lab.record()).train(from: checkpoint).kept == whole.kept)
    }
  }

  @Test("what cannot be written beside training ends the run with the disk's reason")
  func backgroundFailure() throws {
    let lab = Lab()
    try withTemporaryFolder { folder in
      try Data("x".utf8).write(to: URL(fileURLWithPath: "\(folder)/file"))
      let checkpointer = Checkpointer(
        folder: "\(folder)/file", interval: CheckpointInterval(steps: 1))
      var statuses: [RunStatus] = []
      let watcher = ClosureObserver { event in
        if case .ended(let record) = event { statuses.append(record.status) }
        if case .step = event { Thread.sleep(forTimeInterval: 0.01) }
      }
      #expect(throws: FileError.self) {
        _ = try Trainer(
          lab.plan, record: lab.record(), observers: [watcher], checkpointer: checkpointer
        ).train()
      }
      #expect(statuses == [.failed])
    }
  }

  @Test("the weights of the last epoch are kept where the best are not wanted")
  func keepsLast() throws {
    var lab = Lab()
    lab.optimizer = { SGD($0, learningRate: 1.5) }
    lab.epochs = 6
    lab.change = { $0.restoresBest = false }
    let outcome = try lab.train()
    #expect(outcome.record.best == outcome.record.final)
    lab.change = { _ in }
    #expect(try lab.train().kept != outcome.kept)
  }

  @Test("a checkpoint of another model is refused before anything happens")
  func otherModel() throws {
    try withTemporaryFolder { folder in
      let lab = Lab()
      let checkpointer = Checkpointer(folder: folder)
      _ = try Trainer(lab.plan, record: lab.record(), checkpointer: checkpointer).train()
      let checkpoint = try #require(checkpointer.read().checkpoint)
      var other = lab
      other.model = { MLP(inputs: 64, outputs: 10, widths: [7], using: &$0) }
      var events = 0
      let watcher = ClosureObserver { _ in events += 1 }
      #expect(throws: StateDictionaryError.self) {
        _ = try Trainer(other.plan, record: lab.record(), observers: [watcher])
          .train(from: checkpoint)
      }
      #expect(events == 0)
    }
  }
}
