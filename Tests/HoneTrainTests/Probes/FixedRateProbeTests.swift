import Foundation
import HoneData
import HoneModels
import HoneNN
import HoneNumerics
import HoneOptim
import HoneTensor
import Testing

@testable import HoneTrain

@Suite struct FixedRateProbeTests {
  @Test("the loss falls within a hundred steps at a sound rate, and not at one of nothing")
  func falls() throws {
    let plan = try Lab().plan
    let sound = try FixedRateProbe().run(plan, at: 0.01)
    #expect(sound.losses.count == 100 && sound.learningRate == 0.01)
    #expect(sound.last < 0.5 * sound.losses[0] && sound.error > 0)
    let still = try FixedRateProbe().run(plan, at: 1e-9)
    #expect(abs(still.last - log(10)) < 0.4)
  }

  @Test("an absurd rate gives no number, and fewer losses")
  func absurd() throws {
    var lab = Lab()
    lab.optimizer = { SGD($0, learningRate: 0.1) }
    let outcome = try FixedRateProbe().run(lab.plan, at: 1e12)
    #expect(outcome.losses.count < 100 && outcome.last.isNaN)
  }

  @Test("the plan is as before, and the same plan gives the same losses")
  func untouched() throws {
    let plan = try Lab().plan
    let before = plan.model.stateDictionary
    let first = try FixedRateProbe().run(plan, at: 0.01)
    #expect(plan.model.stateDictionary == before)
    #expect(try FixedRateProbe().run(plan, at: 0.01).losses == first.losses)
  }

  @Test("a stop is obeyed before the next step")
  func stopped() throws {
    #expect(throws: CancellationError.self) {
      try FixedRateProbe().run(Lab().plan, at: 0.01) { true }
    }
  }
}
