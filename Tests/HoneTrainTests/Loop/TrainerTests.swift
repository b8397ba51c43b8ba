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

@Suite struct TrainerTests {
  @Test("learns the digits")
  func learns() throws {
    var lab = Lab()
    lab.trainSamples = 1200
    lab.epochs = 6
    let outcome = try lab.train()
    // Logistic regression reaches 0.95 on these data; chance is 0.1.
    #expect(try #require(outcome.record.best?.validationMetric) >= 0.92)
    #expect(outcome.record.status == .completed)
    #expect(outcome.record.outcome == nil)
    #expect(outcome.record.epochs == 6)
    #expect(outcome.history.map(\.epoch) == Array(1...6))
    #expect(outcome.history.last?.step == 6 * 38)
  }

  @Test("the same seed gives the same weights and history, whatever the loader threads")
  func repeats() throws {
    var lab = Lab()
    lab.augmentation = [.randomTranslate(pixels: 1)]
    let first = try lab.train()
    for threads in [0, 1, 2, 4] {
      lab.threads = threads
      let again = try lab.train()
      #expect(again.kept == first.kept, "\(threads) threads")
      #expect(again.numbers == first.numbers, "\(threads) threads")
    }
  }

  @Test("the same seed drops the same activations, whatever was drawn before")
  func repeatsDropout() throws {
    var lab = Lab()
    lab.model = { stream in
      MLP(inputs: 64, outputs: 10, widths: [24], options: .init(dropout: 0.3), using: &stream)
    }
    let first = try lab.train()
    Torch.seed(1234)
    let again = try lab.train()
    #expect(again.kept == first.kept)
    #expect(again.numbers == first.numbers)
    #expect(again.record.preflight == first.record.preflight)
  }

  @Test("runs with dropout in several threads end as each does alone")
  func besideEachOther() async throws {
    @Sendable func weights(_ seed: UInt64) throws -> [HostTensor] {
      var lab = Lab()
      lab.seed = seed
      lab.epochs = 2
      lab.model = { stream in
        MLP(inputs: 64, outputs: 10, widths: [24], options: .init(dropout: 0.5), using: &stream)
      }
      return try lab.train().kept.entries.map(\.value)
    }
    let alone = try (0..<3).map { try weights(UInt64($0)) }
    let together = try await withThrowingTaskGroup(of: (Int, [HostTensor]).self) { group in
      for index in 0..<3 { group.addTask { (index, try weights(UInt64(index))) } }
      return try await group.reduce(into: [Int: [HostTensor]]()) { $0[$1.0] = $1.1 }
    }
    for index in 0..<3 { #expect(together[index] == alone[index]) }
  }

  @Test("another seed gives other weights")
  func differs() throws {
    var lab = Lab()
    lab.epochs = 1
    let first = try lab.train()
    lab.seed += 1
    #expect(try lab.train().kept != first.kept)
  }

  @Test(
    "the model holds the best epoch's weights at the end, and its modes are evaluation's business")
  func keepsBest() throws {
    var lab = Lab()
    // So large a rate that later epochs are worse than earlier ones.
    lab.optimizer = { SGD($0, learningRate: 1.5) }
    lab.epochs = 6
    let plan = try lab.plan
    let outcome = try Trainer(plan, record: lab.record()).train()
    let best = try #require(outcome.record.best)
    let bestMetric = outcome.history.compactMap(\.validationMetric).max()
    #expect(best.validationMetric == bestMetric)
    #expect(plan.model.stateDictionary == outcome.kept)
    let validation = try #require(plan.validation)
    let result = try Evaluator(loss: plan.loss).evaluate(plan.model, on: validation)
    #expect(result.value(of: .accuracy) == best.validationMetric)
    #expect(result.loss == best.validationLoss)
    #expect(outcome.record.final == outcome.history.last)
  }

  @Test("a run without validation keeps the weights of the lowest training loss")
  func withoutValidation() throws {
    var lab = Lab()
    lab.change = {
      $0.validation = nil
      $0.monitor = .trainLoss
    }
    let outcome = try lab.train()
    #expect(outcome.record.best?.trainLoss == outcome.history.map(\.trainLoss).min())
    #expect(outcome.history.allSatisfy { $0.validationLoss == nil })
  }

  @Test("the learning rate of each step follows schedule and plan")
  func schedule() throws {
    var lab = Lab()
    lab.epochs = 4
    lab.change = { $0.schedule = .step(every: 2, factor: 0.5) }
    let outcome = try lab.train()
    #expect(outcome.history.map(\.learningRate) == [0.01, 0.01, 0.005, 0.005])
  }

  @Test("training metric and loss are the means over the batches as they were trained on")
  func meter() throws {
    var lab = Lab()
    lab.epochs = 1
    // Nothing moves: every batch sees the initial weights.
    lab.optimizer = { SGD($0, learningRate: 0) }
    let plan = try lab.plan
    let outcome = try Trainer(plan, record: lab.record()).train()
    let result = try Evaluator(loss: plan.loss).evaluate(plan.model, on: plan.training)
    let epoch = try #require(outcome.history.first)
    #expect(abs(epoch.trainLoss - result.loss) < 1e-6)
    #expect(epoch.trainMetric == result.value(of: .accuracy))
    #expect(epoch.updateRatio == 0)
  }

  @Test("bf16 trains")
  func halfPrecision() throws {
    var lab = Lab()
    lab.trainSamples = 600
    lab.epochs = 4
    lab.change = { $0.precision = .bfloat16 }
    let outcome = try lab.train()
    #expect(try #require(outcome.record.best?.validationMetric) > 0.8)
    let isFull = outcome.kept.entries.allSatisfy { $0.value.dtype == .float32 }
    #expect(isFull)
  }

  @Test("channels-last batches give the same training to rounding")
  func channelsLast() throws {
    var lab = Lab()
    lab.epochs = 1
    lab.trainSamples = 64
    lab.optimizer = { SGD($0, learningRate: 0.05) }
    lab.model = { stream in
      CNN(
        inputs: 1, height: 8, width: 8, outputs: 10,
        options: .init(width: 4, normalization: .none), using: &stream)
    }
    let plain = try lab.train()
    lab.change = { $0.memoryFormat = .channelsLast }
    let reordered = try lab.train()
    for (first, second) in zip(plain.kept.entries, reordered.kept.entries) {
      let gap =
        zip(first.value.values(as: Float.self), second.value.values(as: Float.self))
        .map { abs($0 - $1) }.max() ?? 0
      // Two steps in float32 with sums in another order.
      #expect(gap < 1e-5, "\(first.name)")
    }
  }

  @Test("one logit serves a binary task, with mixed labels too")
  func oneLogit() throws {
    let data = try binaryDigits()
    var stream = RandomStream(seed: 1, "weights")
    let model = MLP(inputs: 64, outputs: 1, widths: [32], using: &stream)
    let preprocessor = try Preprocessor.fit(data, indices: Array(0..<200))
    let options = LoaderOptions(
      batchSize: 20, order: .shuffled, threads: 0, augmentation: [.mixUp(alpha: 0.2)])
    let plan = TrainingPlan(
      model: model, loss: .binaryCrossEntropyWithLogits,
      optimizer: AdamW(model.parameters, learningRate: 0.01),
      training: try DataLoader(
        data, indices: Array(0..<800), preprocessor: preprocessor, options: options),
      validation: try DataLoader(
        data, indices: Array(800..<1000), preprocessor: preprocessor,
        options: LoaderOptions(threads: 0)), metric: .accuracy, epochs: 4, seed: 0)
    let outcome = try Trainer(plan, record: Lab().record()).train()
    #expect(try #require(outcome.record.best?.validationMetric) > 0.85)
    #expect(outcome.record.preflight?.expectedInitialLoss.map { abs($0 - 0.693) < 0.01 } == true)
  }

  @Test("a failing observer ends the run, leaves a checkpoint and the first error")
  func failingObserver() throws {
    struct Broken: Error {}
    try withTemporaryFolder { folder in
      let lab = Lab()
      var ends: [RunRecord] = []
      let observer = ClosureObserver { event in
        if case .epoch(let epoch) = event, epoch.epoch == 2 { throw Broken() }
        if case .ended(let record) = event { ends.append(record) }
      }
      let checkpointer = Checkpointer(folder: folder)
      #expect(throws: Broken.self) {
        _ = try Trainer(
          lab.plan, record: lab.record(), observers: [observer], checkpointer: checkpointer
        ).train()
      }
      #expect(ends.map(\.status) == [.failed])
      let found = try #require(checkpointer.read().checkpoint)
      #expect(found.progress.epoch == 2)
      #expect(found.progress.batch == 7)
      let resumed = try Trainer(lab.plan, record: lab.record()).train(from: found)
      let whole = try lab.train()
      #expect(resumed.kept == whole.kept)
      #expect(resumed.numbers == whole.numbers)
    }
  }
}

/// The digits below five against the others, as a task of two classes.
func binaryDigits() throws -> Dataset {
  let digits = try Lab.digits.get()
  let labels = digits.labels.map { Int32($0 < 5 ? 0 : 1) }
  return Dataset(
    source: "digits", labels: .classes(["small", "large"], labels), samples: digits.samples,
    fingerprint: "", reading: digits.reading)
}
