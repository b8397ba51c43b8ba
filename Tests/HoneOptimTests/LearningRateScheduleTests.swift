import Foundation
import HoneOptim
import Testing

struct LearningRateScheduleTests {
  struct Sample: Sendable {
    let schedule: LearningRateSchedule
    var stepsPerEpoch = 1
    var epochs = 20
  }

  static let samples: [String: Sample] = [
    "constant": Sample(schedule: .constant),
    "step": Sample(schedule: .step(every: 2, factor: 0.3), stepsPerEpoch: 4, epochs: 5),
    "multiStep": Sample(
      schedule: .multiStep(milestones: [2, 3], factor: 0.2), stepsPerEpoch: 4, epochs: 5),
    "exponential": Sample(schedule: .exponential(factor: 0.9), stepsPerEpoch: 4, epochs: 5),
    "cosine": Sample(schedule: .cosine(minimum: 0.05), stepsPerEpoch: 4, epochs: 5),
    "polynomial": Sample(schedule: .polynomial(power: 2), stepsPerEpoch: 4, epochs: 5),
    "oneCycle": Sample(
      schedule: .oneCycle(rise: 0.25, endFactor: 1e-5), stepsPerEpoch: 4, epochs: 5),
    "oneCycleDefaults": Sample(schedule: .oneCycle(), epochs: 30),
    "oneCycleLinear": Sample(schedule: .oneCycle(rise: 0.4, anneal: .linear), epochs: 30),
    "oneCycleThreePhases": Sample(
      schedule: .oneCycle(startFactor: 0.1, endFactor: 1e-3, isThreePhase: true), epochs: 30),
    "triangular": Sample(
      schedule: .cyclic(up: .steps(5), down: .steps(9)), epochs: 50),
    "triangularHalving": Sample(
      schedule: .cyclic(up: .steps(5), down: .steps(9), amplitude: .halving), epochs: 50),
    "exponentialRange": Sample(
      schedule: .cyclic(up: .steps(5), down: .steps(9), amplitude: .exponential(factor: 0.98)),
      epochs: 50),
    "linear": Sample(schedule: .linear(from: 0.25, to: 1, over: .steps(8))),
    "linearWhole": Sample(schedule: .linear(to: 0.1)),
    "flat": Sample(schedule: .flat(factor: 0.3).then(.constant, after: .steps(5))),
    "cosineByEpoch": Sample(
      schedule: .cosine(minimum: 0.05).heldByEpoch, stepsPerEpoch: 4, epochs: 5),
    "stepBySteps": Sample(
      schedule: .step(every: 7, factor: 0.5).countingSteps, stepsPerEpoch: 4, epochs: 5),
    "halving": Sample(schedule: .halved(every: 5), stepsPerEpoch: 4, epochs: 12),
    "tenthing": Sample(schedule: .tenthed(every: 20), epochs: 50),
    "chained": Sample(
      schedule: .halved(every: 6).times(.exponential(factor: 0.95)), epochs: 30),
    "threeStages": Sample(
      schedule: .flat(factor: 0.1).then(
        .cosine(minimum: 0.2).then(.exponential(factor: 0.9), after: .epochs(16)),
        after: .steps(4)), epochs: 30),
    "inverseSquareRoot": Sample(
      schedule: .inverseSquareRoot(timescale: .steps(4)).warmedUp(over: .steps(4))),
    "warmRestarts": Sample(
      schedule: .warmRestarts(period: 3, multiplier: 2, minimum: 0.1), stepsPerEpoch: 4,
      epochs: 15),
    "warmCosine": Sample(
      schedule: .cosine(minimum: 0.05).warmedUp(over: .epochs(1)), stepsPerEpoch: 5, epochs: 4),
    "sequence": Sample(
      schedule: .constant.then(.polynomial(), after: .fraction(0.3)), stepsPerEpoch: 2,
      epochs: 10),
  ]

  @Test("gives PyTorch's rates", arguments: samples.keys.sorted())
  func golden(name: String) throws {
    let sample = try #require(Self.samples[name])
    let expected = try #require(try Golden.load().schedules[name])
    let found = expected.indices.map { factor(sample.schedule, $0, sample) }
    // PyTorch's schedulers multiply rates up step by step.
    expectClose([found], [expected], tolerance: 1e-9)
  }

  @Test("products multiply")
  func product() {
    let schedule = LearningRateSchedule.exponential(factor: 0.5).times(.exponential(factor: 0.4))
    let sample = Sample(schedule: schedule)
    #expect(abs(factor(schedule, 2, sample) - 0.04) < 1e-12)
  }

  @Test("a warm-up may start above zero and moves with its first step")
  func warmUp() {
    let schedule = LearningRateSchedule.constant.warmedUp(over: .steps(4), from: 0.2)
    let found = (0..<6).map { factor(schedule, $0, Sample(schedule: schedule)) }
    expectClose([found], [[0.4, 0.6, 0.8, 1, 1, 1]], tolerance: 1e-12)
  }

  @Test(
    "warm-ups rise in every shape",
    arguments: zip(
      WarmUpShape.allCases,
      [
        [0.325, 0.55, 0.775, 1], [0.1778, 0.3162, 0.5623, 1], [0.2318, 0.55, 0.8682, 1],
        [0.1, 0.1, 0.1, 0.1],
      ]))
  func warmUpShapes(shape: WarmUpShape, expected: [Double]) {
    let schedule = LearningRateSchedule.constant.warmedUp(over: .steps(4), from: 0.1, shape: shape)
    let found = (0..<5).map { factor(schedule, $0, Sample(schedule: schedule)) }
    expectClose([found], [expected + [1]], tolerance: 1e-4)
  }

  @Test("an exponential warm-up from zero starts at a thousandth")
  func exponentialFromZero() {
    let schedule = LearningRateSchedule.constant.warmedUp(over: .steps(3), shape: .exponential)
    let found = (0..<3).map { factor(schedule, $0, Sample(schedule: schedule)) }
    expectClose([found], [[0.01, 0.1, 1]], tolerance: 1e-12)
  }

  @Test("points span the run")
  func points() {
    let schedule = LearningRateSchedule.linear(to: 0.5)
    let points = schedule.points(stepsPerEpoch: 10, epochs: 5, limit: 8)
    #expect(points.count == 8)
    #expect(points.first == SchedulePoint(step: 0, epoch: 0, factor: 1))
    #expect(points.last?.step == 49)
    #expect(zip(points, points.dropFirst()).allSatisfy { $0.step < $1.step })
    #expect(schedule.points(stepsPerEpoch: 2, epochs: 2).map(\.epoch) == [0, 0.5, 1, 1.5])
    #expect(schedule.points(stepsPerEpoch: 1, epochs: 1).map(\.factor) == [1])
  }

  @Test("stays finite beyond the end of the run")
  func beyondTheEnd() {
    for sample in Self.samples.values {
      for step in 0..<500 { #expect((0...1).contains(factor(sample.schedule, step, sample))) }
    }
  }

  @Test("survives coding")
  func coding() throws {
    for sample in Self.samples.values {
      let data = try JSONEncoder().encode(sample.schedule)
      #expect(
        try JSONDecoder().decode(LearningRateSchedule.self, from: data) == sample.schedule)
    }
  }

  private func factor(_ schedule: LearningRateSchedule, _ step: Int, _ sample: Sample) -> Double {
    schedule.factor(
      at: ScheduleMoment(
        step: step, stepsPerEpoch: sample.stepsPerEpoch, epochs: sample.epochs))
  }
}
