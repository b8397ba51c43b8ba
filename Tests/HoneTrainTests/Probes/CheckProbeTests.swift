import HoneData
import HoneModels
import HoneNN
import HoneNumerics
import HoneTensor
import Testing

@testable import HoneTrain

/// A layer that gives the same whatever comes in, but for a bias that can be learned.
private final class Blind: Layer {
  let linear: Linear

  init(using stream: inout RandomStream) {
    linear = Linear(inputs: 64, outputs: 10, using: &stream)
  }

  func callAsFunction(_ input: Tensor) -> Tensor {
    linear(input.isMeta ? input : input * 0)
  }
}

/// A layer that gives something else each time, in evaluation too.
private final class Restless: Layer {
  private var calls = 0

  func callAsFunction(_ input: Tensor) -> Tensor {
    calls += 1
    return input.isMeta ? input : input * Scalar(1 + 0.1 * Double(calls))
  }
}

@Suite("the probes of a check") struct CheckProbeTests {
  @Test("a perceptron learns more from the digits than from zeros")
  func usesInputs() throws {
    let outcome = try #require(try ZeroInputProbe().run(Lab().plan))
    #expect(outcome.usesInputs)
    #expect(outcome.steps == 100)
  }

  @Test("a model that does not look at its inputs is found out")
  func blind() throws {
    var lab = Lab()
    lab.model = { stream in Sequential([Flatten(), Blind(using: &stream)]) }
    let outcome = try #require(try ZeroInputProbe().run(lab.plan))
    #expect(!outcome.usesInputs)
  }

  @Test("running statistics that have settled agree with the batch's")
  func modes() throws {
    var lab = Lab()
    lab.model = { stream in
      MLP(
        inputs: 64, outputs: 10, widths: [24],
        options: .init(normalization: .batch, dropout: 0.5), using: &stream)
    }
    let outcome = try ModeProbe().run(lab.plan)
    #expect(outcome.repeats)
    #expect(outcome.isSettled)
    #expect(outcome.gap < 0.2)
  }

  @Test("outputs that change from one evaluation to the next are found out")
  func restless() throws {
    var lab = Lab()
    lab.model = { stream in
      Sequential([
        Flatten(), Restless(), Linear(inputs: 64, outputs: 10, using: &stream),
      ])
    }
    #expect(try !ModeProbe().run(lab.plan).repeats)
  }

  @Test("both times of a batch are measured")
  func loader() throws {
    let outcome = try #require(try LoaderProbe().run(Lab().plan))
    #expect(outcome.loading > 0)
    #expect(outcome.computing > 0)
    #expect((0..<1).contains(outcome.waitShare))
  }

  @Test("waiting begins where loading takes longer than computing")
  func waiting() {
    #expect(LoaderProbe.Outcome(loading: 1, computing: 2).waitShare == 0)
    #expect(LoaderProbe.Outcome(loading: 4, computing: 1).waitShare == 0.75)
  }

  @Test("learning a batch by heart ends with its time")
  func timeIsUp() throws {
    var probe = OverfitProbe()
    probe.seconds = 0
    let outcome = try probe.run(Lab().plan)
    #expect(outcome.ranOut)
    #expect(!outcome.isLearned)
  }
}

@Suite("footprints of a plan") struct PlanFootprintTests {
  @Test("a step changes weights and optimizer, and nothing else")
  func changes() throws {
    let plan = try Lab().plan
    let before = PlanFootprint(of: plan)
    #expect(PlanFootprint(of: plan).differences(from: before) == [])
    let batch = try plan.training.batch(of: Array(plan.training.indices.prefix(8)))
    let output = plan.output(for: batch)
    let loss = plan.loss(output, plan.target(of: batch, for: output))
    try plan.takeProbeStep(by: loss, on: batch, number: 0, completing: false)
    let changed = PlanFootprint(of: plan).differences(from: before)
    #expect(changed.prefix(2) == ["weights", "optimizer"])
  }

  @Test("the spread of each layer's outputs is measured in order")
  func spread() throws {
    let layers = try SpreadProbe().run(Lab().plan)
    #expect(layers.count == 2)
    #expect(layers.allSatisfy { (0.05...5).contains($0.standardDeviation) })
  }
}
