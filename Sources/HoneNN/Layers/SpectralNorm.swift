public import HoneNumerics
public import HoneTensor

/// Spectral normalization (Miyato and others 2018): the wrapped layer's weight is divided by its largest
/// singular value, W / σ, which bounds the layer's Lipschitz constant by 1.
///
/// For convolutions σ is that of the weight as a matrix with one row for each output. The two
/// singular vectors are estimated by power iteration, continued by some steps at each call in
/// training; gradients take them as constant. The state has the names of PyTorch's parametrization:
/// `bias`, `parametrizations.weight.original`, `parametrizations.weight.0._u` and `._v`.
public final class SpectralNorm: Layer, ModeDependent, CustomStringConvertible {
  /// The wrapped layer, with the weight before the division.
  public let layer: any WeightedLayer
  /// The left singular vector, one number for each output.
  public let left: Buffer
  /// The right singular vector.
  public let right: Buffer
  /// The steps of power iteration at each call in training.
  public let iterations: Int
  /// The smallest norm that vectors are divided by.
  public let epsilon: Double
  /// The dimension of the weight that becomes the matrix' rows.
  public let dimension: Int
  /// Whether calls continue the power iteration.
  public var isTraining = true

  /// A spectrally normalized layer.
  /// - Parameters:
  ///   - layer: a linear layer or a convolution, which must not be used elsewhere.
  ///   - iterations: the steps of power iteration at each call in training.
  ///   - epsilon: the smallest norm that vectors are divided by.
  ///   - dimension: the dimension of the weight that becomes the matrix' rows; nil for the one that
  ///     counts outputs.
  ///   - stream: where the first singular vectors come from.
  public init(
    _ layer: any WeightedLayer, iterations: Int = 1, epsilon: Double = 1e-12,
    along dimension: Int? = nil, using stream: inout RandomStream
  ) {
    requirePositive(iterations, "iterations", of: "SpectralNorm")
    let shape = layer.weight.shape
    let dimension = dimension ?? layer.outputDimension
    guard shape.indices.contains(dimension) else {
      fatalError(
        "SpectralNorm got along: \(dimension) for a weight of shape \(shape); it must be one of "
          + "its dimensions.")
    }
    self.layer = layer
    self.iterations = iterations
    self.epsilon = epsilon
    self.dimension = dimension
    var stream = stream.layerStream()
    let rows = shape[dimension]
    let columns = shape.reduce(1, *) / rows
    let device = layer.weight.value.device
    let draw = Initializer.normal(standardDeviation: 1)
    left = Buffer(draw.tensor([rows], device: device, using: &stream))
    right = Buffer(draw.tensor([columns], device: device, using: &stream))
    if device.kind != .meta {
      left.assign(normalized(left.value))
      right.assign(normalized(right.value))
      // PyTorch starts with as many steps, so that the first outputs are nearly right.
      iterate(steps: 15)
    }
  }

  /// The normalized weight; in training, after further steps of power iteration.
  public var weight: Tensor {
    let weight = layer.weight.value
    if weight.isMeta || weight.isPoisoned { return weight }
    if isTraining { iterate(steps: iterations) }
    // Copies, so that a second call before the backward pass does not change what this one saved.
    let (left, right) = (left.value.clone(), right.value.clone())
    let largest = ATen.dot(left, tensor: ATen.mv(matrix(weight), vec: right))
    return weight / largest
  }

  /// The wrapped layer's output under the normalized weight.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    let output = layer.output(of: input, weight: weight)
    if output.isMeta { CostTrace.credit(self, with: layer) }
    return output
  }

  /// The shift, the weight and the singular vectors, under PyTorch's names.
  public var children: [ModuleChild] {
    let bias = layer.bias.map { ModuleChild(name: "bias", content: .parameter($0)) }
    return [bias].compactMap { $0 } + [
      ModuleChild(name: "parametrizations.weight.original", content: .parameter(layer.weight)),
      ModuleChild(name: "parametrizations.weight.0._u", content: .buffer(left)),
      ModuleChild(name: "parametrizations.weight.0._v", content: .buffer(right)),
    ]
  }

  /// The layer as code: `SpectralNorm(Linear(inputs: 4, outputs: 2))`.
  public var description: String { "SpectralNorm(\(layer))" }

  private func matrix(_ weight: Tensor) -> Tensor {
    let rows = dimension == 0 ? weight : ATen.movedim_int(weight, source: dimension, destination: 0)
    return rows.reshaped([weight.shape[dimension], -1])
  }

  private func iterate(steps: Int) {
    withoutGradients {
      let matrix = matrix(layer.weight.value.detached())
      for _ in 0..<steps {
        left.assign(normalized(ATen.mv(matrix, vec: right.value)))
        right.assign(normalized(ATen.mv(matrix.transposed(0, 1), vec: left.value)))
      }
    }
  }

  private func normalized(_ vector: Tensor) -> Tensor {
    vector / vector.norm().clamped(minimum: Scalar(epsilon))
  }
}
