import HoneData
import HoneModels
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor
import HoneTestSupport
import HoneText
import Testing

@testable import HoneTrain

/// A run with some feature, to be trained in one process and in several.
struct ParallelCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let lab: @Sendable () -> Lab
  var policies: [any TrainingPolicy] = []

  static let all: [ParallelCase] = [
    ParallelCase(testDescription: "plain") { Lab() },
    ParallelCase(testDescription: "a last batch of one sample, so that one process has none") {
      var lab = Lab()
      lab.trainSamples = 193
      return lab
    },
    ParallelCase(testDescription: "batch normalization, and a last batch of two") {
      var lab = Lab()
      lab.trainSamples = 194
      lab.model = { stream in normalized(&stream) }
      lab.optimizer = { steady($0) }
      return lab
    },
    ParallelCase(testDescription: "accumulation with an incomplete group and clipping") {
      var lab = Lab()
      lab.change = {
        $0.accumulation = 3
        $0.clipping = .norm(0.5)
        $0.penalty = WeightPenalty(l1: 1e-4, l2: 1e-3)
      }
      return lab
    },
    ParallelCase(testDescription: "mixed images, erased ones, loader threads") {
      var lab = Lab()
      lab.threads = 2
      lab.augmentation = [.randomCrop(padding: 1), .cutMix(alpha: 1)]
      return lab
    },
    ParallelCase(testDescription: "gradients of another point") {
      var lab = Lab()
      lab.optimizer = { SAM(SGD($0, learningRate: 0.1), radius: 0.1) }
      return lab
    },
    ParallelCase(
      testDescription: "plateau and an average of the weights, with batch normalization",
      lab: {
        var lab = Lab()
        lab.model = { stream in normalized(&stream) }
        lab.optimizer = { steady($0) }
        lab.change = { $0.averaging = .exponential(decay: 0.9) }
        return lab
      }, policies: [PlateauSchedule(monitor: .validationLoss, factor: 0.3, patience: 1)]),
  ]

  /// An optimiser that leaves rounding as it is: the gradient of a bias before batch normalization is
  /// nothing but rounding, which Adam would make as large as any other.
  static func steady(_ parameters: [Parameter]) -> any Optimizer {
    SGD(parameters, learningRate: 0.05, momentum: 0.9)
  }

  static func normalized(_ stream: inout RandomStream) -> any Layer<Tensor, Tensor> {
    Sequential {
      Conv2d(inputs: 1, outputs: 4, kernel: 3, using: &stream)
      BatchNorm(features: 4)
      ReLU()
      Flatten()
      Linear(inputs: 4 * 36, outputs: 10, using: &stream)
    }
  }
}

@Suite(.enabled(if: ProcessGroup.isAvailable, "this libtorch has no process groups"))
struct DataParallelTests {
  /// Trains a lab's run in so many ranks.
  private static func train(
    _ lab: @escaping @Sendable () -> Lab, ranks: Int, policies: [any TrainingPolicy] = [],
    from checkpoint: Checkpoint? = nil
  ) -> [Result<TrainingOutcome, any Error>] {
    inRanks(ranks) { group in
      let lab = lab()
      var plan = try lab.plan
      plan.parallel = DataParallel(group, bucketBytes: 4_000)
      return try Trainer(plan, record: lab.record(), policies: policies).train(from: checkpoint)
    }
  }

  /// The largest distance between two histories' losses, relative to their size.
  private func gap(_ first: TrainingOutcome, _ second: TrainingOutcome) -> Double {
    guard first.history.count == second.history.count else { return .infinity }
    var largest = 0.0
    for (one, other) in zip(first.history, second.history) {
      largest = max(largest, abs(one.trainLoss - other.trainLoss) / other.trainLoss)
      let (own, expected) = (one.validationLoss ?? 0, other.validationLoss ?? 1)
      largest = max(largest, abs(own - expected) / expected)
    }
    return largest
  }

  @Test("the curve is that of one process with the same batches", arguments: ParallelCase.all)
  func equalsOneProcess(_ run: ParallelCase) throws {
    let alone = try run.lab().train(policies: run.policies)
    let outcomes = try Self.train(run.lab, ranks: 2, policies: run.policies).map { try $0.get() }
    for outcome in outcomes {
      // Some twenty steps of float32 whose sums are taken in another order.
      #expect(gap(outcome, alone) < 2e-4)
      #expect(outcome.history.map(\.step) == alone.history.map(\.step))
      #expect(outcome.history.map(\.trainMetric) == alone.history.map(\.trainMetric))
    }
    #expect(outcomes[0].history == outcomes[1].history)
    // Running statistics under an average are found by rank 0 alone, for what it stores.
    if run.lab().averages { return }
    #expect(outcomes[0].kept == outcomes[1].kept)
  }

  @Test("three processes, with parts of different sizes, take the same course")
  func threeRanks() throws {
    let run = ParallelCase.all[2]
    let alone = try run.lab().train()
    for outcome in Self.train(run.lab, ranks: 3) {
      #expect(gap(try outcome.get(), alone) < 2e-4)
    }
  }

  @Test("rank 0's weights are the ones that are trained")
  func initialWeights() throws {
    let outcomes = inRanks(2) { group in
      var lab = Lab()
      lab.epochs = 1
      var plan = try lab.plan
      if group.rank == 1 {
        for parameter in plan.model.parameters {
          parameter.assign(parameter.value.zerosLike())
        }
      }
      plan.parallel = DataParallel(group)
      return try Trainer(plan, record: lab.record()).train()
    }
    var lab = Lab()
    lab.epochs = 1
    #expect(gap(try outcomes[1].get(), try lab.train()) < 2e-4)
  }

  @Test(
    "a request to stop in one process stops all; its checkpoint goes on in another number of them")
  func stopsAndGoesOn() throws {
    try withTemporaryFolder { folder in
      let stopped = inRanks(2) { group in
        let lab = Lab()
        var plan = try lab.plan
        plan.parallel = DataParallel(group)
        var asked = 0
        // Rank 1 is asked to stop with its tenth batch; rank 0 writes.
        let trainer = Trainer(
          plan, record: lab.record(),
          checkpointer: group.isWriter ? Checkpointer(folder: folder) : nil
        ) {
          asked += 1
          return group.rank == 1 && asked >= 10
        }
        return try trainer.train()
      }
      #expect(try stopped.map { try $0.get().record.status } == [.interrupted, .interrupted])
      let checkpoint = try #require(Checkpointer(folder: folder).read().checkpoint)
      #expect(checkpoint.progress.step == 10)
      let whole = try Lab().train()
      let lab = Lab()
      let alone = try Trainer(lab.plan, record: lab.record()).train(from: checkpoint)
      #expect(gap(alone, whole) < 2e-4)
      let three = try Self.train({ Lab() }, ranks: 3, from: checkpoint)[2].get()
      #expect(gap(three, whole) < 2e-4)
      let copy = try Checkpoint(bytes: checkpoint.bytes())
      #expect(copy == checkpoint)
    }
  }

  @Test("a process that fails ends the others with its reason")
  func failure() throws {
    struct Broken: TrainingObserver {
      func receive(_ event: TrainingEvent) throws {
        if case .epoch = event { throw FileError.notFound(path: "the disk") }
      }
    }
    let outcomes = inRanks(2) { group in
      let lab = Lab()
      var plan = try lab.plan
      plan.parallel = DataParallel(group)
      let observers: [any TrainingObserver] = group.isWriter ? [Broken()] : []
      return try Trainer(plan, record: lab.record(), observers: observers).train()
    }
    #expect(throws: FileError.notFound(path: "the disk")) { try outcomes[0].get() }
    let error = try #require(throws: ProcessGroupError.self) { try outcomes[1].get() }
    guard case .lost(let losses, 2) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(losses.map(\.rank) == [0])
    #expect(losses[0].reason.contains("the disk"))
  }

  @Test("rank 0's clock alone ends a run within an epoch, in all processes at the same step")
  func endsTogether() throws {
    let outcomes = try inRanks(2) { group in
      let lab = Lab()
      var plan = try lab.plan
      plan.parallel = DataParallel(group)
      // The clock of rank 1 runs ahead of that of rank 0.
      let policy = StopsAfter(step: group.rank == 0 ? 5 : 2)
      return try Trainer(plan, record: lab.record(), policies: [policy]).train()
    }.map { try $0.get() }
    for outcome in outcomes {
      #expect(outcome.record.status == .stoppedEarly)
      #expect(outcome.record.outcome == "enough after 5")
      #expect(outcome.history.last?.step == 5)
    }
  }

  @Test("an optimiser that evaluates the loss itself is refused by name")
  func closureOptimizer() throws {
    let outcomes = Self.train(
      {
        var lab = Lab()
        lab.optimizer = { LBFGS($0) }
        return lab
      }, ranks: 2)
    for outcome in outcomes {
      let error = try #require(throws: (any Error).self) { try outcome.get() }
      let isRefused = error is DataParallelError || error is ProcessGroupError
      #expect(isRefused, "\(error)")
    }
  }

  @Test("what is frozen is not sent, and joins when it thaws")
  func unfreezing() throws {
    let lab: @Sendable () -> Lab = {
      var lab = Lab()
      lab.model = { stream in ParallelCase.normalized(&stream) }
      lab.optimizer = { ParallelCase.steady($0) }
      lab.change = { plan in
        let parameters = plan.model.parameters
        plan.unfreezing = GradualUnfreezing(
          stages: [Array(parameters.prefix(4)), Array(parameters.dropFirst(4))])
      }
      return lab
    }
    let alone = try lab().train()
    for outcome in Self.train(lab, ranks: 2) {
      #expect(gap(try outcome.get(), alone) < 2e-4)
    }
  }
}

extension Lab {
  /// Whether the run averages its weights.
  var averages: Bool { ((try? plan)?.averaging) != nil }
}

/// Ends a run after a step, as a clock would.
private struct StopsAfter: TrainingPolicy {
  let step: Int

  func decide(after history: [EpochRecord]) -> TrainingDirective { .proceed }

  func ending(after moment: StepMoment) -> TrainingEnding? {
    moment.step >= step ? .stop(Localized(verbatim: "enough after \(step)")) : nil
  }
}
