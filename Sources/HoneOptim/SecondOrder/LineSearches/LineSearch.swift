public import HoneTensor

/// How far to go along a direction: the other half of a minimization method.
public protocol LineSearch: Sendable {
  /// Looks for a lower point on a line.
  /// - Returns: the trial to go on from; nil where none lower than the start was found.
  func search(_ line: Line) -> Line.Trial?
}

/// An objective along a direction from a point, where it descends.
public final class Line {
  /// A step that was tried.
  public struct Trial {
    /// The step's length in directions.
    public let step: Double
    /// The place that it leads to.
    public let point: ObjectivePoint
    /// The derivative along the direction; nil where it was not asked for.
    public let knownSlope: Double?

    /// The objective's value.
    public var value: Double { point.value }
    /// The derivative along the direction; not a number where it was not asked for.
    public var slope: Double { knownSlope ?? .nan }
    /// Whether value and known slope are finite.
    public var isFinite: Bool { value.isFinite && (knownSlope ?? 0).isFinite }
  }

  /// The start, a step of zero.
  public let origin: Trial
  /// The direction.
  public let direction: Tensor
  /// The step to try first.
  public let firstStep: Double
  /// How many steps were tried.
  public private(set) var evaluations = 0
  /// Steps that may be tried at most.
  public let evaluationLimit: Int
  /// Whether the direction may be followed to a point that satisfies the search.
  let accepts: (ObjectivePoint) -> Bool
  private let function: ObjectiveFunction

  init(
    _ function: ObjectiveFunction, from point: ObjectivePoint, along direction: Tensor,
    slope: Double, firstStep: Double, evaluationLimit: Int = .max,
    accepts: @escaping (ObjectivePoint) -> Bool = { _ in true }
  ) {
    self.function = function
    self.accepts = accepts
    self.direction = direction
    self.firstStep = firstStep
    self.evaluationLimit = evaluationLimit
    origin = Trial(step: 0, point: point, knownSlope: slope)
  }

  /// Evaluates value and slope at a step.
  public func trial(at step: Double) -> Trial {
    evaluations += 1
    let point = function.point(at: origin.point.position.adding(direction, times: step))
    return Trial(step: step, point: point, knownSlope: point.gradient.inner(direction))
  }

  /// Evaluates the value alone at a step.
  public func valueTrial(at step: Double) -> Trial {
    evaluations += 1
    let point = function.valuePoint(at: origin.point.position.adding(direction, times: step))
    return Trial(step: step, point: point, knownSlope: nil)
  }

  /// Whether the value fell by at least a share of what the start's slope promises (Armijo 1966).
  func decreasesEnough(_ trial: Trial, share: Double) -> Bool {
    trial.value <= origin.value + share * trial.step * origin.slope
  }
}

/// Where the cubic through the values and slopes at two places has its minimum, by the formulas of
/// Moré and Thuente (1994).
struct CubicFit {
  /// The minimum, counted from the first place to the second.
  let share: Double
  /// Whether the cubic has a minimum in the direction away from the second place at all.
  let hasMinimum: Bool

  typealias Place = (step: Double, value: Double, slope: Double)

  init(_ first: Place, _ second: Place, boundsRoot: Bool = false) {
    let distance = second.step - first.step
    let theta = 3 * (first.value - second.value) / distance + first.slope + second.slope
    let size = max(abs(theta), abs(first.slope), abs(second.slope))
    let ratio = theta / size
    let square = ratio * ratio - (first.slope / size) * (second.slope / size)
    let root = size * (boundsRoot ? max(0, square) : square).squareRoot()
    let gamma = distance < 0 ? -root : root
    share = ((gamma - first.slope) + theta) / (((gamma - first.slope) + gamma) + second.slope)
    hasMinimum = gamma != 0
  }
}
