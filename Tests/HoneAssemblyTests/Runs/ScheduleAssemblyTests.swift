import HoneConfiguration
import HoneOptim
import Testing

@testable import HoneAssembly

@Suite struct ScheduleAssemblyTests {
  @Test(
    "every course of the grammar becomes a schedule",
    arguments: [
      ("constant", LearningRateSchedule.constant),
      ("{kind: step, every: 3, factor: 0.2}", .step(every: 3, factor: 0.2)),
      (
        "{kind: multiStep, milestones: [2, 5], factor: 0.3}",
        .multiStep(milestones: [2, 5], factor: 0.3)
      ),
      ("{kind: exponential, factor: 0.9}", .exponential(factor: 0.9)),
      ("{kind: cosine, minimum: 0.1}", .cosine(minimum: 0.1)),
      (
        "{kind: warmRestarts, period: 4, multiplier: 2}",
        .warmRestarts(period: 4, multiplier: 2, minimum: 0)
      ),
      ("{kind: oneCycle, rise: 0.4}", .oneCycle(rise: 0.4, startFactor: 0.04, endFactor: 1e-5)),
      ("{kind: polynomial, power: 2}", .polynomial(power: 2, minimum: 0)),
      ("{kind: plateau}", .constant),
    ])
  func courses(text: String, schedule: LearningRateSchedule) throws {
    let plain = try Workbench.configuration("schedule: \(text)").liveSchedule
    let isSame = (0..<200).allSatisfy { step in
      let moment = ScheduleMoment(step: step, stepsPerEpoch: 20, epochs: 10)
      return plain.factor(at: moment) == schedule.factor(at: moment)
    }
    #expect(isSame)
  }

  @Test("a warm-up rises over its epochs")
  func warmUp() throws {
    let schedule = try Workbench.configuration("schedule: {kind: constant, warmupEpochs: 2}")
      .liveSchedule
    let factors = [0, 10, 39, 40].map {
      schedule.factor(at: ScheduleMoment(step: $0, stepsPerEpoch: 20, epochs: 10))
    }
    #expect(factors == factors.sorted())
    #expect(factors[0] < 0.1 && factors[3] == 1)
  }
}
