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
      ("{kind: oneCycle, rise: 0.4}", .oneCycle(rise: 0.4)),
      ("{kind: polynomial, power: 2}", .polynomial(power: 2, minimum: 0)),
      ("{kind: plateau}", .constant),
      ("{kind: flat, factor: 0.2}", .flat(factor: 0.2)),
      ("{halveEvery: 5}", .step(every: 5, factor: 0.5)),
      ("{kind: tenthEvery, tenthEvery: 2}", .step(every: 2, factor: 0.1)),
      (
        "{kind: linear, from: 0.5, to: 0.1, length: 4}",
        .linear(from: 0.5, to: 0.1, over: .epochs(4))
      ),
      ("{kind: linear}", .linear()),
      (
        "{kind: oneCycle, anneal: linear, threePhase: true}",
        .oneCycle(anneal: .linear, isThreePhase: true)
      ),
      (
        "{kind: cyclic, low: 0.2, up: 1, down: 3, amplitude: exponential, stepFactor: 0.99}",
        .cyclic(
          low: 0.2, up: .epochs(1), down: .epochs(3), amplitude: .exponential(factor: 0.99))
      ),
      ("{kind: inverseSquareRoot, timescale: 2}", .inverseSquareRoot(timescale: .epochs(2))),
      ("{kind: step, every: 30, unit: steps}", .step(every: 30).countingSteps),
      ("{kind: cosine, perEpoch: true}", .cosine().heldByEpoch),
      (
        "{kind: cosine, warmupEpochs: 2, warmupShape: exponential, warmupFrom: 0.01}",
        .cosine().warmedUp(over: .epochs(2), from: 0.01, shape: .exponential)
      ),
      (
        "{sequence: [{kind: warmUp, from: 0.1, epochs: 1}, {kind: cosine, share: 0.5}, constant]}",
        .cosine().then(.constant, after: .fraction(0.5)).warmedUp(over: .epochs(1), from: 0.1)
      ),
      (
        "{sequence: [{kind: flat, factor: 0.1, steps: 30}, {kind: step, every: 10}], unit: steps}",
        .flat(factor: 0.1).then(.step(every: 10).countingSteps, after: .steps(30))
      ),
      (
        "{product: [cosine, {halveEvery: 3}, {kind: flat, factor: 0.5}]}",
        .cosine().times(.halved(every: 3)).times(.flat(factor: 0.5))
      ),
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
