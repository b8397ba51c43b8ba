import HoneNumerics
import Testing

@testable import HoneImprove

@Suite struct StepDownTests {
  @Test("decides as Holm's adjusted p-values do")
  func holm() {
    var stream = RandomStream(seed: 4, "step down")
    for _ in 0..<200 {
      let pValues = (0..<4).map { _ in 0.04 * stream.uniform() }
      let stepDown = StepDown(pValues: pValues, falseAcceptance: 0.025)
      // An interval of level 1 - 2a lies above zero where the one-sided p-value is below a.
      let isAbove = pValues.indices.map { pValues[$0] < (1 - stepDown.levels[$0]) / 2 }
      let adjusted = MultipleComparisons.holm(pValues)
      #expect(stepDown.kept(isAbove: isAbove) == adjusted.map { $0 < 0.025 })
    }
  }

  @Test("a single gain is held to the 95 % interval")
  func single() {
    #expect(StepDown(pValues: [0.3], falseAcceptance: 0.025).levels == [0.95])
  }
}
