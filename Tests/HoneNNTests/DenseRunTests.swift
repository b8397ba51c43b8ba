import HoneNN
import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

/// Linear maps with what follows them, as one node and layer by layer.
struct DenseRunTests {
  /// What stands behind a linear map.
  enum Kind: String, CaseIterable, Sendable {
    case norm, rectifier, normRectifier, rectifierDropout, all, allBiased, evaluating, frozenNorm

    var hasNorm: Bool { self != .rectifier && self != .rectifierDropout }
    var rectifies: Bool { self != .norm }
    var drops: Bool {
      self == .rectifierDropout || self == .all || self == .allBiased || self == .evaluating
    }
    var hasBias: Bool { self != .all && self != .evaluating }
  }

  private func model(_ kind: Kind, _ shape: [Int]) -> Sequential {
    var stream = testStream()
    let linear = Linear(inputs: shape[1], outputs: shape[2], bias: kind.hasBias, using: &stream)
    linear.bias?.assign(randomTensor([shape[2]], seed: 9))
    let norm = BatchNorm(features: shape[2])
    norm.weight?.assign(randomTensor([shape[2]], seed: 3) + 1.5)
    norm.bias?.assign(randomTensor([shape[2]], seed: 4))
    norm.runningMean?.assign(randomTensor([shape[2]], seed: 5))
    norm.runningVariance?.assign(randomTensor([shape[2]], seed: 6).squared() + 0.5)
    if kind == .frozenNorm {
      for parameter in norm.parameters { parameter.isTrainable = false }
    }
    let model = Sequential {
      linear
      if kind.hasNorm { norm }
      if kind.rectifies { ReLU() }
      if kind.drops { Dropout(probability: 0.3) }
    }
    if kind == .evaluating { model.evaluate() }
    return model
  }

  /// Where products go through tiles of our own, `PanelProductTests` compares them.
  @Test(
    "a linear map alone is libtorch's own product, bit for bit",
    .enabled(if: !Tensor.trainsFastLinear), arguments: [true, false])
  func product(_ bias: Bool) {
    var stream = RandomStream(seed: 8, "products")
    for _ in 0..<20 {
      let extents = (0..<3).map { _ in 1 + stream.index(below: 90) }
      let linear = Linear(inputs: extents[1], outputs: extents[2], bias: bias, using: &stream)
      linear.bias?.assign(randomTensor([extents[2]], seed: 9))
      let model = Sequential([linear])
      func results(_ way: (() -> Tensor) -> Tensor) -> [HostTensor?] {
        model.clearGradients()
        let input = randomTensor([extents[0], extents[1]]).requiringGradient()
        let output = way { model(input) }
        (output * output).sum().backward()
        return [
          output.hostTensor(), input.gradient?.hostTensor(), linear.weight.gradient?.hostTensor(),
        ]
      }
      #expect(results { $0() } == results { withStandardKernels($0) })
    }
  }

  /// The output, the input's gradient, those of parameters, and the statistics after a pass.
  private func results(
    _ kind: Kind, _ shape: [Int], inputDType: DType? = nil, _ way: (() -> Tensor) -> Tensor
  ) -> [Tensor] {
    let model = model(kind, shape)
    let input = (randomTensor([shape[0], shape[1]]) * 2 + 0.5).cast(to: inputDType ?? .float32)
      .requiringGradient()
    let output = way { withRandomSource(RandomSource(seed: 11)) { model(input) } }
    output.backward(randomTensor([shape[0], shape[2]], seed: 8).cast(to: output.dtype))
    return [output.detached(), input.gradient ?? .zeros([])]
      + model.parameters.filter(\.isTrainable).map { $0.gradient ?? .zeros([]) }
      + model.namedBuffers.map(\.buffer.value)
  }

  /// Rows, inputs and outputs: some that are near the blocks' bounds, and some by chance.
  private static let shapes: [[Int]] = {
    var stream = RandomStream(seed: 1, "shapes")
    let random = (0..<8).map { _ in
      [2 + stream.index(below: 200), 1 + stream.index(below: 90), 1 + stream.index(below: 90)]
    }
    return [[64, 64, 128], [33, 7, 5], [130, 20, 256], [5, 300, 1], [9, 1, 3], [700, 12, 40]]
      + random
  }()

  @Test("one node gives what the layers give one by one", arguments: Kind.allCases, shapes)
  func agrees(_ kind: Kind, _ shape: [Int]) {
    let own = results(kind, shape) { $0() }
    let standard = results(kind, shape) { run in withStandardKernels(run) }
    #expect(own.count == standard.count)
    for (index, (a, b)) in zip(own, standard).enumerated() {
      #expect(a.shape == b.shape && a.dtype == b.dtype)
      #expect(a.isClose(to: b, relative: 1e-3, absolute: 2e-3), "\(index)")
    }
  }

  /// How far results lie from exact ones, in shares of their size.
  private func distance(_ tensors: [Tensor], to exact: [Tensor]) -> Double {
    zip(tensors, exact).map { a, b -> Double in
      let difference = a.cast(to: .float32) - b.cast(to: .float32)
      let size: Double = b.cast(to: .float32).squared().mean().item()
      return difference.squared().mean().item() / max(size, 0.1)
    }.reduce(0, +)
  }

  @Test(
    "under autocast it is as near to float32 as the layers one by one", arguments: Kind.allCases)
  func autocast(_ kind: Kind) {
    let shape = [96, 48, 64]
    let exact = results(kind, shape) { run in withStandardKernels(run) }
    let own = results(kind, shape) { run in withAutocast(.bfloat16, on: .cpu, run) }
    let standard = results(kind, shape) { run in
      withStandardKernels { withAutocast(.bfloat16, on: .cpu, run) }
    }
    #expect(zip(own, standard).allSatisfy { $0.0.dtype == $0.1.dtype })
    #expect(distance(own, to: exact) <= distance(standard, to: exact) * 1.5 + 1e-5)
  }

  @Test("its gradients can be differentiated again", arguments: Kind.allCases)
  func twice(_ kind: Kind) {
    func second(_ way: (() -> Tensor) -> Tensor) -> [Tensor] {
      let model = model(kind, [12, 6, 5])
      let input = randomTensor([12, 6]).requiringGradient()
      let output = way { withRandomSource(RandomSource(seed: 2)) { model(input) } }
      let loss = (output * randomTensor([12, 5], seed: 2)).squared().sum()
      let weight = model.parameters[0].value
      let first = gradients(of: loss, withRespectTo: [input, weight], createGraph: true)
      return gradients(
        of: first[0].squared().sum() + first[1].squared().sum(), withRespectTo: [input, weight])
    }
    let own = second { $0() }
    let standard = second { run in withStandardKernels(run) }
    for (a, b) in zip(own, standard) {
      #expect(a.isClose(to: b, relative: 1e-2, absolute: 1e-2))
    }
  }

  /// A perceptron of several runs, with a plain map at the end.
  private func perceptron(_ inputs: Int, split: Bool = false) -> Sequential {
    var stream = testStream()
    let first: [any Layer<Tensor, Tensor>] = [
      Linear(inputs: inputs, outputs: 24, bias: false, using: &stream), BatchNorm(features: 24),
      ReLU(), Dropout(probability: 0.2),
    ]
    let second: [any Layer<Tensor, Tensor>] = [
      Linear(inputs: 24, outputs: 17, using: &stream), ReLU(), Dropout(probability: 0.4),
      Linear(inputs: 17, outputs: 12, using: &stream), BatchNorm(features: 12),
    ]
    let last: [any Layer<Tensor, Tensor>] = [Linear(inputs: 12, outputs: 5, using: &stream)]
    return split
      ? Sequential([Sequential(first), Sequential(second), Sequential(last)])
      : Sequential(first + second + last)
  }

  /// The output, the gradients and the statistics of a pass through a perceptron.
  private func pass(
    _ model: Sequential, _ rows: Int, _ inputs: Int, _ way: (() -> Tensor) -> Tensor
  ) -> [Tensor] {
    let input = randomTensor([rows, inputs]).requiringGradient()
    let output = way { withRandomSource(RandomSource(seed: 5)) { model(input) } }
    output.backward(randomTensor([rows, 5], seed: 8).cast(to: output.dtype))
    return [output.detached(), input.gradient ?? .zeros([])]
      + model.parameters.map { $0.gradient ?? .zeros([]) }
      + model.namedBuffers.map(\.buffer.value)
  }

  @Test(
    "runs of one after another are one node, which gives what the layers give one by one",
    arguments: [[64, 30], [3, 8], [500, 64]])
  func severalRuns(_ shape: [Int]) {
    let own = pass(perceptron(shape[1]), shape[0], shape[1]) { $0() }
    let standard = pass(perceptron(shape[1]), shape[0], shape[1]) { run in
      withStandardKernels(run)
    }
    #expect(own.count == standard.count)
    for (index, (a, b)) in zip(own, standard).enumerated() {
      #expect(a.isClose(to: b, relative: 1e-3, absolute: 2e-3), "\(index)")
    }
    // What is joined in one node does not round otherwise than in several.
    let split = pass(perceptron(shape[1], split: true), shape[0], shape[1]) { $0() }
    for (index, (a, b)) in zip(own, split).enumerated() {
      #expect(a.hostTensor() == b.hostTensor(), "\(index)")
    }
  }

  @Test("several runs under autocast are as near to float32 as the layers one by one")
  func severalRunsUnderAutocast() {
    let rows = 2000
    let exact = pass(perceptron(30), rows, 30) { run in withStandardKernels(run) }
    let own = pass(perceptron(30), rows, 30) { run in withAutocast(.bfloat16, on: .cpu, run) }
    let standard = pass(perceptron(30), rows, 30) { run in
      withStandardKernels { withAutocast(.bfloat16, on: .cpu, run) }
    }
    let split = pass(perceptron(30, split: true), rows, 30) { run in
      withAutocast(.bfloat16, on: .cpu, run)
    }
    for (index, (a, b)) in zip(own, split).enumerated() {
      #expect(a.hostTensor() == b.hostTensor(), "\(index)")
    }
    #expect(own[0].dtype == .bfloat16)
    #expect(zip(own, standard).allSatisfy { $0.0.dtype == $0.1.dtype })
    #expect(distance(own, to: exact) <= distance(standard, to: exact) * 1.5 + 1e-5)
  }

  @Test("gradients of several runs can be differentiated again")
  func severalRunsTwice() {
    func second(_ way: (() -> Tensor) -> Tensor) -> [Tensor] {
      let model = perceptron(6)
      let input = randomTensor([12, 6]).requiringGradient()
      let output = way { withRandomSource(RandomSource(seed: 2)) { model(input) } }
      let loss = (output * randomTensor([12, 5], seed: 2)).squared().sum()
      let weights = [model.parameters[0].value, model.parameters[3].value]
      let first = gradients(of: loss, withRespectTo: [input] + weights, createGraph: true)
      let sum = first.dropFirst().reduce(first[0].squared().sum()) { $0 + $1.squared().sum() }
      return gradients(of: sum, withRespectTo: [input] + weights)
    }
    for (a, b) in zip(second { $0() }, second { run in withStandardKernels(run) }) {
      #expect(a.isClose(to: b, relative: 1e-2, absolute: 1e-2))
    }
  }

  @Test("parameters that are not trained get no gradient, those above them do")
  func frozenWeights() {
    let model = perceptron(9)
    for parameter in model.parameters.dropLast(2) { parameter.isTrainable = false }
    model(randomTensor([16, 9])).sum().backward()
    #expect(model.parameters.dropLast(2).allSatisfy { $0.gradient == nil })
    #expect(model.parameters.suffix(2).allSatisfy { $0.gradient != nil })
  }

  @Test("a layer that is looked into, or wants another kernel, runs by itself")
  func stepsAside() {
    var stream = testStream()
    let linear = Linear(inputs: 4, outputs: 3, using: &stream)
    let norm = BatchNorm(features: 3)
    let model = Sequential([linear, norm, ReLU()])
    let input = randomTensor([8, 4])
    var seen: [Tensor] = []
    linear.outputObserver = { seen.append($0) }
    let watched = model(input)
    linear.outputObserver = nil
    let (traced, trace) = LayerTrace.recording { model(input) }
    linear.kernel = .standard
    let standard = model(input)
    #expect(seen.count == 1 && trace.events.map(\.kind) == ["weighted", "batchNorm", "relu"])
    for other in [watched, traced, standard] {
      #expect(other.isClose(to: model(input), relative: 1e-4, absolute: 1e-4))
    }
    #expect(norm.batchCount?.value.item() == 6)
  }

  @Test("batches of one sample are refused as by the normalization itself")
  func single() {
    let model = model(.all, [1, 4, 3])
    let error = #expect(throws: TorchError.self) {
      try catchingTorchErrors { model(randomTensor([1, 4])) }
    }
    #expect(error?.message.contains("the variance of one value is not defined") == true)
  }
}
