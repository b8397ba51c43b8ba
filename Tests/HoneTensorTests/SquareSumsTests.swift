import HoneNumerics
import Testing

@testable import HoneTensor

struct SquareSumsTests {
  private func tensors(_ sizes: [Int], dtype: DType = .float32, seed: UInt64 = 1) -> [Tensor] {
    let source = RandomSource(seed: seed)
    return sizes.map { Tensor.normal([$0, 3], using: source).cast(to: dtype) }
  }

  @Test(
    "the sums are those of libtorch's operators in double precision",
    arguments: [DType.float32, .float64])
  func reference(dtype: DType) throws {
    // Below, at and above what is summed in one piece, and a length that fills no vector.
    let sizes = [1, 7, 10_923, 40_001]
    let (values, others) = (tensors(sizes, dtype: dtype), tensors(sizes, dtype: dtype, seed: 2))
    let sums = try #require(SquareSums(values, comparedWith: others))
    func squares(_ tensors: [Tensor]) -> Double {
      tensors.map { $0.cast(to: .float64).squared().sum().item() }.reduce(0, +)
    }
    let wanted = squares(values)
    let differences = squares(
      zip(values, others).map { $0.cast(to: .float64) - $1.cast(to: .float64) })
    let slopes = tensors(sizes, dtype: dtype, seed: 3)
    let along = try #require(SquareSums(values, comparedWith: others, along: slopes))
    let products = zip(zip(values, others), slopes).map { pair, slope -> Double in
      ((pair.0.cast(to: .float64) - pair.1.cast(to: .float64)) * slope.cast(to: .float64)).sum()
        .item()
    }.reduce(0, +)
    #expect(abs(along.products - products) < 1e-6 * max(1, abs(products)))
    #expect(along.values == sums.values && along.differences == sums.differences)
    #expect(sums.products == 0)
    #expect(abs(sums.values - wanted) < 1e-9 * wanted)
    #expect(abs(sums.differences - differences) < 1e-9 * differences)
    #expect(SquareSums(values)?.values == sums.values)
    #expect(SquareSums(values)?.differences == 0)
  }

  /// In a process of its own: the number of threads is the process's.
  @Test("the sums are the same to the bit for any number of threads")
  func threads() async {
    await #expect(processExitsWith: .success) {
      let tests = SquareSumsTests()
      let values = tests.tensors([100_000, 5, 60_000])
      let others = tests.tensors([100_000, 5, 60_000], seed: 2)
      let found = try [1, 2, 3].map { count in
        Torch.threads = count
        let sums = try #require(SquareSums(values, comparedWith: others))
        return [sums.values, sums.differences]
      }
      #expect(Set(found).count == 1)
    }
  }

  @Test("large numbers do not overflow, and what is no number shows")
  func notFinite() throws {
    let large = try #require(SquareSums([Tensor([Float(1e30), 1e30])])).values
    #expect(abs(large - 2e60) < 1e54)
    #expect(try #require(SquareSums([Tensor([1, Float.nan])])).values.isNaN)
    #expect(try #require(SquareSums([Tensor([1, Float.infinity])])).values == .infinity)
  }

  @Test("tensors that do not suit are left to libtorch")
  func unsuitable() {
    #expect(SquareSums([]) == nil)
    #expect(SquareSums([Tensor([Int64(1), 2])]) == nil)
    #expect(SquareSums([Tensor.ones([2]), Tensor.ones([2], dtype: .float64)]) == nil)
    #expect(SquareSums([Tensor.ones([2, 3])], comparedWith: [Tensor.ones([3, 2])]) == nil)
    #expect(SquareSums([Tensor.ones([4, 6]).sliced(0..<2, along: 1)]) == nil)
  }
}
