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
    "oneCycle": Sample(schedule: .oneCycle(), stepsPerEpoch: 4, epochs: 5),
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
