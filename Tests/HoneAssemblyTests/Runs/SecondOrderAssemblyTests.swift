import HoneConfiguration
import HoneData
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneText
import HoneTrain
import Testing

@testable import HoneAssembly

@Suite("Second-order methods in the configuration") struct SecondOrderAssemblyTests {
  private static let small =
    "data: {batchSize: all}\nmodel: {layers: [flatten, {linear: 10}]}\ntraining: {epochs: 2}\n"

  /// Some of the digits, so that a full Hessian takes little time.
  private func run(_ text: String, samples: Int = 150) throws -> AssembledRun {
    let configuration = try Workbench.configuration(text)
    let data = try Workbench.digits.get()
    var split = try configuration.split(data, seed: 0)
    split.train = Array(split.train.prefix(samples))
    split.validation = Array(split.validation.prefix(50))
    return try AssembledRun(configuration, data: data, split: split)
  }

  private func losses(_ run: AssembledRun) throws -> [Double] {
    let outcome = try Trainer(run.plan, record: run.record, policies: run.policies).train()
    return outcome.history.map(\.trainLoss)
  }

  @Test(
    "every kind trains a classifier to the end",
    arguments: [
      "lbfgs", "{kind: lbfgs, lineSearch: fixed, learningRate: 0.1}", "bfgs",
      "{kind: bfgs, lineSearch: armijo}", "conjugateGradient",
      "{kind: conjugateGradient, formula: hagerZhang}", "newtonCG",
      "{kind: newtonCG, lineSearch: armijo}", "newton",
    ])
  func classifier(optimizer: String) throws {
    let losses = try losses(
      run(Self.small + "optimizer: " + optimizer, samples: optimizer == "newton" ? 60 : 150))
    // The loss at the start of each epoch's one step.
    #expect(losses.count == 2 && losses[1] < 0.5 * losses[0], "\(losses)")
  }

  @Test(
    "least squares fit a table to rounding in a few steps",
    arguments: [
      "gaussNewton", "{kind: gaussNewton, lineSearch: armijo}", "levenbergMarquardt", "lbfgs",
    ])
  func regression(optimizer: String) throws {
    let text =
      Self.small.replacing("flatten, {linear: 10}", with: "{linear: 1}") + "optimizer: " + optimizer
    let run = try Workbench.run(text, data: Workbench.table(target: "value"))
    let losses = try losses(run)
    #expect(losses[1] < 1e-6 * losses[0], "\(losses)")
  }

  @Test("options reach the optimizer")
  func options() throws {
    let text = "{kind: lbfgs, history: 7, iterations: 3, lineSearch: fixed, learningRate: 0.5}"
    let limited = try #require(
      try run(Self.small + "optimizer: " + text).plan.optimizer as? LBFGS)
    #expect(limited.history == 7 && limited.iterations == 3 && limited.stepRule == .fixed)
    #expect(limited.learningRate == 0.5)
    let newton = try #require(
      try run(Self.small + "optimizer: {kind: newtonCG, iterations: 9}").plan.optimizer
        as? DirectionOptimizer)
    #expect(newton.iterations == 9)
  }

  @Test("least squares refuse a loss that is none")
  func loss() throws {
    for kind in ["gaussNewton", "levenbergMarquardt"] {
      let text = Workbench.complaint { try run(Self.small + "optimizer: \(kind)") }
      #expect(text.contains("meanSquaredError") && text.contains("lbfgs"), "\(text)")
    }
  }

  @Test("methods of whole matrices refuse models that are too large, with both numbers")
  func size() {
    let model = "model: {name: mlp, widths: [300]}\n"
    for (kind, limit) in [("newton", "4000"), ("bfgs", "10000")] {
      let text = Workbench.complaint { try run(model + "optimizer: \(kind)") }
      #expect(text.contains(limit) && text.contains("lbfgs"), "\(text)")
    }
    let fine = Workbench.complaint { try run(model + "optimizer: lbfgs") }
    #expect(fine == "no error")
  }

  @Test("a run that minds noise says what is random", arguments: [true, false])
  func noise(isNoisy: Bool) throws {
    let data = isNoisy ? "data: {batchSize: 32}\n" : "data: {batchSize: all}\n"
    let plan = try run(data + "model: {name: mlp, widths: [8]}\noptimizer: lbfgs").plan
    let warning = try plan.stepNoise()?.warning
    #expect((warning != nil) == isNoisy)
    #expect(warning?.english.contains("32 of 150") ?? true)
  }
}
