import HoneNN
import HoneNumerics
import HoneTensor
import Testing

/// Dropout and cross-entropy by kernels of our own, beside libtorch's operators.
struct KernelTests {
  @Test("dropout keeps the mean, and its share of elements", arguments: [0.1, 0.5, 0.9])
  func share(_ probability: Double) {
    let count = 200_000
    let output = withRandomSource(RandomSource(seed: 4)) {
      Dropout(probability: probability)(Tensor.ones([count]))
    }
    let kept = output.floats.filter { $0 != 0 }
    let deviation = (probability * (1 - probability) / Double(count)).squareRoot()
    #expect(abs(Double(kept.count) / Double(count) - (1 - probability)) < 5 * deviation)
    #expect(kept.allSatisfy { abs(Double($0) - 1 / (1 - probability)) < 1e-5 })
  }

  @Test("what dropout keeps is independent between elements, and between seeds")
  func independence() {
    let count = 100_000
    func draw(_ seed: UInt64) -> [Float] {
      withRandomSource(RandomSource(seed: seed)) { Dropout()(Tensor.ones([count])) }.floats
    }
    let (first, second) = (draw(1), draw(2))
    // Correlations of independent draws deviate by 1/√count.
    func correlation(_ a: [Float], _ b: [Float]) -> Double {
      zip(a, b).reduce(0) { $0 + Double(($1.0 - 1) * ($1.1 - 1)) } / Double(count)
    }
    let bound = 5 / Double(count).squareRoot()
    for distance in [1, 2, 3, 16, 64, 128, 256, 4096] {
      #expect(abs(correlation(first, Array(first.dropFirst(distance)))) < bound)
    }
    #expect(abs(correlation(first, second)) < bound)
  }

  @Test(
    "the gradient of dropout is that of its mask, once and twice",
    arguments: [DType.float32, .bfloat16, .float64])
  func gradient(_ dtype: DType) {
    let input = randomTensor([30, 20]).cast(to: dtype).requiringGradient()
    let layer = Dropout(probability: 0.4)
    func once(_ input: Tensor) -> Tensor {
      withRandomSource(RandomSource(seed: 3)) { layer(input) }
    }
    let mask = once(Tensor.ones([30, 20]).cast(to: dtype))
    let output = once(input)
    let weight = randomTensor([20, 30], seed: 2).cast(to: dtype).transposed(0, 1)
    let slope = gradients(
      of: (output * output).sum(), withRespectTo: [input], createGraph: true)[0]
    let tolerance = dtype == .bfloat16 ? 0.05 : 1e-5
    #expect(output.isClose(to: input * mask, relative: tolerance, absolute: tolerance))
    #expect(slope.isClose(to: input * mask * mask * 2, relative: tolerance, absolute: tolerance))
    let second = gradients(of: (slope * weight).sum(), withRespectTo: [input])[0]
    #expect(second.isClose(to: mask * mask * weight * 2, relative: tolerance, absolute: tolerance))
    output.backward(weight)
    let gradient = input.gradient ?? .zeros([])
    #expect(gradient.isClose(to: weight * mask, relative: tolerance, absolute: tolerance))
  }

  @Test("what is dropped depends on neither the order in memory nor the number of threads")
  func places() async {
    /// The same values with the channels innermost in memory.
    func inner(_ values: Tensor) -> Tensor {
      let axes = Array(2..<values.rank)
      let back = [0, values.rank - 1] + axes.map { $0 - 1 }
      return values.permuted([0] + axes + [1]).contiguous().permuted(back)
    }
    for shape in [[3, 8, 6, 5], [2, 70, 40, 40], [1, 5, 7, 3], [4, 1, 6, 6], [2, 3, 4, 5, 6]] {
      let weight = inner(randomTensor(shape, seed: 2))
      func pass(_ input: Tensor) -> [Float] {
        let leaf = input.requiringGradient()
        let output = withRandomSource(RandomSource(seed: 3)) { Dropout(probability: 0.4)(leaf) }
        output.backward(weight)
        return output.floats + (leaf.gradient?.floats ?? [])
      }
      let input = randomTensor(shape)
      let plain = pass(input)
      #expect(pass(inner(input)) == plain)
      #expect(pass(input.transposed(1, 3).contiguous().transposed(1, 3)) == plain)
    }
    // In a process of its own: the number of threads is the process's.
    await #expect(processExitsWith: .success) {
      func draw(_ threads: Int, _ format: MemoryFormat) -> [Float] {
        Torch.threads = threads
        return withRandomSource(RandomSource(seed: 3)) {
          Dropout(probability: 0.4)(Tensor.ones([4, 50, 37, 41]).contiguous(format)).floats
        }
      }
      let alone = draw(1, .contiguous)
      #expect(draw(3, .contiguous) == alone && draw(3, .channelsLast) == alone)
    }
  }

  @Test("dropout draws the same by either kernel", arguments: [DType.float32, .bfloat16])
  func standard(_ dtype: DType) {
    let input = randomTensor([4, 8, 6, 5]).contiguous(.channelsLast).cast(to: dtype)
    func draw() -> Tensor {
      withRandomSource(RandomSource(seed: 3)) { Dropout(probability: 0.4)(input) }
    }
    let (own, other) = (draw(), withStandardKernels { draw() })
    #expect(own.isClose(to: other, relative: 0.01, absolute: 1e-6))
    #expect(own.isContiguous(.channelsLast))
  }

  @Test(
    "cross-entropy and its gradient are libtorch's", arguments: [2, 10, 37, 1000], [0, 0.1])
  func crossEntropy(classes: Int, smoothing: Double) {
    let rows = 57
    var stream = RandomStream(seed: 1, "labels")
    var labels = (0..<rows).map { _ in Int64(stream.index(below: classes)) }
    labels[3] = -100
    func pass(_ way: (() -> Tensor) -> Tensor) -> (Tensor, Tensor) {
      let output = (randomTensor([rows, classes]) * 8).requiringGradient()
      let loss = way { Loss.crossEntropy(labelSmoothing: smoothing)(output, Tensor(labels)) }
      (loss * 3).backward()
      return (loss.detached(), output.gradient ?? .zeros([]))
    }
    let own = pass { $0() }
    let standard = pass { run in withStandardKernels(run) }
    #expect(own.0.isClose(to: standard.0, relative: 1e-5, absolute: 1e-6))
    #expect(own.1.isClose(to: standard.1, relative: 1e-4, absolute: 1e-6))
  }

  @Test("logits far apart give a finite loss")
  func farApart() {
    let output = Tensor([Float(1e4), -1e4, 0, -3e4]).reshaped([2, 2]).requiringGradient()
    let loss = Loss.crossEntropy()(output, Tensor([Int64(1), 0]))
    loss.backward()
    #expect(abs(loss.item() - 1e4) < 1)
    #expect(output.gradient?.floats == [0.5, -0.5, 0, 0])
    let spoiled = Loss.crossEntropy()(Tensor([Float.nan, 1]).reshaped([1, 2]), Tensor([Int64(0)]))
    #expect(spoiled.item().isNaN)
  }

  @Test("the gradient of cross-entropy can be differentiated again")
  func curvature() {
    func second(_ way: (() -> Tensor) -> Tensor) -> Tensor {
      let output = randomTensor([7, 4]).requiringGradient()
      let labels = Tensor([Int64(0), 1, 2, 3, -100, 1, 0])
      let loss = way { Loss.crossEntropy(labelSmoothing: 0.1)(output, labels) }
      let first = gradients(of: loss, withRespectTo: [output], createGraph: true)[0]
      return gradients(of: (first * randomTensor([7, 4], seed: 2)).sum(), withRespectTo: [output])[
        0]
    }
    let (own, standard) = (second { $0() }, second { run in withStandardKernels(run) })
    #expect(own.isClose(to: standard, relative: 1e-4, absolute: 1e-6))
  }

  @Test("a label that is no class is refused")
  func outOfBounds() {
    let error = #expect(throws: TorchError.self) {
      try catchingTorchErrors { Loss.crossEntropy()(randomTensor([2, 3]), Tensor([Int64(0), 3])) }
    }
    #expect(error?.kind == .index && error?.message.contains("out of bounds") == true)
  }
}
