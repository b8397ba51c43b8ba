import HoneNN
import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

/// Answers of dense layers for a few rows, and layer by layer.
struct DenseRowsTests {
  private func perceptron(_ inputs: Int, _ hidden: Int, isNormalized: Bool) -> Sequential {
    var stream = testStream()
    let norm = BatchNorm(features: hidden)
    norm.weight?.assign(randomTensor([hidden], seed: 3) + 1.5)
    norm.bias?.assign(randomTensor([hidden], seed: 4))
    norm.runningMean?.assign(randomTensor([hidden], seed: 5))
    norm.runningVariance?.assign(randomTensor([hidden], seed: 6).squared() + 0.5)
    let model = Sequential {
      Linear(inputs: inputs, outputs: hidden, bias: !isNormalized, using: &stream)
      if isNormalized { norm }
      ReLU()
      Dropout(probability: 0.3)
      Linear(inputs: hidden, outputs: 7, using: &stream)
    }
    model.evaluate()
    return model
  }

  /// Inputs and hidden features: fewer than a vector holds, some that fill none whole, and enough for
  /// several threads.
  private static let extents = [[3, 5], [16, 64], [81, 130], [784, 256], [1, 1], [300, 900]]

  @Test(
    "few rows get the answers that the layers give one by one", arguments: 1...6, extents)
  func agrees(rows: Int, extents: [Int]) {
    for isNormalized in [false, true] {
      let model = perceptron(extents[0], extents[1], isNormalized: isNormalized)
      let input = randomTensor([rows, extents[0]]) * 2 + 0.5
      let own = withoutGradients { model(input) }
      let standard = withStandardKernels { withoutGradients { model(input) } }
      #expect(own.shape == [rows, 7])
      #expect(own.isClose(to: standard, relative: 1e-4, absolute: 1e-4))
    }
  }

  @Test("rows that do not lie one after another get the same answers")
  func strides() {
    let model = perceptron(40, 30, isNormalized: true)
    let input = randomTensor([40, 3]).transposed(0, 1)
    let (own, copied) = withoutGradients { (model(input), model(input.contiguous())) }
    #expect(own.hostTensor() == copied.hostTensor())
  }

  @Test("a single row has a gradient where one is wanted")
  func gradient() {
    let model = perceptron(12, 9, isNormalized: true)
    let input = randomTensor([1, 12]).requiringGradient()
    model(input).sum().backward()
    let standard = randomTensor([1, 12]).requiringGradient()
    withStandardKernels { model(standard).sum().backward() }
    let (own, other) = (input.gradient ?? .zeros([]), standard.gradient ?? .ones([]))
    #expect(own.isClose(to: other, relative: 1e-4, absolute: 1e-5))
  }

  /// In a process of its own: the number of threads is the process's.
  @Test("the number of threads changes nothing")
  func threads() async {
    await #expect(processExitsWith: .success) {
      let model = DenseRowsTests().perceptron(900, 700, isNormalized: true)
      let input = randomTensor([2, 900])
      func answers(_ threads: Int) -> [Float] {
        Torch.threads = threads
        return withoutGradients { model(input) }.floats
      }
      let alone = answers(1)
      #expect(answers(2) == alone && answers(5) == alone)
    }
  }
}
