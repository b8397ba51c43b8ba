import HoneTensor
import Testing

@testable import HoneTensor

struct TensorVersionsTests {
  @Test("a write in place, another tensor and another number of tensors are noticed")
  func changes() {
    let (first, second) = (Tensor.ones([3]), Tensor.zeros([2]))
    let versions = TensorVersions([first, second])
    #expect(versions.areCurrent([first, second]))
    #expect(!versions.areCurrent([first]))
    #expect(!versions.areCurrent([second, first]))
    // The same values elsewhere in memory are another tensor.
    #expect(!versions.areCurrent([first.clone(), second]))
    withoutGradients { ATen.add__Scalar(second, other: 1) }
    #expect(!versions.areCurrent([first, second]))
    #expect(TensorVersions([first, second]).areCurrent([first, second]))
  }
}
