public import HoneTensor

/// Minimizes an objective by Newton's method within a radius of trust (Conn, Gould and Toint 2000;
/// Nocedal and Wright 2006, algorithm 4.1).
///
/// Each step minimizes the quadratic model gᵀp + ½ pᵀH p within ‖p‖ ≤ Δ, exactly, by the Hessian's
/// eigenvalues; Δ grows or shrinks by how well that predicted the decrease. Sure on indefinite Hessians,
/// where the line search along `Newton` spends more evaluations. Memory n² for n parameter elements;
/// n Hessian products and n³ operations for each accepted step, one evaluation for each trial: for some
/// hundreds of elements. The radii are those of SciPy's `trust-exact`.
///
/// The parameters end at the best point found and never hold one whose value is not finite.
/// - Parameters:
///   - parameters: what to change, of one element type on one device.
///   - radius: the first radius of trust.
///   - limits: when to end.
///   - objective: the same scalar function of the parameters at every call, twice differentiable.
/// - Returns: what was reached and why it ended.
@discardableResult
public func minimizeWithinTrust(
  _ parameters: [Parameter], radius: Double = 1, limits: MinimizationLimits = MinimizationLimits(),
  objective: @escaping () -> Tensor
) -> MinimizationResult {
  minimizeWithinTrust(parameters, StepObjective(objective), radius: radius, limits: limits)
}

/// Minimizes an objective of several terms by Newton's method within a radius of trust.
@discardableResult
public func minimizeWithinTrust(
  _ parameters: [Parameter], _ objective: StepObjective, radius: Double = 1,
  limits: MinimizationLimits = MinimizationLimits()
) -> MinimizationResult {
  var descent = TrustRegionDescent(
    ObjectiveFunction(parameters, objective), radius: radius, limits: limits)
  return descent.run()
}

/// A trust-region minimization under way.
private struct TrustRegionDescent {
  private let function: ObjectiveFunction
  private let limits: MinimizationLimits
  private var point: ObjectivePoint
  private var radius: Double
  private var iterations = 0
  private static let largestRadius = 1000.0

  init(_ function: ObjectiveFunction, radius: Double, limits: MinimizationLimits) {
    self.function = function
    self.limits = limits
    self.radius = radius
    point = function.presentPoint()
  }

  mutating func run() -> MinimizationResult {
    guard point.value.isFinite, point.gradient.isFinite else { return result(.notFinite) }
    while true {
      if point.gradient.largestMagnitude <= limits.gradientTolerance { return result(.gradient) }
      if iterations >= limits.iterations ?? 200 * function.space.dimension {
        return result(.iterations)
      }
      guard let model = QuadraticModel(at: point) else { return result(.noDescent) }
      if let ending = step(model) { return result(ending) }
    }
  }

  /// Tries steps until one is accepted; gives a reason to end.
  private mutating func step(_ model: QuadraticModel) -> MinimizationResult.Termination? {
    while true {
      if function.functionEvaluations >= limits.evaluations { return .evaluations }
      let solution = model.minimum(within: radius)
      guard solution.decrease > 0 else { return .noDescent }
      let target = function.point(at: point.position.adding(solution.step, times: 1))
      let isFinite = target.value.isFinite && target.gradient.isFinite
      let ratio = isFinite ? (point.value - target.value) / solution.decrease : -1
      if ratio < 0.25 {
        radius *= 0.25
      } else if ratio > 0.75, solution.isBound {
        radius = min(2 * radius, Self.largestRadius)
      }
      if ratio > 0.15 {
        let change = point.value - target.value
        let scale = max(abs(point.value), abs(target.value), 1)
        let size = solution.step.magnitudeSum / Double(solution.step.count)
        point = target
        iterations += 1
        if limits.valueTolerance > 0, change <= limits.valueTolerance * scale { return .value }
        return size <= limits.stepTolerance ? .step : nil
      }
      if radius <= Double.ulpOfOne * max(1, point.position.length) { return .noDescent }
    }
  }

  private func result(_ termination: MinimizationResult.Termination) -> MinimizationResult {
    function.move(to: point.position)
    return MinimizationResult(
      value: point.value, gradientNorm: point.gradient.largestMagnitude, iterations: iterations,
      functionEvaluations: function.functionEvaluations,
      gradientEvaluations: function.gradientEvaluations,
      hessianProducts: function.hessianProducts, termination: termination)
  }
}

/// gᵀp + ½ pᵀH p in the basis of the Hessian's eigenvectors.
private struct QuadraticModel {
  private let curvatures: [Double]
  private let slopes: [Double]
  private let vectors: Tensor

  /// Nil where the Hessian is not finite.
  init?(at point: ObjectivePoint) {
    let hessian = point.fullHessian()
    point.release()
    guard hessian.isFinite else { return nil }
    (curvatures, slopes, vectors) = withoutGradients {
      let (values, vectors) = ATen.linalg_eigh(hessian)
      return (
        values.values(as: Double.self),
        ATen.mv(vectors.transposed(), vec: point.gradient).values(as: Double.self), vectors
      )
    }
  }

  /// The model's minimum within a radius, and by how much the model falls there.
  func minimum(within radius: Double) -> (step: Tensor, decrease: Double, isBound: Bool) {
    let lowest = curvatures[0]
    var shift = 0.0
    var along = step(shift)
    let isInside = lowest > 0 && length(along) <= radius
    if !isInside {
      shift = self.shift(for: radius, above: max(0, -lowest))
      along = step(shift)
      // The hard case: the slope has no part along the lowest curvature, which then fills the radius.
      let missing = radius * radius - length(along) * length(along)
      if missing > 0, lowest <= 0 { along[0] += (slopes[0] > 0 ? -1 : 1) * missing.squareRoot() }
    }
    let model = zip(along, zip(slopes, curvatures)).reduce(0.0) { sum, part in
      sum + part.0 * (part.1.0 + 0.5 * part.0 * part.1.1)
    }
    let vector = withoutGradients {
      ATen.mv(
        vectors,
        vec: Tensor(along, shape: [along.count]).cast(to: vectors.dtype).to(vectors.device))
    }
    return (vector, -model, !isInside)
  }

  private func step(_ shift: Double) -> [Double] {
    zip(slopes, curvatures).map { slope, curvature in
      let sum = curvature + shift
      return sum > 0 ? -slope / sum : 0
    }
  }

  /// The shift of all curvatures at which the step has the radius's length, by bisection of its
  /// logarithm: each try costs as much as there are elements.
  private func shift(for radius: Double, above floor: Double) -> Double {
    let scale = max(floor, abs(curvatures.last ?? 0), length(slopes) / radius)
    var low = 1e-16 * scale
    var high = length(slopes) / radius + scale
    for _ in 0..<200 {
      let middle = (low * high).squareRoot()
      if length(step(floor + middle)) > radius { low = middle } else { high = middle }
      if high <= low * (1 + 1e-12) { break }
    }
    return floor + high
  }
}
