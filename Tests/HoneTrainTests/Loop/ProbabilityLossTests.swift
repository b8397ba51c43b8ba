import HoneData
import HoneModels
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor
import Testing

@testable import HoneTrain

@Suite struct ProbabilityLossTests {
  @Test("a model that ends in a softmax is trained and judged as one that gives logits")
  func softmax() throws {
    var lab = Lab()
    let logits = try lab.train()
    lab.loss = .crossEntropyOnProbabilities()
    lab.model = { stream in
      let mlp = MLP(inputs: 64, outputs: 10, widths: [24], using: &stream)
      return Sequential([mlp, Softmax()])
    }
    let probabilities = try lab.train()
    for (first, second) in zip(probabilities.history, logits.history) {
      // The same function; logarithms of float32 probabilities differ from log-softmax.
      #expect(abs(first.trainLoss - second.trainLoss) < 1e-3)
      #expect(first.trainMetric == second.trainMetric)
      #expect(first.validationMetric == second.validationMetric)
    }
    let expected = probabilities.record.preflight?.expectedInitialLoss ?? 0
    #expect(abs(expected - (logits.record.preflight?.expectedInitialLoss ?? 1)) < 1e-4)
    let plan = try lab.plan
    let result = try Evaluator(loss: plan.loss).evaluate(plan.model, on: #require(plan.validation))
    let rows = Tensor(result.outputs, shape: [result.count, 10])
    let batch = try plan.training.batch(of: [result.indices[0]])
    let first = plan.model.evaluating { plan.output(for: batch) }
    #expect(rows[0..<1].softmax(along: 1).isClose(to: first, relative: 1e-4, absolute: 1e-6))
  }

  @Test("a single probability is a yes above one half")
  func single() throws {
    let loss = Loss.binaryCrossEntropyOnProbabilities()
    let plan = try Lab(loss: loss).plan
    let output = Tensor([0.4, 0.6, 0.9] as [Float], shape: [3, 1])
    let signs = plan.logits(from: output).floats.map { $0 > 0 }
    #expect(signs == [false, true, true])
  }
}
