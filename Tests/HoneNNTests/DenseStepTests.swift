import HoneNN
import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

/// The step of dense layers in one call, beside the graph.
struct DenseStepTests {
  private func model(
    _ inputs: Int, _ classes: Int, norm: Bool, dropout: Double, bias: Bool = true
  ) -> Sequential {
    var stream = testStream()
    return Sequential {
      Flatten()
      Linear(inputs: inputs, outputs: 24, bias: bias, using: &stream)
      if norm { BatchNorm(features: 24) }
      ReLU()
      if dropout > 0 { Dropout(probability: dropout) }
      Sequential {
        Linear(inputs: 24, outputs: 13, using: &stream)
        ReLU()
      }
      Linear(inputs: 13, outputs: classes, using: &stream)
    }
  }

  private func labels(_ rows: Int, _ classes: Int) -> Tensor {
    Tensor(HostTensor((0..<rows).map { Int64($0 * 7 % classes) }, shape: [rows]))
  }

  /// All that a step leaves: gradients and statistics.
  private func left(in model: Sequential) -> [HostTensor?] {
    model.parameters.map { $0.gradient?.hostTensor() }
      + model.namedBuffers.map { $0.buffer.value.hostTensor() }
  }

  @Test(
    "loss, gradients and statistics are those of the graph, bit for bit",
    arguments: [true, false], [0, 0.3])
  func sameBits(_ norm: Bool, _ dropout: Double) throws {
    var stream = RandomStream(seed: 3, "dense steps")
    for _ in 0..<6 {
      let (rows, inputs) = (2 + stream.index(below: 150), 1 + stream.index(below: 80))
      let (classes, smoothing) = (
        2 + stream.index(below: 12), stream.index(below: 2) == 0 ? 0 : 0.1
      )
      let input = randomTensor([rows, 1, inputs]) * 2
      let labels = labels(rows, classes)
      let own = model(inputs, classes, norm: norm, dropout: dropout, bias: !norm)
      let graph = model(inputs, classes, norm: norm, dropout: dropout, bias: !norm)
      // The second batch adds to the gradients of the first.
      for seed in [4, 5] as [UInt64] {
        let step = try #require(DenseStep(own))
        let taken = try #require(
          withRandomSource(RandomSource(seed: seed)) {
            step(input, labels: labels, smoothing: smoothing)
          })
        let output = withRandomSource(RandomSource(seed: seed)) { graph(input) }
        let loss = Loss.crossEntropy(labelSmoothing: smoothing)(output, labels)
        loss.backward()
        #expect(taken.loss == loss.item())
        let rows = output.hostTensor().values(as: Float.self)
        let right = zip(
          stride(from: 0, to: rows.count, by: classes), labels.hostTensor().values(as: Int.self)
        )
        .count { start, label in
          (0..<classes).allSatisfy { $0 == label || rows[start + $0] < rows[start + label] }
        }
        #expect(taken.right == right)
        #expect(left(in: own) == left(in: graph))
      }
    }
  }

  @Test("frozen parameters get no gradient, and what is above them the same")
  func frozen() throws {
    let (own, graph) = (
      model(9, 4, norm: true, dropout: 0.2), model(9, 4, norm: true, dropout: 0.2)
    )
    for model in [own, graph] {
      for parameter in model.parameters.prefix(4) { parameter.isTrainable = false }
    }
    let input = randomTensor([20, 9])
    let step = try #require(DenseStep(own))
    _ = withRandomSource(RandomSource(seed: 1)) {
      step(input, labels: labels(20, 4), smoothing: 0)
    }
    let output = withRandomSource(RandomSource(seed: 1)) { graph(input) }
    Loss.crossEntropy()(output, labels(20, 4)).backward()
    #expect(own.parameters.prefix(4).allSatisfy { $0.gradient == nil })
    #expect(left(in: own) == left(in: graph))
  }

  @Test("whoever traces is shown what the graph's layers give, and the step stays as it is")
  func traced() throws {
    let models = (0..<3).map { _ in model(9, 4, norm: true, dropout: 0.3) }
    let input = randomTensor([20, 1, 9])
    let steps = try models.prefix(2).map { try #require(DenseStep($0)) }
    let taken = withRandomSource(RandomSource(seed: 1)) {
      steps[0](input, labels: labels(20, 4), smoothing: 0)
    }
    let (again, trace) = withRandomSource(RandomSource(seed: 1)) {
      LayerTrace.recording { steps[1](input, labels: labels(20, 4), smoothing: 0) }
    }
    let (_, expected) = withRandomSource(RandomSource(seed: 1)) {
      LayerTrace.recording { models[2](input) }
    }
    #expect(again?.loss == taken?.loss)
    #expect(left(in: models[1]) == left(in: models[0]))
    #expect(trace.events.map(\.kind) == expected.events.map(\.kind))
    #expect(trace.events.count == 7)
    for (event, other) in zip(trace.events, expected.events) {
      let (values, others) = (event.output.floats, other.output.floats)
      #expect(values.count == others.count)
      let difference = zip(values, others).map { abs($0 - $1) }.max() ?? 0
      #expect(difference < 1e-5, "\(event.kind)")
    }
  }

  @Test("other layers, other kernels and a layer's own observer need the graph")
  func stepsAside() throws {
    var stream = testStream()
    let linear = Linear(inputs: 4, outputs: 3, using: &stream)
    #expect(DenseStep(Sequential([linear, GELU()])) == nil)
    #expect(DenseStep(Sequential([ReLU(), linear])) == nil)
    let model = Sequential([linear])
    let step = try #require(DenseStep(model))
    func isTaken() -> Bool {
      step(randomTensor([5, 4]), labels: labels(5, 3), smoothing: 0) != nil
    }
    #expect(isTaken())
    #expect(withStandardKernels { !isTaken() })
    linear.outputObserver = { _ in }
    #expect(!isTaken())
    linear.outputObserver = nil
    linear.kernel = .standard
    #expect(!isTaken())
    linear.kernel = .automatic
    #expect(model.recomputesActivations(true) > 0)
    #expect(!isTaken())
    _ = model.recomputesActivations(false)
    #expect(isTaken())
  }

  @Test("a loss that is not finite leaves no gradients; a label that no class has is an error")
  func spoiled() throws {
    let model = model(4, 3, norm: false, dropout: 0)
    let step = try #require(DenseStep(model))
    let taken = step(
      randomTensor([5, 4]) * Scalar(Double.infinity), labels: labels(5, 3), smoothing: 0)
    #expect(taken?.loss.isFinite == false)
    #expect(model.parameters.allSatisfy { $0.gradient == nil })
    let error = #expect(throws: TorchError.self) {
      try catchingTorchErrors {
        _ = step(
          randomTensor([5, 4]), labels: Tensor(HostTensor([0, 1, 2, 3, 0] as [Int64], shape: [5])),
          smoothing: 0)
      }
    }
    #expect(error?.message.contains("out of bounds") == true)
  }
}
