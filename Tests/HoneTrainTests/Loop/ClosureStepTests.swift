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

@Suite struct ClosureStepTests {
  private func lab() -> Lab {
    var lab = Lab()
    lab.batchSize = lab.trainSamples
    lab.epochs = 4
    lab.optimizer = { LBFGS($0, iterations: 5, stepRule: .strongWolfe) }
    return lab
  }

  @Test("L-BFGS on all samples brings the loss down further than as many steps of SGD")
  func learns() throws {
    var lab = lab()
    let outcome = try lab.train()
    let losses = outcome.history.map(\.trainLoss)
    #expect(zip(losses, losses.dropFirst()).allSatisfy { $0 > $1 })
    #expect(outcome.history.last?.step == 4)
    lab.optimizer = { SGD($0, learningRate: 0.1) }
    let plain = try lab.train()
    #expect(try #require(losses.last) < 0.5 * (try #require(plain.history.last?.trainLoss)))
  }

  @Test(
    "every second-order kind trains",
    arguments: ["bfgs", "conjugateGradient", "newtonCG", "newton"])
  func kinds(name: String) throws {
    var lab = lab()
    lab.epochs = 2
    // Newton's full Hessian is of a linear classifier's 650 weights; less takes less time.
    lab.model = { stream in
      MLP(inputs: 64, outputs: 10, widths: name == "newton" ? [] : [8], using: &stream)
    }
    if name == "newton" {
      lab.trainSamples = 60
      lab.batchSize = 60
    }
    lab.optimizer = { parameters in
      let direction: any Direction =
        switch name {
        case "bfgs": BFGS()
        case "conjugateGradient": ConjugateGradient()
        case "newtonCG": NewtonCG(products: 10)
        default: Newton(damping: 1e-3)
        }
      return DirectionOptimizer(
        parameters, name: name, direction: direction, iterations: name == "newton" ? 1 : 3)
    }
    let outcome = try lab.train()
    let losses = outcome.history.map(\.trainLoss)
    #expect(losses[1] < 0.9 * losses[0], "\(losses)")
  }

  @Test("small batches, accumulated, make the steps of the whole training set")
  func accumulation() throws {
    var lab = lab()
    lab.order = .sequential
    lab.epochs = 2
    let penalty = WeightPenalty(l2: 1e-3)
    lab.change = { $0.penalty = penalty }
    let whole = try lab.train()
    lab.batchSize = 50
    lab.change = {
      $0.penalty = penalty
      $0.accumulation = 4
    }
    let parts = try lab.train()
    #expect(parts.history.map(\.step) == whole.history.map(\.step))
    for (first, second) in zip(parts.history, whole.history) {
      // Ten line searches in float32 whose sums are taken in another order.
      #expect(abs(first.trainLoss - second.trainLoss) <= 1e-3 * second.trainLoss)
    }
  }

  @Test("running statistics move once in a step, however often the loss is evaluated")
  func statistics() throws {
    var lab = lab()
    lab.epochs = 2
    lab.model = { stream in
      MLP(
        inputs: 64, outputs: 10, widths: [12], options: .init(normalization: .batch),
        using: &stream)
    }
    let outcome = try lab.train()
    let counts = outcome.kept.entries.filter { $0.name.hasSuffix("batchCount") }
    #expect(!counts.isEmpty)
    let epoch = try #require(outcome.record.best?.epoch)
    for count in counts { #expect(count.value.values(as: Int.self) == [epoch]) }
  }

  @Test("dropout draws one mask for a step, so that the loss falls within it")
  func dropout() throws {
    var lab = Lab()
    lab.model = { stream in
      MLP(inputs: 64, outputs: 10, widths: [24], options: .init(dropout: 0.3), using: &stream)
    }
    lab.optimizer = { LBFGS($0, iterations: 5, stepRule: .strongWolfe) }
    let plan = try lab.plan
    plan.model.train()
    let batch = try plan.training.batch(of: Array(plan.training.indices.prefix(32)))
    let evaluation = StepEvaluation(plan, [(batch, 1)], step: 0)
    let first = evaluation.objective.evaluate(plan.optimizer.parameters)
    let second = evaluation.objective.evaluate(plan.optimizer.parameters)
    #expect(first == second)
    plan.optimizer.step(evaluating: evaluation.objective)
    #expect(evaluation.objective.evaluate(plan.optimizer.parameters) < 0.9 * first)
  }

  @Test("the overfit probe and the range test work with a line search")
  func probes() throws {
    let plan = try lab().plan
    let before = plan.model.stateDictionary
    #expect(try OverfitProbe().run(plan).isLearned)
    var range = RangeTest()
    range.steps = 10
    range.seeds = 1
    _ = try range.run(plan)
    #expect(plan.model.stateDictionary == before)
  }
}
