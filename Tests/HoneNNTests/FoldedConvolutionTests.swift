import HoneNN
import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

/// A convolution and the normalization behind it, as one convolution and one after the other.
struct FoldedConvolutionTests {
  struct Shape: Sendable {
    var inputs = 6
    var outputs = 10
    var kernel = 3
    var stride = 1
    var padding = 1
    var groups = 1
    var bias = false
  }

  private func layers(_ shape: Shape) -> (convolution: Conv2d, norm: BatchNorm) {
    var stream = testStream()
    let convolution = Conv2d(
      inputs: shape.inputs, outputs: shape.outputs, kernel: shape.kernel, stride: shape.stride,
      padding: .amounts([shape.padding, shape.padding]), groups: shape.groups, bias: shape.bias,
      using: &stream)
    let norm = BatchNorm(features: shape.outputs)
    norm.weight?.assign(randomTensor([shape.outputs], seed: 3) + 1.5)
    norm.bias?.assign(randomTensor([shape.outputs], seed: 4))
    norm.runningMean?.assign(randomTensor([shape.outputs], seed: 5))
    norm.runningVariance?.assign(randomTensor([shape.outputs], seed: 6).squared() + 0.5)
    norm.evaluate()
    return (convolution, norm)
  }

  @Test(
    "both give the same",
    arguments: [
      Shape(), Shape(kernel: 1, padding: 0, bias: true), Shape(stride: 2),
      Shape(outputs: 12, groups: 6),
      Shape(inputs: 3, outputs: 16, kernel: 7, stride: 2, padding: 3),
      Shape(inputs: 16, outputs: 16), Shape(inputs: 40, outputs: 32, stride: 2, bias: true),
      Shape(inputs: 17, outputs: 64, kernel: 1, stride: 2, padding: 0),
      Shape(inputs: 32, outputs: 80, kernel: 5, padding: 2),
    ], [MemoryFormat.contiguous, .channelsLast])
  func agrees(_ shape: Shape, _ format: MemoryFormat) {
    let (convolution, norm) = layers(shape)
    // Up to four images have kernels of their own; widths that fill whole tiles, and others.
    for size in [(2, 12), (5, 12), (1, 9), (4, 4), (1, 37)] {
      let input = randomTensor([size.0, shape.inputs, size.1, size.1]).contiguous(format)
      for (rectified, adds) in [(false, false), (true, false), (true, true), (false, true)] {
        withoutGradients {
          let plain = withStandardKernels { norm(convolution(input)) }
          let added = adds ? randomTensor(plain.shape, seed: 2) : nil
          let sum = added.map { plain + $0 } ?? plain
          let expected = rectified ? Activation.relu(sum) : sum
          let own = convolution.normalized(input, by: norm, rectified: rectified, adding: added)
          #expect(own.isClose(to: expected, relative: 1e-4, absolute: 1e-4))
        }
      }
    }
  }

  @Test("changed weights and statistics, and other normalizations, are noticed")
  func changes() {
    let (convolution, norm) = layers(Shape())
    let other = layers(Shape()).norm
    other.bias?.assign(Tensor.ones([10]))
    let input = randomTensor([2, 6, 8, 8]).contiguous(.channelsLast)
    func check(_ norm: BatchNorm) {
      withoutGradients {
        let own = convolution.normalized(input, by: norm)
        let plain = withStandardKernels { norm(convolution(input)) }
        #expect(own.isClose(to: plain, relative: 1e-4, absolute: 1e-4))
      }
    }
    check(norm)
    convolution.weight.assign(randomTensor([10, 6, 3, 3], seed: 12))
    check(norm)
    norm.isTraining = true
    _ = norm(convolution(input))
    norm.isTraining = false
    check(norm)
    check(other)
    check(norm)
  }

  @Test("who looks into the layers is shown them, and changes nothing")
  func observed() {
    let (convolution, norm) = layers(Shape())
    let input = randomTensor([2, 6, 8, 8]).contiguous(.channelsLast)
    func evaluated() -> Tensor {
      withoutGradients { convolution.normalized(input, by: norm, rectified: true) }
    }
    let alone = evaluated()
    let (output, trace) = LayerTrace.recording { evaluated() }
    #expect(output.isIdentical(to: alone))
    #expect(trace.events.map(\.kind) == ["weighted", "batchNorm", "relu"])
    let last = trace.events.last?.output ?? .zeros([])
    #expect(last.isClose(to: alone, relative: 1e-4, absolute: 1e-4))
    var seen = 0
    convolution.outputObserver = { _ in seen += 1 }
    #expect(evaluated().isIdentical(to: alone) && seen == 1)
  }

  @Test("a batch gives the same, whatever batches were evaluated before")
  func history() {
    let (convolution, norm) = layers(Shape())
    let inputs = [1, 64, 5].map { randomTensor([$0, 6, 12, 12]).contiguous(.channelsLast) }
    func evaluated(_ input: Tensor) -> Tensor {
      withoutGradients { convolution.normalized(input, by: norm, rectified: true) }
    }
    let first = inputs.map(evaluated)
    for (input, output) in zip(inputs, first).reversed() {
      #expect(evaluated(input).isIdentical(to: output))
    }
  }

  @Test("in training and where gradients are recorded, the layers run one after the other")
  func training() {
    let (convolution, norm) = layers(Shape())
    let input = randomTensor([2, 6, 8, 8])
    convolution.normalized(input, by: norm, rectified: true).sum().backward()
    #expect(convolution.weight.gradient != nil && norm.weight?.gradient != nil)
    norm.isTraining = true
    let mean = norm.runningMean?.value.floats
    _ = withoutGradients { convolution.normalized(input, by: norm) }
    #expect(norm.runningMean?.value.floats != mean)
  }
}
