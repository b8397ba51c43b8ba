import Foundation
import HoneData
import HoneMetrics
import HoneModels
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor
import Testing

@testable import HoneTrain

/// A model with everything that a probe could disturb, trained for a while so that nothing is as fresh.
private func disturbablePlan() throws -> TrainingPlan {
  var lab = Lab()
  lab.epochs = 1
  lab.model = { stream in
    MLP(
      inputs: 64, outputs: 10, widths: [24], options: .init(normalization: .batch, dropout: 0.3),
      using: &stream)
  }
  let plan = try lab.plan
  _ = try Trainer(plan, record: lab.record()).train()
  for case let layer as Dropout in plan.model.namedModules.map(\.module) {
    layer.isTraining = false
  }
  return plan
}

@Suite struct ProbeTests {
  enum Probe: CaseIterable, Sendable {
    case preflight, rangeTest, overfit, zeroInput, modes, loader, fixedRate

    func run(_ plan: TrainingPlan) throws {
      switch self {
      case .preflight: _ = try measurePreflight(plan)
      case .rangeTest: _ = try RangeTest().run(plan)
      case .overfit: _ = try OverfitProbe().run(plan)
      case .zeroInput: _ = try ZeroInputProbe().run(plan)
      case .modes: _ = try ModeProbe().run(plan)
      case .loader: _ = try LoaderProbe().run(plan)
      case .fixedRate: _ = try FixedRateProbe().run(plan, at: 0.01)
      }
    }
  }

  @Test("leaves weights, statistics, optimiser and modes as they were", arguments: Probe.allCases)
  func untouched(_ probe: Probe) throws {
    let plan = try disturbablePlan()
    let before = Snapshot(plan)
    try probe.run(plan)
    #expect(Snapshot(plan) == before)
    let hasGradient = plan.model.parameters.contains { $0.gradient != nil }
    #expect(!hasGradient)
  }

  @Test("a failure leaves them too", arguments: Probe.allCases)
  func untouchedByFailure(_ probe: Probe) throws {
    var plan = try disturbablePlan()
    plan.loss = .crossEntropy(classWeights: [1, 1])
    let before = Snapshot(plan)
    #expect(throws: TorchError.self) { try probe.run(plan) }
    #expect(Snapshot(plan) == before)
  }

  /// In a process of its own: the generator is the process's, and other tests draw from it.
  @Test("leaves the random state as it was")
  func randomState() async {
    await #expect(processExitsWith: .success) {
      let plan = try disturbablePlan()
      for probe in Probe.allCases {
        Torch.seed(99)
        let random = Torch.randomState().hostTensor()
        try probe.run(plan)
        #expect(Torch.randomState().hostTensor() == random, "\(probe)")
      }
    }
  }
}

/// What a probe must leave alone.
private struct Snapshot: Equatable {
  let state: StateDictionary
  let optimizer: OptimizerState
  let modes: [Bool]

  init(_ plan: TrainingPlan) {
    state = plan.model.stateDictionary
    optimizer = plan.optimizer.state
    modes = plan.model.namedModules.compactMap { ($0.module as? any ModeDependent)?.isTraining }
  }
}

@Suite struct PreflightTests {
  @Test("an untrained classifier of the digits has the loss of ten equal classes")
  func digits() throws {
    let record = try measurePreflight(Lab().plan)
    let loss = try #require(record.initialLoss)
    #expect(abs(loss - log(10)) < 0.3)
    #expect(abs(try #require(record.expectedInitialLoss) - log(10)) < 0.02)
    #expect(try #require(record.initialLossError) < 0.1)
    let input = try #require(record.input)
    // One mean and deviation over all pixels of the channel.
    #expect(abs(input.mean) < 0.2)
    #expect(abs(input.standardDeviation - 1) < 0.2)
    #expect(input.nonFinite == 0)
  }

  @Test("the expected loss is that of the best constant answer")
  func expected() throws {
    var lab = Lab()
    lab.loss = .crossEntropy(classWeights: [2] + [Double](repeating: 1, count: 9))
    lab.order = .balanced
    let weighted = try #require(try measurePreflight(lab.plan).expectedInitialLoss)
    // Shares of one tenth, weights 2 and nine times 1: probabilities 2/11 and 1/11.
    #expect(abs(weighted - (0.2 * log(5.5) + 0.9 * log(11))) < 1e-5)

    let data = try countingData()
    let preprocessor = try Preprocessor.fit(data, indices: Array(0..<50))
    let model = Constant(0)
    let plan = TrainingPlan(
      model: model, loss: .meanSquaredError, optimizer: SGD(model.parameters),
      training: try DataLoader(
        data, indices: Array(0..<50), preprocessor: preprocessor,
        options: LoaderOptions(threads: 0)), metric: .rootMeanSquaredError, epochs: 1, seed: 0)
    let record = try measurePreflight(plan)
    #expect(abs(try #require(record.expectedInitialLoss) - 1) < 1e-5)
    #expect(abs(try #require(record.initialLoss) - 1) < 1e-5)
  }

  @Test("outputs that start too large show")
  func largeOutputs() throws {
    var lab = Lab()
    lab.model = { stream in
      MLP(
        inputs: 64, outputs: 10, widths: [24],
        options: .init(initializer: .normal(mean: 0, standardDeviation: 3)), using: &stream)
    }
    #expect(try #require(try measurePreflight(lab.plan).initialLoss) > 10)
  }
}

@Suite struct OverfitProbeTests {
  @Test("a sound model learns a batch by heart", arguments: [false, true])
  func learns(smooths: Bool) throws {
    var lab = Lab()
    lab.loss = .crossEntropy(labelSmoothing: smooths ? 0.1 : 0)
    lab.model = { stream in
      MLP(
        inputs: 64, outputs: 10, widths: [24],
        options: .init(normalization: .batch, dropout: 0.5), using: &stream)
    }
    let outcome = try OverfitProbe().run(lab.plan)
    #expect(outcome.isLearned)
    #expect(outcome.lastLoss < outcome.firstLoss / 2)
  }

  @Test("a share of nothing asks for every sample to be named rightly")
  func named() throws {
    var probe = OverfitProbe()
    (probe.learnedShare, probe.namedShare) = (0, .infinity)
    let outcome = try probe.run(Lab().plan)
    #expect(outcome.isLearned && outcome.named == outcome.samples && outcome.samples == 32)
    probe.steps = 0
    let first = try probe.run(Lab().plan)
    let named = try #require(first.named)
    #expect(!first.isLearned && named < 32)
  }

  @Test("a frozen layer of zeros, which passes nothing on, prevents it")
  func frozen() throws {
    var lab = Lab()
    lab.model = { stream in
      let wall = Linear(inputs: 64, outputs: 24, initializer: .zeros, using: &stream)
      wall.weight.isTrainable = false
      return Sequential {
        Flatten()
        wall
        ReLU()
        Linear(inputs: 24, outputs: 10, using: &stream)
      }
    }
    lab.optimizer = { AdamW($0.filter(\.isTrainable), learningRate: 0.01) }
    let outcome = try OverfitProbe().run(lab.plan)
    #expect(!outcome.isLearned)
    #expect(outcome.steps == 300)
  }

  @Test("a rate of nothing learns nothing")
  func still() throws {
    var lab = Lab()
    lab.optimizer = { SGD($0, learningRate: 0) }
    let outcome = try OverfitProbe().run(lab.plan)
    #expect(!outcome.isLearned)
    #expect(outcome.firstLoss == outcome.lastLoss)
  }
}
