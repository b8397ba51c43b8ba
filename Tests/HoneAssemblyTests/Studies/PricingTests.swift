import Foundation
import HoneRecords
import HoneText
import Testing

@testable import HoneAssembly

private func points(
  _ errors: [Double], noise: Double = 0
) -> [LearningCurveRecord.Point] {
  errors.enumerated().map { place, error in
    let seeds = [error - noise, error, error + noise]
    return LearningCurveRecord.Point(
      share: LearningCurveStudy.shares[place], samples: 100 << place, errors: seeds, mean: error,
      standardError: noise / 3.0.squareRoot(), seconds: 10)
  }
}

@Suite("pricing ways on") struct PricingTests {
  @Test("a power law above a floor is continued exactly", arguments: [0.0, 0.05, 0.2])
  func powerLaw(floor: Double) {
    let law = { (n: Double) in floor + 2 * pow(n, -0.5) }
    let errors = [100.0, 200, 400].map(law)
    #expect(abs(Pricing.nextGain(errors) - (law(400) - law(800))) < 1e-12)
  }

  @Test("no more is promised than the last doubling gave")
  func bounded() {
    #expect(abs(Pricing.nextGain([0.5, 0.49, 0.4]) - 0.09) < 1e-12)
    #expect(Pricing.nextGain([0.3, 0.2, 0.2]) == 0)
    #expect(Pricing.nextGain([0.3, 0.2, 0.21]) < 0)
  }

  @Test("the interval of more data holds the continued law and widens with the seeds' noise")
  func interval() throws {
    let sharp = Pricing(points([0.4, 0.3, 0.25], noise: 0.001)).moreData(samples: 400)
    let blurred = Pricing(points([0.4, 0.3, 0.25], noise: 0.05)).moreData(samples: 400)
    #expect(abs(sharp.gain - 0.025) < 1e-9)
    #expect(sharp.interval[0] < 0.025 && 0.025 < sharp.interval[1])
    #expect(sharp.interval[0] > 0)
    #expect(blurred.interval[0] < 0)
    #expect(sharp.newSamples == 400)
    #expect(sharp.seconds == 20)
  }

  @Test("what is proven stands first, and a machine's work before a person's at equal gain")
  func order() {
    func option(
      _ kind: LearningCurveRecord.Option.Kind, _ gain: Double, low: Double, samples: Int = 0
    ) -> LearningCurveRecord.Option {
      .init(
        kind: kind, change: "", gain: gain, interval: [low, 2 * gain], seconds: 10,
        newSamples: samples)
    }
    let unproven = option(.largerModel, 0.5, low: -0.1)
    let tuned = option(.tuning, 0.02, low: 0.01)
    let data = option(.moreData, 0.03, low: 0.01, samples: 100)
    let much = option(.moreData, 0.3, low: 0.1, samples: 100)
    #expect(
      Pricing.ordered([unproven, data, tuned]).map(\.kind) == [.tuning, .moreData, .largerModel])
    #expect(Pricing.ordered([tuned, much]).map(\.kind) == [.moreData, .tuning])
    #expect(Pricing.conclusion([unproven], seeds: 3).english.hasPrefix("None"))
    #expect(Pricing.conclusion([much, tuned], seeds: 3).english.hasPrefix("More data"))
  }
}
