import HoneTensor
import Testing

@Suite struct SpoiledNumbersTests {
  @Test("the first operation that gives NaN is found, with the last watched tensor before it")
  func found() throws {
    let first = Tensor([1, 2] as [Float], shape: [2])
    let second = Tensor([-1, 2] as [Float], shape: [2])
    let operation = firstSpoilingOperation(among: [first, second]) {
      let sum = first + first
      let root = ATen.sqrt(second)
      _ = ATen.log(sum * root)
    }
    #expect(operation?.name == "aten::sqrt")
    #expect(operation?.mark == 1)
  }

  @Test("plus infinity counts, minus infinity, numbers and memory that nobody wrote do not")
  func kinds() {
    let zero = Tensor([0, 1] as [Float], shape: [2])
    #expect(firstSpoilingOperation(among: []) { _ = ATen.reciprocal(zero) }?.mark == nil)
    #expect(
      firstSpoilingOperation(among: []) { _ = ATen.reciprocal(zero) }?.name == "aten::reciprocal")
    #expect(firstSpoilingOperation(among: [zero]) { _ = ATen.log(zero) } == nil)
    #expect(firstSpoilingOperation(among: [zero]) { _ = zero + zero } == nil)
  }

  @Test("a watch ends with its closure")
  func ends() {
    let negative = Tensor([-1] as [Float], shape: [1])
    #expect(firstSpoilingOperation(among: []) {} == nil)
    _ = ATen.sqrt(negative)
    #expect(firstSpoilingOperation(among: []) {} == nil)
  }
}
