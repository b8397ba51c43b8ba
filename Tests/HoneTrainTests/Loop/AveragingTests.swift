import HoneData
import HoneModels
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor
import Testing

@testable import HoneTrain

@Suite struct AveragingTests {
  /// A run and the trained weights at the end of each epoch.
  private func train(_ lab: Lab) throws -> (outcome: TrainingOutcome, raw: [StateDictionary]) {
    let plan = try lab.plan
    var raw: [StateDictionary] = []
    let watcher = ClosureObserver { event in
      if case .epoch = event { raw.append(plan.model.stateDictionary) }
    }
    let outcome = try Trainer(plan, record: lab.record(), observers: [watcher]).train()
    return (outcome, raw)
  }

  private var lab: Lab {
    var lab = Lab()
    lab.epochs = 4
    lab.optimizer = { SGD($0, learningRate: 0.3) }
    return lab
  }

  private func mean(_ states: [StateDictionary]) -> StateDictionary {
    StateDictionary(
      states[0].entries.map { entry in
        let values = states.compactMap { $0[entry.name] }.map { Tensor($0) }
        let sum = values.dropFirst().reduce(values[0], +)
        return .init(name: entry.name, value: (sum / Scalar(Double(values.count))).hostTensor())
      })
  }

  private func expectClose(_ first: StateDictionary, _ second: StateDictionary) {
    for (a, b) in zip(first.entries, second.entries) {
      #expect(Tensor(a.value).isClose(to: Tensor(b.value), relative: 1e-5, absolute: 1e-6))
    }
  }

  @Test("the uniform average is the mean over the last epochs' ends, and is what is evaluated")
  func uniform() throws {
    var lab = lab
    lab.change = {
      $0.averaging = .uniform(start: 0.5)
      $0.monitor = .trainLoss
    }
    let (outcome, raw) = try train(lab)
    // The trained weights go their way as without an average.
    lab.change = { $0.monitor = .trainLoss }
    let plain = try train(lab)
    #expect(raw == plain.raw)
    #expect(outcome.numbers.prefix(2) == plain.outcome.numbers.prefix(2))
    #expect(outcome.record.best?.epoch == 4)
    let expected = mean([raw[2], raw[3]])
    expectClose(outcome.kept, expected)
    let plan = try lab.plan
    try plan.model.load(outcome.kept)
    let loss = try Evaluator(loss: plan.loss).evaluate(plan.model, on: #require(plan.validation))
      .loss
    #expect(outcome.history.last?.validationLoss == loss)
    #expect(plain.outcome.history.last?.validationLoss != loss)
  }

  @Test("the exponential average follows each step's weights")
  func exponential() throws {
    var lab = lab
    lab.epochs = 1
    lab.trainSamples = 64
    lab.change = { $0.averaging = .exponential(decay: 0.25) }
    let averaged = try train(lab)
    // Two steps: the average begins at the first's weights; the second update keeps min(decay, 0.1).
    var first = lab
    first.trainSamples = 64
    first.change = { _ in }
    var afterFirst: StateDictionary?
    let plan = try first.plan
    let watcher = ClosureObserver { event in
      if case .step = event, afterFirst == nil { afterFirst = plan.model.stateDictionary }
    }
    _ = try Trainer(plan, record: lab.record(), observers: [watcher]).train()
    let start = try #require(afterFirst)
    let end = averaged.raw[0]
    let expected = StateDictionary(
      start.entries.map { entry in
        let (old, new) = (Tensor(entry.value), Tensor(end[entry.name] ?? entry.value))
        return .init(name: entry.name, value: (old * 0.1 + new * 0.9).hostTensor())
      })
    expectClose(averaged.outcome.kept, expected)
  }

  @Test(
    "batch normalization is evaluated with statistics of the averaged weights",
    arguments: [0.1, nil])
  func recalibration(momentum: Double?) throws {
    var lab = lab
    lab.epochs = 2
    lab.model = { stream in
      Sequential {
        Flatten()
        Linear(inputs: 64, outputs: 24, using: &stream)
        BatchNorm(features: 24, momentum: momentum)
        ReLU()
        Linear(inputs: 24, outputs: 10, using: &stream)
      }
    }
    lab.change = {
      $0.averaging = .uniform(start: 0)
      $0.monitor = .trainLoss
    }
    let (outcome, raw) = try train(lab)
    let plan = try lab.plan
    try plan.model.load(outcome.kept)
    let modules = plan.model.namedModules.map(\.module)
    let linear = try #require(modules.compactMap { $0 as? Linear }.first)
    let norm = try #require(modules.compactMap { $0 as? BatchNorm }.first)
    var means: [Tensor] = []
    var variances: [Tensor] = []
    let batches = plan.training.epoch(2)
    while let batch = try batches.next() {
      let features = withoutGradients { linear(Tensor(batch.inputs).flattened(from: 1)) }
      means.append(features.mean(along: [0]))
      variances.append(features.variance(along: [0]))
    }
    let mean = Tensor.stacked(means).mean(along: [0])
    let variance = Tensor.stacked(variances).mean(along: [0])
    let (keptMean, keptVariance) = try (#require(norm.runningMean), #require(norm.runningVariance))
    #expect(keptMean.value.isClose(to: mean, relative: 1e-4, absolute: 1e-5))
    #expect(keptVariance.value.isClose(to: variance, relative: 1e-4, absolute: 1e-5))
    // The weights in training keep the statistics that their steps have gathered.
    let name = try #require(outcome.kept.names.first { $0.hasSuffix("runningMean") })
    #expect(raw[1][name] != outcome.kept[name])
    lab.change = { $0.monitor = .trainLoss }
    #expect(try train(lab).raw == raw)
  }

  @Test("averages begin with an epoch and take weights in at their interval")
  func due() {
    let each = WeightAveraging.exponential(start: 0.5, everySteps: 3)
    let steps = (0...20).filter { each.isDue(afterSteps: $0, epochs: 4, stepsPerEpoch: 5) }
    #expect(steps == [11, 14, 17, 20])
    let ends = WeightAveraging.uniform(start: 0.5, everyEpochs: 1)
    #expect(
      (0...20).filter { ends.isDue(afterSteps: $0, epochs: 4, stepsPerEpoch: 5) } == [15, 20])
    let late = WeightAveraging.uniform(start: 0.75)
    #expect((0...5).filter { late.isDue(afterSteps: $0, epochs: 1, stepsPerEpoch: 5) } == [5])
  }

  @Test("the learning rate is held, or constant, once a uniform average has begun")
  func learningRate() throws {
    var lab = lab
    lab.change = {
      $0.schedule = .exponential(factor: 0.5)
      $0.averaging = .uniform(start: 0.5)
    }
    #expect(try lab.train().history.map(\.learningRate) == [0.3, 0.15, 0.075, 0.075])
    lab.change = {
      $0.schedule = .exponential(factor: 0.5)
      $0.averaging = .uniform(start: 0.5, learningRate: 0.2)
    }
    let rates = try lab.train().history.map(\.learningRate)
    #expect(rates == [0.3, 0.15, 0.2, 0.2])
    lab.change = {
      $0.schedule = .exponential(factor: 0.5)
      $0.averaging = .exponential(start: 0.5)
    }
    #expect(try lab.train().history.map(\.learningRate) == [0.3, 0.15, 0.075, 0.0375])
  }
}
