import HoneNumerics
import Testing

@testable import HoneTensor

struct UnitStatisticsTests {
  /// Outputs after a rectifier, with a unit that is never active.
  private func outputs(_ shape: [Int]) -> Tensor {
    let values = Tensor.normal(shape, using: RandomSource(seed: 3))
    let kept = Tensor.range(0, shape[1]).cast(to: .float32).clamped(maximum: 1)
    return (values + 0.3).clamped(minimum: 0) * kept.reshaped([1, shape[1], 1])
  }

  /// The same by libtorch's operators in double precision.
  private func expectOperators(
    _ found: UnitStatistics, _ units: Tensor, _ range: ClosedRange<Double>
  ) {
    let x = units.cast(to: .float64)
    func close(_ value: Double, _ wanted: Tensor) -> Bool { abs(value - wanted.item()) < 1e-9 }
    #expect(close(found.rootMeanSquare, x.squared().mean().squareRoot()))
    let mean = x.mean(along: [0, 2], keepingDimensions: true)
    #expect(close(found.spread, (x - mean).squared().mean().squareRoot()))
    let zeros = x.isEqual(to: 0).cast(to: .float64)
    #expect(close(found.zeroShare, zeros.mean()))
    let shares = zeros.mean(along: [0, 2])
    #expect(close(found.deadShare, shares.isEqual(to: 1).cast(to: .float64).mean()))
    let outside =
      (x .< Scalar(range.lowerBound)).cast(to: .float64).mean()
      + (x .> Scalar(range.upperBound)).cast(to: .float64).mean()
    #expect(close(found.outsideShare, outside))
  }

  @Test(
    "the numbers are those of libtorch's operators, however the outputs lie in memory",
    arguments: [[5, 7, 1], [5, 1, 9], [4, 6, 33], [40, 70, 65], [300, 64, 1]])
  func reference(shape: [Int]) throws {
    let range = -0.5...0.8
    let plain = outputs(shape)
    // Units side by side, positions side by side, neither, and every other sample.
    let layouts = [
      plain, plain.transposed().contiguous().transposed(),
      plain.transposed(0, 2).contiguous().transposed(0, 2),
      Tensor.stacked([plain, plain]).transposed(0, 1).selected(1, along: 1),
    ]
    for units in layouts {
      #expect(units.shape == shape)
      expectOperators(try #require(UnitStatistics(of: units, range: range)), units, range)
    }
  }

  /// In a process of its own: the number of threads is the process's.
  @Test("the numbers are the same to the bit for any number of threads")
  func threads() async {
    await #expect(processExitsWith: .success) {
      let units = UnitStatisticsTests().outputs([64, 48, 100])
      let found = try [1, 2, 3].map { count in
        Torch.threads = count
        let found = try #require(UnitStatistics(of: units))
        return [found.rootMeanSquare, found.spread, found.zeroShare]
      }
      #expect(Set(found).count == 1)
    }
  }

  @Test("a single value has no spread, and what is no number shows")
  func edges() throws {
    #expect(try #require(UnitStatistics(of: Tensor.ones([1, 4, 1]))).spread.isNaN)
    let spoiled = Tensor([1, Float.nan, 0, 2], shape: [2, 2, 1])
    let found = try #require(UnitStatistics(of: spoiled))
    #expect(found.rootMeanSquare.isNaN && found.spread.isNaN)
    #expect(found.zeroShare == 0.25)
    #expect(UnitStatistics(of: Tensor.ones([2, 2])) == nil)
    #expect(UnitStatistics(of: Tensor.ones([2, 2, 2], dtype: .float64)) == nil)
    #expect(UnitStatistics(of: Tensor.ones([0, 2, 2])) == nil)
  }
}
