import Foundation

extension LearningRateSchedule {
  /// What the optimiser's rate is multiplied by for the step that follows this moment.
  public func factor(at moment: ScheduleMoment) -> Double {
    switch self {
    case .constant: 1
    case .step(let every, let factor):
      pow(factor, (moment.epoch / Double(max(every, 1))).rounded(.down))
    case .multiStep(let milestones, let factor):
      pow(factor, Double(milestones.count { Double($0) <= moment.epoch }))
    case .exponential(let factor): pow(factor, moment.epoch.rounded(.down))
    case .cosine(let minimum): halfCosine(from: 1, to: minimum, at: moment.progress)
    case .polynomial(let power, let minimum):
      minimum + (1 - minimum) * pow(1 - moment.progress, power)
    case .oneCycle(let rise, let start, let end):
      oneCycleFactor(at: moment, rise: rise, start: start, end: end)
    case .inverseSquareRoot(let timescale):
      1 / (1 + moment.step / max(timescale.steps(in: moment), 1)).squareRoot()
    case .warmRestarts(let period, let multiplier, let minimum):
      halfCosine(
        from: 1, to: minimum,
        at: shareOfPeriod(moment.epoch, period: period, multiplier: multiplier))
    case .warmUp(let span, let start, let next):
      warmUpFactor(at: moment, length: span.steps(in: moment), start: start, next: next)
    case .sequence(let first, let span, let next):
      sequenceFactor(at: moment, first: first, length: span.steps(in: moment), next: next)
    case .product(let first, let second):
      first.factor(at: moment) * second.factor(at: moment)
    }
  }
}

private func halfCosine(from start: Double, to end: Double, at share: Double) -> Double {
  end + (start - end) * (1 + cos(.pi * share)) / 2
}

/// The peak and the end are reached at whole steps: step `rise * total - 1` and the last one.
private func oneCycleFactor(
  at moment: ScheduleMoment, rise: Double, start: Double, end: Double
) -> Double {
  let last = moment.totalSteps - 1
  let peak = max(rise * moment.totalSteps - 1, 0)
  if moment.step < peak { return halfCosine(from: start, to: 1, at: moment.step / peak) }
  guard last > peak else { return 1 }
  return halfCosine(from: 1, to: end, at: min((moment.step - peak) / (last - peak), 1))
}

/// The share of the running period that is over, 0..<1.
private func shareOfPeriod(_ epoch: Double, period: Double, multiplier: Double) -> Double {
  guard period > 0 else { return 0 }
  if multiplier <= 1 { return epoch.truncatingRemainder(dividingBy: period) / period }
  let grown = 1 + epoch / period * (multiplier - 1)
  let number = (log(grown) / log(multiplier) + 1e-12).rounded(.down)
  let begin = period * (pow(multiplier, number) - 1) / (multiplier - 1)
  return max(epoch - begin, 0) / (period * pow(multiplier, number))
}

private func warmUpFactor(
  at moment: ScheduleMoment, length: Double, start: Double, next: LearningRateSchedule
) -> Double {
  if moment.step >= length { return next.factor(at: moment.after(length.rounded(.up))) }
  return start + (1 - start) * min((moment.step + 1) / length, 1)
}

private func sequenceFactor(
  at moment: ScheduleMoment, first: LearningRateSchedule, length: Double,
  next: LearningRateSchedule
) -> Double {
  if moment.step >= length { return next.factor(at: moment.after(length.rounded(.up))) }
  return first.factor(at: moment.ending(after: length))
}
