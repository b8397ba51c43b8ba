/// Looks for a step with the strong Wolfe conditions by bracketing and zooming (Nocedal and Wright 2006,
/// algorithms 3.5 and 3.6), step for step as in PyTorch's `LBFGS`.
///
/// Unlike `StrongWolfe` it gives a bracket up early, once that is narrower than `changeTolerance` in
/// every element, and returns the lower end of the bracket whether it satisfies the conditions or not.
public struct BracketingWolfe: LineSearch {
  /// The share of the promised decrease that is enough: c₁.
  public let sufficientDecrease: Double
  /// The share of the first slope that may be left: c₂.
  public let curvature: Double
  /// The largest change of an element at which a bracket is given up.
  public let changeTolerance: Double
  /// Steps after the first that are tried at most.
  public let evaluations: Int

  /// A search for the strong Wolfe conditions.
  public init(
    sufficientDecrease: Double = 1e-4, curvature: Double = 0.9, changeTolerance: Double = 1e-9,
    evaluations: Int = 25
  ) {
    self.sufficientDecrease = sufficientDecrease
    self.curvature = curvature
    self.changeTolerance = changeTolerance
    self.evaluations = evaluations
  }

  /// The lower end of the last bracket; nil where that is the start.
  public func search(_ line: Line) -> Line.Trial? {
    let found = lowEnd(line)
    return found.step > 0 && found.isFinite ? found : nil
  }

  /// The lower end of the last bracket, a step of zero where that is the start.
  func lowEnd(_ line: Line) -> Line.Trial {
    let limit = min(evaluations, line.evaluationLimit)
    var former = line.origin
    var present = line.trial(at: line.firstStep)
    var count = 0
    while count < limit {
      if !line.decreasesEnough(present, share: sufficientDecrease)
        || (count > 1 && present.value >= former.value) || !present.isFinite
      {
        return zoom(line, former, present, count, limit)
      }
      if abs(present.slope) <= -curvature * line.origin.slope { return present }
      if present.slope >= 0 { return zoom(line, former, present, count, limit) }
      let next = interpolate(
        former, present,
        within: (present.step + 0.01 * (present.step - former.step))...(present.step * 10))
      former = present
      present = line.trial(at: next)
      count += 1
    }
    return line.origin.value <= present.value || !present.isFinite ? line.origin : present
  }

  private func zoom(
    _ line: Line, _ first: Line.Trial, _ second: Line.Trial, _ start: Int, _ limit: Int
  ) -> Line.Trial {
    // Ordered so that a value that is not finite is never the low end.
    var (low, high) =
      first.value <= second.value || !second.isFinite
      ? (first, second) : (second, first)
    var lastWasClose = false
    let size = line.direction.largestMagnitude
    for _ in start..<limit {
      if abs(high.step - low.step) * size < changeTolerance { break }
      let range = min(low.step, high.step)...max(low.step, high.step)
      var step =
        high.isFinite
        ? interpolate(low, high, within: range)
        : low.step + 0.1 * (high.step - low.step)
      let margin = 0.1 * (range.upperBound - range.lowerBound)
      if min(range.upperBound - step, step - range.lowerBound) < margin {
        if lastWasClose || step >= range.upperBound || step <= range.lowerBound {
          step =
            abs(step - range.upperBound) < abs(step - range.lowerBound)
            ? range.upperBound - margin : range.lowerBound + margin
          lastWasClose = false
        } else {
          lastWasClose = true
        }
      } else {
        lastWasClose = false
      }
      let trial = line.trial(at: step)
      guard trial.isFinite, line.decreasesEnough(trial, share: sufficientDecrease),
        trial.value < low.value
      else {
        high = trial
        if trial.isFinite, trial.value < low.value { swap(&low, &high) }
        continue
      }
      if abs(trial.slope) <= -curvature * line.origin.slope { return trial }
      if trial.slope * (high.step - low.step) >= 0 { high = low }
      low = trial
    }
    return low
  }

  /// The minimum of the cubic through two trials within bounds; their middle where it has none.
  private func interpolate(
    _ first: Line.Trial, _ second: Line.Trial, within bounds: ClosedRange<Double>
  ) -> Double {
    let (left, right) = first.step <= second.step ? (first, second) : (second, first)
    let mean = 3 * (left.value - right.value) / (left.step - right.step)
    let bend = left.slope + right.slope - mean
    let square = bend * bend - left.slope * right.slope
    guard square >= 0 else { return (bounds.lowerBound + bounds.upperBound) / 2 }
    let root = square.squareRoot()
    let share = (right.slope + root - bend) / (right.slope - left.slope + 2 * root)
    let step = right.step - (right.step - left.step) * share
    return step.isNaN
      ? (bounds.lowerBound + bounds.upperBound) / 2
      : min(max(step, bounds.lowerBound), bounds.upperBound)
  }
}
