import HoneNumerics
import HoneTensor

/// The linear model of residuals that a Levenberg-Marquardt step minimizes: with J D⁻¹ = U S Vᵀ the
/// step of damping λ is `-D⁻¹ V S (S² + λ)⁻¹ Uᵀ r`, so that finding λ costs n operations a try.
struct DampedModel {
  struct Step {
    /// The change of the parameters.
    let step: [Double]
    /// The length of D times the change.
    let scaledLength: Double
    /// The length of J times the change.
    let imageLength: Double
    let damping: Double
  }

  private let scales: [Double]
  private let sizes: [Double]
  /// Uᵀ r.
  private let projections: [Double]
  private let vectors: Tensor

  init(residuals: Tensor, jacobian: Tensor, scales: [Double]) {
    self.scales = scales
    (sizes, projections, vectors) = withoutGradients {
      let scaled = jacobian / Tensor(scales, shape: [1, scales.count])
      let (left, sizes, right) = ATen.linalg_svd(scaled, full_matrices: false)
      return (
        sizes.values(as: Double.self),
        ATen.mv(left.transposed(), vec: residuals).values(as: Double.self), right
      )
    }
  }

  /// The minimum of the model within a radius, found as in MINPACK's `lmpar` to a tenth of the radius.
  func step(within radius: Double, damping start: Double) -> Step {
    let smallest = Double.leastNormalMagnitude
    let rank = Double.ulpOfOne * Double(scales.count) * (sizes.max() ?? 0)
    var damping = 0.0
    var along = coordinates(damping, above: rank)
    var excess = HoneOptim.length(along) - radius
    if excess <= 0.1 * radius { return finished(along, damping: 0) }
    let isFullRank = sizes.count == scales.count && sizes.allSatisfy { $0 > rank }
    var lower = isFullRank ? correction(along, 0, excess, radius) : 0
    let slope = HoneOptim.length(zip(sizes, projections).map { $0 * $1 })
    var upper = slope / radius
    if upper == 0 { upper = smallest / min(radius, 0.1) }
    damping = min(max(start, lower), upper)
    if damping == 0 { damping = slope / HoneOptim.length(along) }
    for iteration in 1...10 {
      if damping == 0 { damping = max(smallest, 0.001 * upper) }
      along = coordinates(damping, above: 0)
      let former = excess
      excess = HoneOptim.length(along) - radius
      if abs(excess) <= 0.1 * radius || (lower == 0 && excess <= former && former < 0)
        || iteration == 10
      {
        break
      }
      let change = correction(along, damping, excess, radius)
      if excess > 0 { lower = max(lower, damping) } else { upper = min(upper, damping) }
      damping = max(lower, damping + change)
    }
    return finished(along, damping: damping)
  }

  /// The scaled step in the basis of right singular vectors.
  private func coordinates(_ damping: Double, above rank: Double) -> [Double] {
    zip(sizes, projections).map { size, projection in
      size > rank ? -projection * (size / (size * size + damping)) : 0
    }
  }

  /// Newton's correction of the damping for the length to equal the radius.
  private func correction(
    _ along: [Double], _ damping: Double, _ excess: Double, _ radius: Double
  ) -> Double {
    let length = HoneOptim.length(along)
    let square = zip(along, sizes).reduce(0.0) { sum, pair in
      let share = pair.0 / length
      return sum + share * share / (pair.1 * pair.1 + damping)
    }
    return excess / radius / square
  }

  private func finished(_ along: [Double], damping: Double) -> Step {
    let scaled = withoutGradients {
      ATen.mv(vectors.transposed(), vec: Tensor(along, shape: [along.count]))
        .values(as: Double.self)
    }
    return Step(
      step: zip(scaled, scales).map { $0 / $1 }, scaledLength: HoneOptim.length(along),
      imageLength: HoneOptim.length(zip(along, sizes).map { $0 * $1 }), damping: damping)
  }
}
