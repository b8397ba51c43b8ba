import HoneMetrics
import HoneNumerics
import Testing

struct MeanAccumulatorTests {
  @Test("streams to the figures of the whole")
  func whole() {
    var stream = RandomStream(seed: 1, "values")
    let values = (0..<1000).map { _ in 1e6 + stream.normal() }
    var accumulator = MeanAccumulator()
    accumulator.add(contentsOf: values)
    #expect(abs(accumulator.mean - values.mean()) < 1e-9)
    #expect(abs(accumulator.variance / values.variance() - 1) < 1e-9)
    #expect(abs(accumulator.standardError / values.standardError() - 1) < 1e-9)
  }

  @Test("batches count by their size")
  func weights() {
    var accumulator = MeanAccumulator()
    accumulator.add(1, weight: 3)
    accumulator.add(5, weight: 1)
    accumulator.add(100, weight: 0)
    #expect(accumulator.mean == 2)
    #expect(accumulator.weight == 4)
  }

  @Test("nothing has no mean, one sample no error")
  func tooFew() {
    var accumulator = MeanAccumulator()
    #expect(accumulator.mean.isNaN)
    accumulator.add(2)
    #expect(accumulator.mean == 2)
    #expect(accumulator.standardError.isNaN)
  }
}
