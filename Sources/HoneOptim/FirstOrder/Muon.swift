import HoneTensor

/// Muon: steps along the nearest orthogonal matrix to an averaged gradient, so that all directions of a
/// weight matrix learn alike; AdamW for everything that is not a matrix.
///
/// Weights of more than two dimensions, such as kernels of convolutions, count as matrices of their first
/// dimension by all others. The orthogonal matrix comes from Newton-Schulz iterations in bfloat16, for all
/// matrices of a shape at once. Weight decay is decoupled. Jordan et al. 2024 ("Muon: An optimizer for
/// hidden layers"); PyTorch's form takes matrices only, the rest of its defaults are taken here.
public final class Muon: Optimizer {
  /// How the rate of a matrix depends on its shape.
  public enum Adjustment: String, Sendable, Codable, CaseIterable {
    /// Times `sqrt(max(1, rows / columns))`.
    case original
    /// Times `0.2 * sqrt(max(rows, columns))`: steps of AdamW's size, so that its rates and weight decays
    /// serve (Liu et al. 2025, arXiv 2502.16982).
    case matchAdamW
  }

  /// The parameters, grouped by how they are treated.
  public var groups: [ParameterGroup] { slots.groups }
  /// The rate of the next step, before each group's `learningRateScale`.
  public var learningRate: Double
  /// The share of the averaged gradient that each step keeps.
  public let momentum: Double
  /// Whether the newest gradient counts once more in the direction (Nesterov 1983).
  public let isNesterov: Bool
  /// Newton-Schulz iterations.
  public let iterations: Int
  /// How the rate of a matrix depends on its shape.
  public let adjustment: Adjustment
  /// What the rate is multiplied by for what is not a matrix.
  public let vectorRateScale: Double
  /// AdamW's betas for what is not a matrix.
  public let betas: AdamBetas
  private var slots: ParameterSlots

  /// The quintic whose iteration brings singular values near 1 fastest, as Jordan and others found it.
  private static let coefficients = (3.4445, -4.7750, 2.0315)
  /// What the norm is not to fall below.
  private static let smallestNorm = 1e-7
  /// AdamW's usual epsilon.
  private static let epsilon = 1e-8

  /// An optimiser of parameter groups.
  /// - Precondition: `momentum` is in 0..<1, the others are finite and not negative.
  public init(
    _ groups: [ParameterGroup], learningRate: Double = 1e-3, momentum: Double = 0.95,
    isNesterov: Bool = true, iterations: Int = 5, adjustment: Adjustment = .original,
    vectorRateScale: Double = 1, betas: AdamBetas = AdamBetas()
  ) {
    requireNonNegative(learningRate, "learningRate")
    requireFraction(momentum, "momentum")
    requireNonNegative(Double(iterations), "iterations")
    requireNonNegative(vectorRateScale, "vectorRateScale")
    self.learningRate = learningRate
    self.momentum = momentum
    self.isNesterov = isNesterov
    self.iterations = iterations
    self.adjustment = adjustment
    self.vectorRateScale = vectorRateScale
    self.betas = betas
    slots = ParameterSlots(
      groups,
      kinds: [
        ParameterSlots.Kind(["direction"]), ParameterSlots.Kind(["firstMoment", "secondMoment"]),
      ]
    ) { $0.count > 1 ? 0 : 1 }
  }

  /// Changes the parameters once.
  public func step() {
    slots.advance { batch, slots in
      let rate = learningRate * batch.group.learningRateScale
      if batch.kind == 0 {
        stepMatrices(batch, directions: slots[0], rate: rate)
      } else {
        batch.stepByAdam(
          slots, rate: rate * vectorRateScale, betas: betas, epsilon: Self.epsilon,
          isDecoupled: true)
      }
    }
  }

  /// What an exact continuation needs besides the parameters themselves.
  public var state: OptimizerState { slots.state(kind: "Muon", learningRate: learningRate) }

  /// Takes over the state of a `Muon` of the same parameters.
  public func load(_ state: OptimizerState) throws(OptimizerStateError) {
    learningRate = try slots.load(state, kind: "Muon")
  }

  private func stepMatrices(
    _ batch: ParameterSlots.Batch, directions: [Tensor], rate: Double
  ) {
    ATen._foreach_lerp__Scalar(
      directions, tensors1: batch.gradients, weight: Scalar(1 - momentum))
    var updates = directions
    if isNesterov {
      updates = ATen._foreach_mul_Scalar(batch.gradients, scalar: 1)
      ATen._foreach_lerp__Scalar(updates, tensors1: directions, weight: Scalar(momentum))
    }
    batch.decayWeights(rate: rate)
    let matrices = updates.map { $0.reshaped([$0.shape[0], -1]) }
    let shapes = matrices.map(\.shape)
    for shape in Set(shapes) {
      let places = shapes.indices.filter { shapes[$0] == shape }
      let orthogonal =
        places.count == 1
        ? [orthogonalized(matrices[places[0]])]
        : ATen.unbind_int(orthogonalized(Tensor.stacked(places.map { matrices[$0] })))
      ATen._foreach_add__List(
        places.map { batch.values[$0] },
        other: zip(places, orthogonal).map { $1.reshaped(batch.values[$0].shape) },
        alpha: Scalar(-rate * factor(rows: shape[0], columns: shape[1])))
    }
  }

  private func factor(rows: Int, columns: Int) -> Double {
    switch adjustment {
    case .original: max(1, Double(rows) / Double(max(columns, 1))).squareRoot()
    case .matchAdamW: 0.2 * Double(max(rows, columns)).squareRoot()
    }
  }

  /// The nearest orthogonal matrices, about: singular values end up between 0.7 and 1.2.
  /// - Parameter matrices: [rows, columns] or [matrices, rows, columns].
  private func orthogonalized(_ matrices: Tensor) -> Tensor {
    let isSingle = matrices.rank == 2
    let isTall = matrices.shape[matrices.rank - 2] > matrices.shape[matrices.rank - 1]
    var result = matrices.cast(to: .bfloat16)
    if isTall { result = result.transposed() }
    let norms = ATen.linalg_vector_norm(result, dim: [-2, -1], keepdim: true)
    result = result / norms.clamped(minimum: Scalar(Self.smallestNorm))
    let (first, second, third) = Self.coefficients
    for _ in 0..<iterations {
      let gram = ATen.matmul(result, other: result.transposed())
      // One matrix takes PyTorch's own path, whose rounding it then shares.
      let change =
        isSingle
        ? ATen.addmm(gram, mat1: gram, mat2: gram, beta: Scalar(second), alpha: Scalar(third))
        : ATen.baddbmm(
          gram, batch1: gram, batch2: gram, beta: Scalar(second), alpha: Scalar(third))
      result =
        isSingle
        ? ATen.addmm(result, mat1: change, mat2: result, beta: Scalar(first))
        : ATen.baddbmm(result, batch1: change, batch2: result, beta: Scalar(first))
    }
    return isTall ? result.transposed() : result
  }
}
