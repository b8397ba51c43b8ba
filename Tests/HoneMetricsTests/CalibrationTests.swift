import HoneMetrics
import HoneRecords
import Testing

struct CalibrationTests {
  @Test("bins hold their upper bound and not their lower one")
  func bounds() {
    let calibration = Calibration(
      confidences: [0, 0.5, 0.500001, 1], scores: [0, 1, 0, 1], bins: 2)
    #expect(calibration.bins.map(\.samples) == [2, 2])
    #expect(calibration.bins[0].confidence == 0.25)
    #expect(calibration.bins[0].accuracy == 0.5)
  }

  @Test("perfect confidence has no error, misplaced confidence all of it")
  func extremes() {
    #expect(Calibration(confidences: [1, 1], scores: [1, 1]).error == 0)
    #expect(Calibration(confidences: [1, 1], scores: [0, 0]).error == 1)
  }
}
