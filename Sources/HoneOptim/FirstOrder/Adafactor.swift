import Foundation
import HoneNumerics
import HoneTensor

/// Adafactor: Adam's second moment kept as one number for each row and column of a matrix, so that the
/// state of a large model is small.
///
/// The last two dimensions of a weight are factored; vectors keep a full second moment. Relative steps
/// (the default) are a share of the weights' own root mean square, `min(learningRate, 1 / sqrt(t))` of
/// it, at least of `smallestScale`; fixed ones are of the size of the learning rate. Weight decay is
/// decoupled. Shazeer and Stern 2018 (arXiv 1804.04235), with PyTorch's defaults.
public final class Adafactor: Optimizer {
  /// The parameters, grouped by how they are treated.
  public var groups: [ParameterGroup] { slots.groups }
  /// The rate of the next step, before each group's `learningRateScale`.
  public var learningRate: Double
  /// Whether steps are relative to the size of the weights and fall with the steps.
  public let isRelative: Bool
  /// The power of the step number that each new gradient's share of the second moment is.
  public let secondMomentDecay: Double
  /// The root mean square that the update of a parameter may have, in units of the step.
  public let clipping: Double
  /// What second moments are not to fall below; nil for the element type's resolution.
  public let epsilon: Double?
  /// The least size of weights that relative steps reckon with.
  public let smallestScale: Double
  private var slots: ParameterSlots

  /// An optimiser of parameter groups.
  /// - Precondition: `secondMomentDecay` is not positive, `clipping` is positive, the other numbers are
  ///   finite and not negative.
  public init(
    _ groups: [ParameterGroup], learningRate: Double = 1e-2, isRelative: Bool = true,
    secondMomentDecay: Double = -0.8, clipping: Double = 1, epsilon: Double? = nil,
    smallestScale: Double = 1e-3
  ) {
    requireNonNegative(learningRate, "learningRate")
    requireNonNegative(-secondMomentDecay, "-secondMomentDecay")
    requirePositive(clipping, "clipping")
    requireNonNegative(epsilon ?? 0, "epsilon")
    requireNonNegative(smallestScale, "smallestScale")
    self.learningRate = learningRate
    self.isRelative = isRelative
    self.secondMomentDecay = secondMomentDecay
    self.clipping = clipping
    self.epsilon = epsilon
    self.smallestScale = smallestScale
    slots = ParameterSlots(
      groups,
      kinds: [
        ParameterSlots.Kind(["secondMoment"]),
        ParameterSlots.Kind([
          .init(name: "rowMoment", shape: { Array($0.dropLast()) + [1] }),
          .init(name: "columnMoment", shape: { Array($0.dropLast(2)) + [1, $0[$0.count - 1]] }),
        ]),
      ]
    ) { $0.count > 1 ? 1 : 0 }
  }

  /// Changes the parameters once.
  public func step() {
    slots.advance { batch, slots in
      let rate = learningRate * batch.group.learningRateScale
      let steps = stepSizes(batch, rate: rate)
      batch.decayWeights(rate: rate)
      let share = pow(Double(batch.step), secondMomentDecay)
      let resolution = epsilon ?? batch.values[0].dtype.resolution
      let update =
        batch.kind == 1
        ? factoredMoments(batch.gradients, slots, share: share, resolution: resolution)
        : fullMoments(batch.gradients, slots[0], share: share)
      ATen._foreach_clamp_min__Scalar(update, scalar: Scalar(resolution * resolution))
      ATen._foreach_pow__Scalar(update, exponent: -0.5)
      ATen._foreach_mul__List(update, other: batch.gradients)
      let excess = rootMeanSquares(update)
      ATen._foreach_div__Scalar(excess, scalar: Scalar(clipping))
      ATen._foreach_clamp_min__Scalar(excess, scalar: 1)
      ATen._foreach_div__List(steps, other: excess)
      ATen._foreach_mul__List(update, other: steps)
      ATen._foreach_sub__List(batch.values, other: update)
    }
  }

  /// What an exact continuation needs besides the parameters themselves.
  public var state: OptimizerState { slots.state(kind: "Adafactor", learningRate: learningRate) }

  /// Takes over the state of an `Adafactor` of the same parameters.
  public func load(_ state: OptimizerState) throws(OptimizerStateError) {
    learningRate = try slots.load(state, kind: "Adafactor")
  }

  /// How far each parameter goes, as scalar tensors: reading them would wait for the device.
  private func stepSizes(_ batch: ParameterSlots.Batch, rate: Double) -> [Tensor] {
    guard isRelative else {
      let size = Tensor.full(
        [], Scalar(rate), dtype: batch.values[0].dtype, device: batch.device)
      return batch.values.map { _ in size.clone() }
    }
    let sizes = rootMeanSquares(batch.values)
    ATen._foreach_clamp_min__Scalar(sizes, scalar: Scalar(smallestScale))
    ATen._foreach_mul__Scalar(
      sizes, scalar: Scalar(min(rate, 1 / Double(batch.step).squareRoot())))
    return sizes
  }

  private func rootMeanSquares(_ tensors: [Tensor]) -> [Tensor] {
    let norms = ATen._foreach_norm_Scalar(tensors)
    let scales = tensors.map { Scalar(1 / Double(max($0.count, 1)).squareRoot()) }
    return ATen._foreach_mul_ScalarList(norms, scalars: scales)
  }

  /// Takes squared gradients into the moments of rows and columns, and gives the products of both.
  private func factoredMoments(
    _ gradients: [Tensor], _ slots: [[Tensor]], share: Double, resolution: Double
  ) -> [Tensor] {
    for (slot, dimension) in [(0, -1), (1, -2)] {
      let squares = gradients.map {
        ATen.linalg_vector_norm($0, dim: [dimension], keepdim: true)
      }
      ATen._foreach_pow__Scalar(squares, exponent: 2)
      let counts = gradients.map { Scalar(Double($0.shape[$0.rank + dimension])) }
      ATen._foreach_div__ScalarList(squares, scalars: counts)
      ATen._foreach_lerp__Scalar(slots[slot], tensors1: squares, weight: Scalar(share))
    }
    let products = zip(slots[0], slots[1]).map { ATen.matmul($0, other: $1) }
    let means = slots[0].map { ATen.mean_dim($0, dim: [-2], keepdim: true) }
    ATen._foreach_clamp_min__Scalar(means, scalar: Scalar(resolution))
    ATen._foreach_div__List(products, other: means)
    return products
  }

  private func fullMoments(
    _ gradients: [Tensor], _ moments: [Tensor], share: Double
  ) -> [Tensor] {
    let squares = ATen._foreach_mul_List(gradients, other: gradients)
    ATen._foreach_lerp__Scalar(moments, tensors1: squares, weight: Scalar(share))
    return ATen._foreach_mul_Scalar(moments, scalar: 1)
  }
}

extension DType {
  /// The distance from 1 to the next larger number.
  fileprivate var resolution: Double {
    switch self {
    case .float64: Double.ulpOfOne
    case .float16: 0x1p-10
    case .bfloat16: 0x1p-7
    default: Double(Float.ulpOfOne)
    }
  }
}
