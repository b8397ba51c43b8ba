import HoneNN
import HoneNumerics
import HoneTensor
import Testing

struct Conv2dWhiteningTests {
  /// Images whose neighbours look alike and whose channels differ in brightness.
  private func images() -> Tensor {
    let noise = randomTensor([64, 3, 12, 12])
    let smooth = noise + noise.sliced(0..<12, along: 2).flipped(along: [2]) * 0.5
    let scales = Tensor([Float(1), 3, 0.3], shape: [1, 3, 1, 1])
    return smooth * scales
  }

  private func convolution(outputs: Int, kernel: Int = 2) -> Conv2d {
    var stream = testStream()
    return Conv2d(inputs: 3, outputs: outputs, kernel: kernel, using: &stream)
  }

  @Test(
    "answers have a mean square of one and are not correlated, the second half is the first's negative"
  )
  func whitens() {
    let layer = convolution(outputs: 24)
    let images = images()
    layer.whiten(by: images, regularization: 0)
    let answers = layer(images).detached().transposed(0, 1).reshaped([24, -1])
    let first = answers.sliced(0..<12, along: 0)
    let products = first.multiplied(by: first.transposed()) / Scalar(first.shape[1])
    #expect(products.isClose(to: ATen.eye(12), relative: 0, absolute: 2e-3))
    #expect((first + answers.sliced(12..<24, along: 0)).absolute().maximum().item() < 1e-5)
    #expect(layer.bias?.value.detached().absolute().maximum().item() == 0)
  }

  @Test("fewer outputs keep the largest directions, and what is added keeps noise small")
  func largest() {
    let images = images()
    let whole = convolution(outputs: 54, kernel: 3)
    whole.whiten(by: images)
    let part = convolution(outputs: 10, kernel: 3)
    part.whiten(by: images)
    let (all, few) = (whole.weight.value.detached(), part.weight.value.detached())
    #expect(few[0..<5].isClose(to: all[0..<5]) && few[5..<10].isClose(to: all[27..<32]))
    let damped = convolution(outputs: 54, kernel: 3)
    damped.whiten(by: images, regularization: 100)
    #expect(damped(images).detached().squared().mean().item() < 0.1)
  }
}
