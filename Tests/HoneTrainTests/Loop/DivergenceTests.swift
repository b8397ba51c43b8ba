import HoneNN
import HoneOptim
import HoneRecords
import HoneTensor
import Testing

@testable import HoneTrain

@Suite struct DivergenceTests {
  @Test("a huge learning rate ends in the first epoch with the initial weights")
  func firstEpoch() throws {
    var lab = Lab()
    lab.optimizer = { SGD($0, learningRate: 1e30) }
    let plan = try lab.plan
    let initial = plan.model.stateDictionary
    var steps: [StepRecord] = []
    let observer = ClosureObserver { event in if case .step(let step) = event { steps.append(step) }
    }
    let outcome = try Trainer(plan, record: lab.record(), observers: [observer]).train()
    #expect(outcome.record.status == .diverged)
    #expect(outcome.record.outcome?.hasPrefix("The loss became") == true)
    #expect(outcome.history.isEmpty)
    #expect(outcome.kept == initial)
    #expect(plan.model.stateDictionary == initial)
    #expect(steps.last?.loss.isFinite == false)
  }

  @Test("a later divergence keeps the best weights")
  func laterEpoch() throws {
    struct Explosion: TrainingPolicy {
      func decide(after history: [EpochRecord]) -> TrainingDirective {
        history.count >= 2 ? .scaleLearningRate(1e32) : .proceed
      }
    }
    var lab = Lab()
    lab.optimizer = { SGD($0, learningRate: 0.05) }
    let plan = try lab.plan
    let outcome = try Trainer(plan, record: lab.record(), policies: [Explosion()]).train()
    #expect(outcome.record.status == .diverged)
    #expect(outcome.history.count == 2)
    lab.epochs = 2
    #expect(try lab.train().kept == outcome.kept)
    #expect(plan.model.stateDictionary == outcome.kept)
  }

  @Test("weights spoiled by the last step of an epoch are noticed, and never kept")
  func lastStep() throws {
    var lab = Lab()
    lab.epochs = 1
    // A single step: its loss is that of the initial weights.
    lab.batchSize = 200
    lab.optimizer = { SGD($0, learningRate: 3e38) }
    let plan = try lab.plan
    let initial = plan.model.stateDictionary
    let outcome = try Trainer(plan, record: lab.record()).train()
    #expect(outcome.record.status == .diverged)
    #expect(outcome.record.outcome?.hasPrefix("Weights became") == true)
    #expect(outcome.record.best == nil)
    #expect(outcome.history.count == 1)
    #expect(plan.model.stateDictionary == initial)
  }

  /// Takes the logarithm of what the layer before it gives: not a number where that is negative.
  private final class Logarithm: Layer {
    func callAsFunction(_ input: Tensor) -> Tensor { ATen.log(input) }
  }

  @Test("the batch and the layer where the numbers went wrong are named")
  func layer() throws {
    var lab = Lab()
    lab.model = { stream in
      Sequential {
        Flatten()
        Linear(inputs: 64, outputs: 24, using: &stream)
        Logarithm()
        Linear(inputs: 24, outputs: 10, using: &stream)
      }
    }
    let outcome = try lab.train()
    #expect(outcome.record.status == .diverged)
    let sentence = try #require(outcome.record.outcome)
    #expect(sentence.contains("after 0 steps, in epoch 1, batch 1"))
    #expect(sentence.contains("aten::log gave them"))
    #expect(sentence.contains("1.weight") || sentence.contains("1.bias"))
    let korean = try #require(outcome.record.outcomeInKorean)
    #expect(korean.contains("배치 1에서 손실이"))
    #expect(korean.contains("연산 aten::log이(가) 그런 값을 냈습니다."))
  }

  @Test("weights that a step spoiled are named")
  func weights() throws {
    var lab = Lab()
    lab.optimizer = { SGD($0, learningRate: 1e38) }
    lab.change = { $0.clipping = nil }
    let outcome = try lab.train()
    let sentence = try #require(outcome.record.outcome)
    #expect(sentence.contains("batch"))
    #expect(sentence.contains("weight") || sentence.contains("operation"))
  }
}
