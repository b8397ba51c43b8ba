import HoneNN
import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

/// The gradient of a convolution's weight, by Hone's kernel and by libtorch's.
struct ConvolutionGradientTests {
  struct Shape: Sendable {
    var images = 9
    var inputs = 32
    var outputs = 16
    var kernel = [3, 3]
    var stride = 1
    var padding = [1, 1]
    var extent = [7, 6]
    var bias = false
  }

  private static let shapes = [
    Shape(), Shape(images: 17, outputs: 48, extent: [5, 9], bias: true),
    Shape(stride: 2), Shape(inputs: 40, stride: 2, extent: [8, 13]),
    Shape(kernel: [1, 1], padding: [0, 0]), Shape(kernel: [1, 1], stride: 2, padding: [0, 0]),
    Shape(kernel: [1, 3], padding: [0, 1]), Shape(kernel: [3, 1], padding: [1, 0]),
    Shape(kernel: [5, 5], padding: [0, 2]), Shape(kernel: [3, 3], padding: [2, 2]),
    Shape(inputs: 64, outputs: 64, extent: [2, 2]), Shape(inputs: 64, extent: [1, 1]),
    // More rows than are packed at once.
    Shape(images: 8, inputs: 64, extent: [60, 41]),
  ]

  /// Output and gradients for input, weight and shift.
  private func results(_ shape: Shape, _ type: DType) -> [Tensor] {
    var stream = testStream()
    let layer = Conv2d(
      inputs: shape.inputs, outputs: shape.outputs, kernel: shape.kernel, stride: shape.stride,
      padding: .amounts(shape.padding), bias: shape.bias, using: &stream)
    layer.arrange(.channelsLast)
    let input = randomTensor([shape.images, shape.inputs] + shape.extent)
      .contiguous(.channelsLast).requiringGradient()
    let output =
      type == .bfloat16
      ? withAutocast(.bfloat16, on: .cpu) { layer(input) } : layer(input)
    (output.cast(to: .float32) * randomTensor(output.shape, seed: 2)).sum().backward()
    return [output, input.gradient, layer.weight.value.gradient, layer.bias?.value.gradient]
      .compactMap { $0?.cast(to: .float32) }
  }

  @Test("both are the same", arguments: shapes, [DType.float32, .bfloat16])
  func agrees(_ shape: Shape, _ type: DType) {
    let own = results(shape, type)
    let expected = withStandardKernels { results(shape, type) }
    #expect(own.count == expected.count)
    // Both round the gradient of a weight in bfloat16 to 8 bits.
    let tolerance = type == .bfloat16 ? 1e-2 : 1e-4
    for (own, expected) in zip(own, expected) {
      let size: Double = expected.squared().mean().item()
      #expect(
        own.isClose(
          to: expected, relative: tolerance, absolute: tolerance * size.squareRoot()))
    }
  }

  /// In a process of its own: the number of threads is the process's.
  @Test("the number of threads changes nothing")
  func threads() async {
    await #expect(processExitsWith: .success) {
      let tests = ConvolutionGradientTests()
      func values(_ threads: Int, _ type: DType) -> [Float] {
        Torch.threads = threads
        return tests.results(Shape(images: 21, inputs: 64, outputs: 32), type)[2].floats
      }
      for type in [DType.float32, .bfloat16] {
        let alone = values(1, type)
        #expect(values(2, type) == alone)
        #expect(values(5, type) == alone)
      }
    }
  }

  @Test("gradients can be differentiated again")
  func twice() {
    func second() -> [Tensor] {
      var stream = testStream()
      let layer = Conv2d(inputs: 32, outputs: 16, kernel: 3, padding: 1, using: &stream)
      layer.arrange(.channelsLast)
      let weight = layer.weight.value
      let input = randomTensor([8, 32, 6, 5]).contiguous(.channelsLast).requiringGradient()
      let first = gradients(
        of: layer(input).squared().sum(), withRespectTo: [input, weight], createGraph: true)
      let sum = first[0].squared().sum() + first[1].squared().sum()
      return gradients(of: sum, withRespectTo: [input, weight])
    }
    for (own, expected) in zip(second(), withStandardKernels { second() }) {
      let scale: Double = expected.squared().mean().item()
      #expect(own.isClose(to: expected, relative: 1e-3, absolute: 1e-4 * scale.squareRoot()))
    }
  }

  @Test("an input that needs no gradient gets none, and the weight its own")
  func first() {
    func gradient() -> Tensor? {
      var stream = testStream()
      let layer = Conv2d(inputs: 32, outputs: 16, kernel: 3, padding: 1, using: &stream)
      layer.arrange(.channelsLast)
      let input = randomTensor([8, 32, 6, 5]).contiguous(.channelsLast)
      layer(input).squared().sum().backward()
      #expect(input.gradient == nil)
      return layer.weight.value.gradient
    }
    let own = gradient()
    let expected = withStandardKernels { gradient() }
    #expect(own != nil && expected != nil)
    guard let own, let expected else { return }
    let scale: Double = expected.squared().mean().item()
    #expect(own.isClose(to: expected, relative: 1e-4, absolute: 1e-5 * scale.squareRoot()))
  }
}
