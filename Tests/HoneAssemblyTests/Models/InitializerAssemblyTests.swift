import HoneConfiguration
import HoneNN
import HoneNumerics
import HoneRecords
import HoneTensor
import HoneText
import HoneTrain
import Testing

@testable import HoneAssembly

@Suite("Initializers of a configuration") struct InitializerAssemblyTests {
  /// An initialiser with what it needs.
  private func written(_ name: String) -> String {
    name == "constant" ? "{kind: constant, value: 0.1}" : "{kind: \(name)}"
  }

  private func kernel(_ run: AssembledRun) throws -> Tensor {
    try #require(run.plan.model.parameters.first).value.detached()
  }

  @Test(
    "each initializer of the catalogue begins a layer, or a whole model, and trains",
    arguments: ComponentFamily.initializers.components.map(\.name))
  func trains(name: String) throws {
    let isKernels = name == "dirac"
    let first = isKernels ? "conv2d: {outputs: 4, kernel: 3" : "linear: {outputs: 8"
    let rest = isKernels ? "relu, flatten, {linear: classes}" : "relu, {linear: classes}"
    let start = isKernels ? "" : "flatten, "
    let settings = "data: {batchSize: 700}\ntraining: {epochs: 1}"
    let own = try Workbench.run(
      "model: {layers: [\(start){\(first), initializer: \(written(name))}}, \(rest)]}\n\(settings)")
    let whole = try Workbench.run(
      "model: {layers: [\(start){\(first)}}, \(rest)], initializer: \(written(name))}\n\(settings)")
    let usual = try Workbench.run("model: {layers: [\(start){\(first)}}, \(rest)]}\n\(settings)")
    if name != "standard" { #expect(try !kernel(own).isIdentical(to: kernel(usual))) }
    #expect(try !kernel(whole).isIdentical(to: kernel(usual)))
    // What is drawn differs, its size does not.
    let sizes = try [own, whole].map { try kernel($0).squared().mean().item() }
    #expect(abs(sizes[0] - sizes[1]) <= 0.3 * sizes[0])
    for run in [own, whole] {
      let outcome = try Trainer(run.plan, record: run.record).train()
      #expect(outcome.record.status == .completed)
      #expect(try #require(outcome.record.best).trainLoss.isFinite)
    }
  }

  @Test("a layer's own initializer comes before the model's")
  func own() throws {
    let run = try Workbench.run(
      """
      model:
        initializer: zeros
        layers: [flatten, {linear: {outputs: 8, initializer: ones}}, relu, {linear: classes}]
      """)
    let named = run.plan.model.namedParameters
    #expect(named.count == 4)
    #expect(named[0].parameter.value.mean().item() == 1)
    #expect(named[2].parameter.value.absolute().sum().item() == 0)
  }

  @Test("the model's initializer reaches ready models and is drawn by the seed")
  func ready() throws {
    let text = "model: {name: mlp, widths: [8], initializer: {kind: normal, std: 2}}"
    let run = try Workbench.run(text, seed: 4)
    #expect(abs(try kernel(run).standardDeviation().item() - 2) < 0.2)
    #expect(try kernel(run).isIdentical(to: kernel(Workbench.run(text, seed: 4))))
    #expect(try !kernel(run).isIdentical(to: kernel(Workbench.run(text, seed: 5))))
  }

  @Test(
    "an initializer that does not fit is refused at its key",
    arguments: [
      ("{name: mlp, initializer: dirac}", "no weight that dirac fits"),
      (
        "{layers: [flatten, {linear: {outputs: classes, initializer: dirac}}]}",
        "dirac does not fit a weight of shape [10, 64]"
      ),
      (
        "{layers: [{conv2d: {outputs: 4, kernel: 3, initializer: identity}}, flatten, "
          + "{linear: classes}]}",
        "identity does not fit a weight of shape [4, 1, 3, 3]"
      ),
      (
        "{layers: [{conv2d: {outputs: 4, kernel: 3, initializer: {kind: dirac, groups: 3}}}, "
          + "flatten, {linear: classes}]}", "dirac does not fit a weight of shape [4, 1, 3, 3]"
      ),
      (
        "{layers: [flatten, {weightNorm: {layer: {linear: {outputs: 4, initializer: dirac}}}}, "
          + "{linear: classes}]}", "dirac does not fit a weight of shape [4, 64]"
      ),
      (
        "{layers: [flatten, {linear: {outputs: 4, initializer: lsuv}}, {linear: classes}]}",
        "Write lsuv: true under model"
      ),
    ])
  func misfits(model: String, sentence: String) {
    let complaint = Workbench.complaint { try Workbench.run("model: \(model)") }
    #expect(complaint.contains(sentence), "\(complaint)")
  }

  @Test("scaling by the data begins with the model's initializer where there is one")
  func scaled() throws {
    let text = "model: {name: mlp, widths: [16], initializer: {kind: sparse, sparsity: 0.5}"
    let drawn = try kernel(Workbench.run(text + "}", seed: 1))
    let scaled = try kernel(Workbench.run(text + ", lsuv: true}", seed: 1))
    let factor = scaled.norm().item() / drawn.norm().item()
    #expect(factor > 1)
    #expect(scaled.isClose(to: drawn * Scalar(factor), relative: 1e-4, absolute: 1e-6))
  }
}
