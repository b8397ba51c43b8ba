public import HoneTensor

/// Nonlinear conjugate gradients: d = -g + β d₋₁ (Nocedal and Wright 2006, section 5.2).
///
/// Three vectors of memory; a gradient and a few vector operations for each iteration. A line search
/// goes on until the next direction descends enough, dᵀg ≤ -0.01 gᵀg (Gilbert and Nocedal 1992); where
/// it cannot, the negative gradient follows.
public final class ConjugateGradient: Direction {
  /// How much of the former direction is kept; y is the change of the gradient.
  public enum Formula: String, Sendable, CaseIterable, Codable {
    /// β = max(0, gᵀy / g₋₁ᵀg₋₁) (Polak and Ribière 1969, with Powell's bound); SciPy's.
    case polakRibiere
    /// β = gᵀg / g₋₁ᵀg₋₁ (Fletcher and Reeves 1964).
    case fletcherReeves
    /// β = max(η, (y - 2 d yᵀy / dᵀy)ᵀg / dᵀy) (Hager and Zhang 2005), η as there.
    case hagerZhang
  }

  /// How much of the former direction is kept.
  public let formula: Formula
  private var former: Tensor?
  private var next: Tensor?

  /// A direction that starts along the negative gradient.
  public init(_ formula: Formula = .polakRibiere) { self.formula = formula }

  /// Strong Wolfe conditions with a curvature share of 0.4, as in SciPy: directions stay conjugate only
  /// where steps are nearly exact.
  public var usualLineSearch: any LineSearch { StrongWolfe(curvature: 0.4) }

  /// The conjugate direction.
  public func direction(at point: ObjectivePoint) -> Tensor {
    let direction = next ?? point.gradient.scaled(by: -1)
    former = direction
    return direction
  }

  /// The step of the former decrease.
  public func firstStep(
    from point: ObjectivePoint, along direction: Tensor, former: ObjectivePoint?
  ) -> Double { stepOfFormerDecrease(from: point, along: direction, former: former) }

  /// Takes a step only where the next direction descends enough from it.
  public func accepts(_ present: ObjectivePoint, from old: ObjectivePoint) -> Bool {
    turned(from: old, to: present) != nil
  }

  /// Turns the direction by the new gradient.
  public func learn(from old: ObjectivePoint, to present: ObjectivePoint) {
    next = turned(from: old, to: present)
  }

  /// Starts along the negative gradient again.
  public func forget() {
    former = nil
    next = nil
  }

  /// The next direction; nil where it would not descend enough.
  private func turned(from old: ObjectivePoint, to present: ObjectivePoint) -> Tensor? {
    guard let former else { return nil }
    let gradient = present.gradient
    let share = share(old.gradient, gradient, former)
    let direction = gradient.scaled(by: -1).adding(former, times: share)
    let isSteep = direction.inner(gradient) <= -0.01 * gradient.inner(gradient)
    return share.isFinite && isSteep ? direction : nil
  }

  private func share(_ old: Tensor, _ gradient: Tensor, _ direction: Tensor) -> Double {
    let change = gradient.adding(old, times: -1)
    let oldSquare = old.inner(old)
    switch formula {
    case .polakRibiere: return max(0, gradient.inner(change) / oldSquare)
    case .fletcherReeves: return gradient.inner(gradient) / oldSquare
    case .hagerZhang:
      let curvature = direction.inner(change)
      let bent = change.adding(direction, times: -2 * change.inner(change) / curvature)
      let floor = -1 / (direction.length * min(0.01, oldSquare.squareRoot()))
      return max(floor, bent.inner(gradient) / curvature)
    }
  }
}

extension Direction where Self == ConjugateGradient {
  /// Conjugate gradients by Polak and Ribière.
  public static var conjugateGradient: ConjugateGradient { ConjugateGradient() }
  /// Conjugate gradients by a formula.
  public static func conjugateGradient(_ formula: ConjugateGradient.Formula) -> ConjugateGradient {
    ConjugateGradient(formula)
  }
}
