import HoneModels
import HoneNN
import HoneTensor
import Testing

/// Numbers and the vectors of categories by one node, and operator by operator.
struct ColumnVectorTests {
  private let layout = TabularLayout(numbers: 3, cardinalities: [5, 2, 40])

  private func rows(_ count: Int) -> Tensor {
    let numbers = Tensor.normal([count, 3], using: RandomSource(seed: 1))
    let codes = layout.cardinalities.enumerated().map { column, codes in
      (Tensor.uniform([count, 1], using: RandomSource(seed: UInt64(column + 2))) * Scalar(codes))
        .floor()
    }
    return Tensor.concatenated([numbers] + codes, along: 1)
  }

  private func embeddings() -> CategoryEmbeddings {
    var stream = RandomStream(seed: 1, "test")
    return CategoryEmbeddings(layout: layout, dropout: 0.3, using: &stream)
  }

  @Test(
    "one node gives what the operators give one by one", arguments: [true, false], [1, 64, 500])
  func agrees(trains: Bool, count: Int) {
    func results(_ way: (() -> Tensor) -> Tensor) -> [Tensor] {
      let layer = embeddings()
      if !trains { layer.evaluate() }
      let input = rows(count).requiringGradient()
      let output = way { withRandomSource(RandomSource(seed: 9)) { layer(input) } }
      output.backward(Tensor.normal(output.shape, using: RandomSource(seed: 7)))
      return [output.detached(), input.gradient ?? .zeros([])]
        + layer.parameters.map { $0.gradient ?? .zeros([]) }
    }
    let own = results { $0() }
    let standard = results { run in withStandardKernels(run) }
    #expect(own.count == standard.count)
    for (a, b) in zip(own, standard) {
      #expect(a.shape == b.shape)
      #expect(a.isClose(to: b, relative: 1e-4, absolute: 1e-5))
    }
  }

  @Test("its gradients can be differentiated again")
  func twice() {
    func second(_ way: (() -> Tensor) -> Tensor) -> Tensor {
      let layer = embeddings()
      let output = way { withRandomSource(RandomSource(seed: 9)) { layer(rows(30)) } }
      let weights = layer.parameters.map(\.value)
      let first = gradients(
        of: output.squared().sum(), withRespectTo: weights, createGraph: true)
      return gradients(
        of: first.map { $0.squared().sum() }.reduce(Tensor.zeros([])) { $0 + $1 },
        withRespectTo: [weights[2]])[0]
    }
    let (own, standard) = (second { $0() }, second { run in withStandardKernels(run) })
    #expect(own.isClose(to: standard, relative: 1e-4, absolute: 1e-4))
  }

  @Test("who looks into the layers is shown the dropout, and changes nothing")
  func observed() {
    func results(_ way: (() -> Tensor) -> Tensor) -> [Tensor] {
      let layer = embeddings()
      let source = RandomSource(seed: 9)
      let output = way { withRandomSource(source) { layer(rows(64)) } }
      output.backward(Tensor.normal(output.shape, using: RandomSource(seed: 7)))
      return [output.detached(), Tensor.uniform([3], using: source)]
        + layer.parameters.map { $0.gradient ?? .zeros([]) }
    }
    var trace: LayerTrace?
    let alone = results { $0() }
    let observed = results { run in
      let (output, found) = LayerTrace.recording(run)
      trace = found
      return output
    }
    for (a, b) in zip(observed, alone) { #expect(a.isIdentical(to: b)) }
    #expect(trace?.events.map(\.kind) == ["dropout"])
    let vectors = alone[0].sliced(3..<alone[0].shape[1], along: 1)
    #expect(trace?.events.first?.output.isIdentical(to: vectors) == true)
  }

  @Test("the vector of code 0 gets no gradient, and a frozen table none at all")
  func spared() {
    let layer = embeddings()
    layer.tables[1].weight.isTrainable = false
    let output = layer(rows(64))
    output.sum().backward()
    #expect(layer.tables[0].weight.gradient?[0].floats.allSatisfy { $0 == 0 } == true)
    #expect(layer.tables[1].weight.gradient == nil)
    #expect(layer.tables[2].weight.gradient != nil)
  }

  @Test("a code beyond its table is refused")
  func outOfRange() {
    let error = #expect(throws: TorchError.self) {
      try catchingTorchErrors { embeddings()(Tensor([Float(0), 0, 0, 5, 0, 0]).reshaped([1, 6])) }
    }
    #expect(error?.kind == .index)
  }
}
