import Hone

/// What the training steps of the workloads cost at least, and what this machine can do.
struct Roofline: Encodable {
  /// The least work of one step.
  struct Work: Encodable {
    let name: String
    /// Floating-point operations of products forward and backward.
    let operations: Double
    /// Bytes that must be moved, each tensor as seldom as can be.
    let bytes: Double
    let parameters: Int
  }

  /// How fast a sum of two arrays moves so many bytes.
  struct Bandwidth: Encodable {
    let bytes: Double
    let bytesPerSecond: Double
  }

  /// Operations per second of the fastest product in `float32` and in bfloat16.
  let fp32: Double
  let bf16: Double
  let bandwidths: [Bandwidth]
  let work: [Work]

  init(_ workloads: [Workload]) throws {
    fp32 = Self.fastestProduct(isHalf: false)
    bf16 = Self.fastestProduct(isHalf: true)
    bandwidths = [1 << 18, 1 << 20, 1 << 22, 1 << 24, 1 << 26].map {
      Self.bandwidth(floats: $0 / 4)
    }
    work = try workloads.filter { $0.kind == .trainingStep }.map { try Self.work($0) }
  }

  private static func work(_ workload: Workload) throws -> Work {
    var stream = RandomStream(seed: 0, "roofline")
    let model = Models.make(workload, device: .meta, using: &stream)
    let shape = workload.input ?? [Models.layout(workload).width]
    let cost = try model.cost(ofSample: shape)
    let batch = Double(workload.batch ?? 1)
    let products = Double(3 * cost.multiplyAdds - spared(of: model, shape, cost))
    let size = workload.precision == .bf16 ? 2.0 : 4.0
    let outputs = cost.layers.filter { $0.multiplyAdds > 0 }
      .reduce(0) { $0 + ($1.outputShape ?? []).reduce(1, *) }
    // A parameter: read forward and backward, its gradient written; read with both averages by the
    // optimiser, which writes three of the four. An output: written, read by the next layer, read
    // again backward; its gradient written and read.
    let bytes = Double(cost.parameters) * (2 * size + 4 + 28) + Double(outputs) * batch * 5 * size
    return Work(
      name: workload.name, operations: 2 * products * batch, bytes: bytes,
      parameters: cost.parameters)
  }

  /// The multiply-adds of the gradient of the model's input, which nobody needs.
  private static func spared(
    of model: any Layer<Tensor, Tensor>, _ shape: [Int], _ cost: ModelCost
  ) -> Int {
    guard let first = cost.layers.first(where: { $0.multiplyAdds > 0 }) else { return 0 }
    // Of what multiplies more than its input, the projection of each position is the first weight.
    let projects = ["LSTM", "MultiHeadAttention"].contains(first.kind)
    return projects
      ? shape.dropLast().reduce(1, *) * (model.parameters.first?.value.count ?? 0)
      : first.multiplyAdds
  }

  private static func fastestProduct(isHalf: Bool) -> Double {
    let source = RandomSource(seed: 0)
    let type: DType = isHalf ? .bfloat16 : .float32
    let products = [512, 1024, 2048].map { size -> Double in
      let left = Tensor.normal([size, size], using: source).cast(to: type)
      let right = Tensor.normal([size, size], using: source).cast(to: type)
      let operations = 2 * Double(size * size * size)
      return operations / seconds(guess: operations / 1e11) { _ = left.multiplied(by: right) }
    }
    var stream = RandomStream(seed: 0, "roofline")
    let filter = Conv2d(
      inputs: 64, outputs: 64, kernel: 3, padding: .same, bias: false, using: &stream)
    let images = Tensor.normal([64, 64, 32, 32], using: source)
    let operations = 2.0 * 64 * 64 * 9 * 64 * 32 * 32
    let time = seconds(guess: operations / 1e11) {
      if isHalf {
        _ = withAutocast(.bfloat16, on: .cpu) { filter(images) }
      } else {
        _ = filter(images)
      }
    }
    return max(products.max() ?? 0, operations / time)
  }

  private static func bandwidth(floats: Int) -> Bandwidth {
    let left = Tensor.ones([floats])
    let right = Tensor.ones([floats])
    let bytes = 12 * Double(floats)
    let time = seconds(guess: bytes / 1e10) { _ = left + right }
    return Bandwidth(bytes: bytes, bytesPerSecond: bytes / time)
  }

  /// The least time of a call, found within about half a second.
  /// - Parameter guess: the time that a call is guessed to take.
  private static func seconds(guess: Double, _ body: () -> Void) -> Double {
    let count = max(5, min(2000, Int(0.5 / guess)))
    let clock = ContinuousClock()
    return withoutGradients {
      (0..<count).reduce(Double.infinity) { least, _ in
        min(least, clock.measure(body) / .seconds(1))
      }
    }
  }
}
