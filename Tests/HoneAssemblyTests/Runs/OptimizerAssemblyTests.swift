import HoneConfiguration
import HoneOptim
import HoneTrain
import Testing

@testable import HoneAssembly

@Suite struct OptimizerAssemblyTests {
  private func optimizer(_ text: String) throws -> any Optimizer {
    let model = "model: {name: mlp, widths: [8], normalization: batchNorm}\n"
    return try Workbench.run(model + "optimizer: " + text).plan.optimizer
  }

  @Test(
    "every method is built",
    arguments: [
      ("sgd", "SGD"), ("adam", "Adam"), ("adamW", "AdamW"), ("nadam", "NAdam"),
      ("radam", "RAdam"), ("adamax", "Adamax"), ("adagrad", "Adagrad"), ("adadelta", "Adadelta"),
      ("rmsProp", "RMSProp"), ("lion", "Lion"), ("lamb", "LAMB"), ("adafactor", "Adafactor"),
      ("muon", "Muon"), ("asgd", "ASGD"), ("rprop", "Rprop"),
      ("lbfgs", "LBFGS"), ("bfgs", "BFGS"), ("conjugateGradient", "ConjugateGradient"),
      ("newtonCG", "NewtonCG"), ("newton", "Newton"),
    ])
  func methods(name: String, kind: String) throws {
    #expect(try optimizer(name).state.kind == kind)
  }

  @Test("the learning rate and the decay of a method are found by name")
  func numbers() {
    #expect(OptimizerConfiguration(.lamb()).learningRate == 1e-3)
    #expect(OptimizerConfiguration(.muon()).weightDecay == 0.1)
    #expect(OptimizerConfiguration(.adadelta(learningRate: 1)).learningRate == 1)
    #expect(OptimizerConfiguration(.rprop()).weightDecay == 0)
  }

  @Test("options reach the optimizer")
  func options() throws {
    let rms = try #require(
      try optimizer("{kind: rmsProp, centered: true, momentum: 0.5, smoothing: 0.9}") as? RMSProp)
    #expect(rms.isCentered && rms.momentum == 0.5 && rms.smoothing == 0.9)
    #expect((try optimizer("{kind: adam, amsgrad: true}") as? Adam)?.isAMSGrad == true)
    #expect((try optimizer("{kind: adamW, amsgrad: true}") as? AdamW)?.isAMSGrad == true)
    #expect((try optimizer("{kind: nadam, decoupled: true}") as? NAdam)?.isDecoupled == true)
    let factored = try #require(
      try optimizer("{kind: adafactor, relative: false, epsilon: 1e-9}") as? Adafactor)
    #expect(!factored.isRelative && factored.epsilon == 1e-9)
    let muon = try #require(
      try optimizer("{kind: muon, adjustment: matchAdamW, iterations: 3}") as? Muon)
    #expect(muon.adjustment == .matchAdamW && muon.iterations == 3)
    let rprop = try #require(try optimizer("{kind: rprop, largestStep: 2}") as? Rprop)
    #expect(rprop.stepSizes == 1e-6...2)
  }

  @Test("wrappers go around any method")
  func wrappers() throws {
    let both = try #require(
      try optimizer("{kind: sgd, sam: {rho: 0.1, adaptive: true}, lookahead: {k: 7, alpha: 0.8}}")
        as? Lookahead)
    #expect(both.period == 7 && both.share == 0.8)
    let sam = try #require(both.base as? SAM)
    #expect(sam.radius == 0.1 && sam.isAdaptive)
    #expect(sam.base is SGD)
    #expect((try optimizer("{sam: {}}") as? SAM)?.radius == 0.05)
  }

  @Test("groups by name and depth change rates and decay")
  func groups() throws {
    let groups = try optimizer(
      "{kind: adamW, weightDecay: 0.1, layerDecay: 0.5, groups: "
        + "[{match: '*bias', learningRateScale: 10, weightDecay: 0.3}]}"
    ).groups
    let biases = groups.filter { $0.weightDecay == 0.3 }
    #expect(biases.map(\.learningRateScale).sorted() == [5, 10])
    let weights = groups.filter { $0.weightDecay == 0.1 }
    #expect(weights.map(\.learningRateScale).sorted() == [0.5, 1])
  }

  @Test("a pattern that matches no parameter is refused with the names there are")
  func noMatch() {
    let text = Workbench.complaint { try optimizer("{groups: [{match: 'heat.*'}]}") }
    #expect(text.contains("optimizer.groups[0].match"))
    #expect(text.contains("no parameter is called heat.*"))
    #expect(text.contains("weight"))
  }
}
