import Testing

@testable import HoneTensor

struct CopiedValuesTests {
  private func randomTensor(_ shape: [Int]) -> Tensor {
    Tensor.normal(shape, using: RandomSource(seed: 7))
  }

  @Test("copies are those of the moment, whatever the tensors become", arguments: [3, 70_000])
  func moments(_ count: Int) {
    let values = [
      randomTensor([count]), randomTensor([2, 5]), randomTensor([4, 6]).transposed(0, 1),
    ]
    var copies = CopiedValues()
    copies.take(values)
    let first = copies.tensors
    for _ in 0..<2 {
      let expected = values.map { $0.hostTensor() }
      #expect(copies.tensors.map { $0.hostTensor() } == expected)
      withoutGradients { for value in values { ATen.mul__Scalar(value, other: 2) } }
      #expect(copies.tensors.map { $0.hostTensor() } == expected)
      copies.take(values)
    }
    // The first copies' memory holds the last ones.
    #expect(first.map { $0.hostTensor() } == values.map { $0.hostTensor() })
  }

  @Test("other shapes, types and numbers of tensors get memory of their own")
  func others() {
    var copies = CopiedValues()
    let lists: [[Tensor]] = [
      [], [randomTensor([3])], [randomTensor([4])], [randomTensor([4]).cast(to: .float64)],
      [randomTensor([4]), randomTensor([2])],
      [randomTensor([4]), randomTensor([2]).cast(to: .float64)],
    ]
    for values in lists {
      copies.take(values)
      #expect(copies.tensors.map { $0.hostTensor() } == values.map { $0.hostTensor() })
    }
  }
}
