import HoneData
import HoneModels
import HoneNN
import HoneRecords
import HoneTensor
import Testing

@testable import HoneTrain

@Suite struct DropoutProbeTests {
  private func plan(dropout: Double) throws -> TrainingPlan {
    var lab = Lab()
    lab.model = { stream in
      MLP(
        inputs: 64, outputs: 10, widths: [64, 32], options: .init(dropout: dropout), using: &stream)
    }
    return try lab.plan
  }

  private func inputs(_ plan: TrainingPlan) throws -> Tensor {
    Tensor(try plan.training.batch(of: Array(plan.training.indices.prefix(128))).inputs)
  }

  @Test("inverted dropout keeps the mean, the classic form multiplies it in evaluation")
  func means() throws {
    let plan = try plan(dropout: 0.5)
    let views = try DropoutProbe().run(plan.model, on: inputs(plan), seed: 1)
    #expect(views.count == 2)
    for view in views {
      #expect(view.probability == 0.5)
      #expect(abs(view.inverted - view.before) < 0.1 * view.before)
      #expect(abs(view.classic - 0.5 * view.before) < 0.1 * view.before)
      #expect(abs(view.classicEvaluation - 0.5 * view.before) < 1e-9)
      for shares in [view.sharesBefore, view.sharesInverted, view.sharesClassic] {
        #expect(abs(shares.reduce(0, +) - 1) < 1e-9)
      }
    }
  }

  @Test("a model that drops nothing has no views")
  func none() throws {
    let plan = try plan(dropout: 0)
    #expect(try DropoutProbe().run(plan.model, on: inputs(plan), seed: 1).isEmpty)
  }
}
