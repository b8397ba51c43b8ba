/// Moré and Thuente's interval of uncertainty (ACM TOMS 20, 1994): its ends, and the next step to try.
struct UncertaintyInterval {
  private struct End {
    var step: Double
    var value: Double
    var slope: Double
    var place: CubicFit.Place { (step, value, slope) }
  }

  /// The next step to try.
  private(set) var step: Double
  /// The end with the lower value, and the other.
  private var best: End
  private var other: End
  private var isBracketed = false
  /// Whether no step yet had a low enough value and a rising slope.
  private var isFirstStage = true
  private var lower = 0.0
  private var upper: Double
  private var maximum: Double
  private var width: Double
  private var formerWidth: Double
  private let startValue: Double
  /// The slope of the line below which a value must fall.
  private let promise: Double

  init(_ origin: Line.Trial, firstStep: Double, maximum: Double, promise: Double) {
    step = firstStep
    best = End(step: 0, value: origin.value, slope: origin.slope)
    other = best
    upper = 5 * firstStep
    self.maximum = maximum
    width = maximum
    formerWidth = 2 * width
    startValue = origin.value
    self.promise = promise
  }

  /// Shortens a step whose value is not finite, and never goes that far again.
  mutating func retreat() {
    maximum = min(maximum, step)
    upper = min(upper, step)
    step = best.step + 0.25 * (step - best.step)
  }

  /// Takes in a trial and chooses the next step.
  /// - Returns: whether there is a step worth trying.
  mutating func narrow(with trial: Line.Trial, tolerance: Double) -> Bool {
    let bound = startValue + trial.step * promise
    if isFirstStage, trial.value <= bound, trial.slope >= 0 { isFirstStage = false }
    if isBracketed, step <= lower || step >= upper || upper - lower <= tolerance * upper {
      return false
    }
    if step >= maximum, trial.value <= bound, trial.slope <= promise { return false }
    let present = End(step: trial.step, value: trial.value, slope: trial.slope)
    if isFirstStage, trial.value <= best.value, trial.value > bound {
      // In the first stage the value's excess over the promised line is what is minimized.
      best = tilted(best, by: -1)
      other = tilted(other, by: -1)
      advance(tilted(present, by: -1))
      best = tilted(best, by: 1)
      other = tilted(other, by: 1)
    } else {
      advance(present)
    }
    confine(tolerance)
    return step.isFinite
  }

  private func tilted(_ end: End, by sign: Double) -> End {
    End(
      step: end.step, value: end.value + sign * end.step * promise,
      slope: end.slope + sign * promise)
  }

  /// Keeps the interval shrinking and the step inside it.
  private mutating func confine(_ tolerance: Double) {
    if isBracketed {
      if abs(other.step - best.step) >= 0.66 * formerWidth {
        step = best.step + 0.5 * (other.step - best.step)
      }
      formerWidth = width
      width = abs(other.step - best.step)
      lower = min(best.step, other.step)
      upper = max(best.step, other.step)
    } else {
      lower = step + 1.1 * (step - best.step)
      upper = step + 4 * (step - best.step)
    }
    step = min(max(step, 1e-100), maximum)
    if isBracketed, step <= lower || step >= upper || upper - lower <= tolerance * upper {
      step = best.step
    }
  }

  /// Chooses the next step from a trial and replaces an end by it.
  private mutating func advance(_ trial: End) {
    let turns = trial.slope * (best.slope / abs(best.slope)) < 0
    let next: Double
    if trial.value > best.value {
      next = stepBelowHigherValue(trial)
      isBracketed = true
    } else if turns {
      next = stepBetweenOppositeSlopes(trial)
      isBracketed = true
    } else if abs(trial.slope) < abs(best.slope) {
      next = stepAlongFlatterSlope(trial)
    } else if isBracketed {
      let cubic = CubicFit(trial.place, other.place)
      next = trial.step + cubic.share * (other.step - trial.step)
    } else {
      next = trial.step > best.step ? upper : lower
    }
    if trial.value > best.value {
      other = trial
    } else {
      if turns { other = best }
      best = trial
    }
    step = next
  }

  /// The minimum lies between: the cubic's, or halfway to the parabola's where that is closer to the
  /// trial.
  private func stepBelowHigherValue(_ trial: End) -> Double {
    let distance = trial.step - best.step
    let cubic = best.step + CubicFit(best.place, trial.place).share * distance
    let fall = (best.value - trial.value) / distance + best.slope
    let parabola = best.step + best.slope / fall / 2 * distance
    return abs(cubic - best.step) <= abs(parabola - best.step)
      ? cubic : cubic + (parabola - cubic) / 2
  }

  private func stepBetweenOppositeSlopes(_ trial: End) -> Double {
    let distance = best.step - trial.step
    let cubic = trial.step + CubicFit(trial.place, best.place).share * distance
    let secant = trial.step + trial.slope / (trial.slope - best.slope) * distance
    return abs(cubic - trial.step) > abs(secant - trial.step) ? cubic : secant
  }

  private func stepAlongFlatterSlope(_ trial: End) -> Double {
    let distance = best.step - trial.step
    let fit = CubicFit(trial.place, best.place, boundsRoot: true)
    let forward = trial.step > best.step
    let cubic =
      fit.share < 0 && fit.hasMinimum
      ? trial.step + fit.share * distance : (forward ? upper : lower)
    let secant = trial.step + trial.slope / (trial.slope - best.slope) * distance
    let cubicIsCloser = abs(cubic - trial.step) < abs(secant - trial.step)
    guard isBracketed else {
      return min(max(cubicIsCloser ? secant : cubic, lower), upper)
    }
    let limit = trial.step + 0.66 * (other.step - trial.step)
    let next = cubicIsCloser ? cubic : secant
    return forward ? min(limit, next) : max(limit, next)
  }
}
