import HoneNN
import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

struct BatchNormTests {
  /// One forward and backward pass, and what it left in the layer.
  private func results(
    _ shape: [Int], kernel: BatchNorm.Kernel, _ way: Way, dtype: DType = .float32
  ) throws -> [Tensor] {
    let layer = BatchNorm(features: shape[1])
    layer.kernel = kernel
    layer.isTraining = way.trains
    layer.weight?.assign(randomTensor([shape[1]], seed: 3) + 1.5)
    layer.bias?.assign(randomTensor([shape[1]], seed: 4))
    layer.runningMean?.assign(randomTensor([shape[1]], seed: 5))
    layer.runningVariance?.assign(randomTensor([shape[1]], seed: 6).squared() + 0.5)
    let input = (randomTensor(shape) * 3 + 2).innerChannels.cast(to: dtype).requiringGradient()
    let added = randomTensor(shape, seed: 7).innerChannels.cast(to: dtype).requiringGradient()
    let output =
      way.rectifies
      ? layer.rectified(input, adding: way.adds ? added : nil)
      : layer(input)
    output.backward(randomTensor(shape, seed: 8).cast(to: dtype))
    var tensors = [output.detached(), try #require(input.gradient)]
    if way.adds { tensors.append(try #require(added.gradient)) }
    tensors += try layer.parameters.map { try #require($0.gradient) }
    return tensors + layer.namedBuffers.map(\.buffer.value)
  }

  enum Way: String, CaseIterable {
    case plain, rectified, withShortcut, evaluating, evaluatingWithShortcut
    var trains: Bool { self != .evaluating && self != .evaluatingWithShortcut }
    var rectifies: Bool { self != .plain && self != .evaluating }
    var adds: Bool { self == .withShortcut || self == .evaluatingWithShortcut }
  }

  private static let shapes = [
    [8, 16, 9, 7], [33, 5], [2, 300], [130, 256], [3, 3, 5, 4], [2, 8, 3, 4, 5], [1, 1, 64, 1],
  ]

  @Test("its own passes and libtorch's operators agree", arguments: shapes, Way.allCases)
  func kernels(_ shape: [Int], _ way: Way) throws {
    let own = try results(shape, kernel: .automatic, way)
    let standard = try results(shape, kernel: .standard, way)
    // In float32; with two values per channel the backward pass takes nearly all of its input away.
    let tolerance = shape[0] == 2 && shape.count == 2 ? 1e-2 : 1e-4
    for (a, b) in zip(own, standard) {
      #expect(a.shape == b.shape && a.dtype == b.dtype)
      #expect(a.isClose(to: b, relative: tolerance, absolute: tolerance))
    }
  }

  @Test(
    "in bf16 its passes are nearer to float32 than libtorch's operators", arguments: Way.allCases)
  func brainFloats(_ way: Way) throws {
    let shape = [16, 24, 6, 6]
    let exact = try results(shape, kernel: .standard, way)
    let own = try results(shape, kernel: .automatic, way, dtype: .bfloat16)
    let standard = try results(shape, kernel: .standard, way, dtype: .bfloat16)
    func distance(_ tensors: [Tensor]) -> Double {
      zip(tensors, exact).map { a, b -> Double in
        let difference = a.cast(to: .float32) - b
        let size: Double = b.cast(to: .float32).squared().mean().item()
        return difference.squared().mean().item() / max(size, 1e-12)
      }.reduce(0, +)
    }
    #expect(own[0].dtype == .bfloat16)
    #expect(distance(own) <= distance(standard) * 1.05)
    #expect(distance(own) < 1e-2)
  }

  /// In a process of its own: the number of threads is the process's.
  @Test("the number of threads changes nothing")
  func threads() async {
    await #expect(processExitsWith: .success) {
      let tests = BatchNormTests()
      func values(_ threads: Int, _ shape: [Int], _ dtype: DType) throws -> [[Float]] {
        Torch.threads = threads
        return try tests.results(shape, kernel: .automatic, .withShortcut, dtype: dtype)
          .map { $0.cast(to: .float32).floats }
      }
      // Several blocks that threads share, and rows that fill none.
      for shape in [[16, 24, 21, 17], [1030, 256], [700, 3]] {
        for dtype in [DType.float32, .bfloat16] {
          let alone = try values(1, shape, dtype)
          #expect(try values(2, shape, dtype) == alone)
          #expect(try values(5, shape, dtype) == alone)
        }
      }
    }
  }

  @Test("its gradients can be differentiated again", arguments: [true, false])
  func twice(trains: Bool) throws {
    func second(_ kernel: BatchNorm.Kernel) throws -> Tensor {
      let layer = BatchNorm(features: 6)
      layer.kernel = kernel
      layer.isTraining = trains
      let input = randomTensor([12, 6]).requiringGradient()
      let loss = (layer.rectified(input) * randomTensor([12, 6], seed: 2)).squared().sum()
      let first = gradients(of: loss, withRespectTo: [input], createGraph: true)[0]
      return gradients(of: first.squared().sum(), withRespectTo: [input])[0]
    }
    let (own, standard) = (try second(.automatic), try second(.standard))
    #expect(own.isClose(to: standard, relative: 1e-3, absolute: 1e-3))
  }

  @Test("a rectifier behind it in a sequence runs with it, and changes nothing else")
  func sequence() throws {
    let norm = BatchNorm(features: 5)
    let model = Sequential([norm, ReLU(), norm])
    let input = randomTensor([9, 5])
    let own = model(input)
    norm.kernel = .standard
    #expect(own.isClose(to: model(input), relative: 1e-5, absolute: 1e-5))
    #expect(norm.batchCount?.value.item() == 4)
  }

  @Test("a mean far from zero costs no accuracy")
  func offset() {
    let noise = randomTensor([4096, 3])
    let layer = BatchNorm(features: 3)
    let near = layer(noise)
    let far = layer(noise * 1024 + 524_288)
    // The input itself is rounded to 1/16 of 1024.
    #expect(near.isClose(to: far, relative: 1e-3, absolute: 1e-3))
  }
}

extension Tensor {
  /// With the channels innermost in memory, as convolutions leave it.
  fileprivate var innerChannels: Tensor {
    shape.count == 4 ? contiguous(.channelsLast) : self
  }
}
