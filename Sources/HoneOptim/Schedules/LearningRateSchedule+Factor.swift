import Foundation

extension LearningRateSchedule {
  /// What the optimiser's rate is multiplied by for the step that follows this moment.
  public func factor(at moment: ScheduleMoment) -> Double {
    switch self {
    case .constant: 1
    case .flat(let factor): factor
    case .step(let every, let factor):
      pow(factor, (moment.epoch / Double(max(every, 1))).rounded(.down))
    case .multiStep(let milestones, let factor):
      pow(factor, Double(milestones.count { Double($0) <= moment.epoch }))
    case .exponential(let factor): pow(factor, moment.epoch.rounded(.down))
    case .linear(let start, let end, let span):
      start + (end - start) * moment.share(of: span?.steps(in: moment) ?? moment.totalSteps)
    case .cosine(let minimum): ScheduleAnneal.cosine.value(1, minimum, at: moment.progress)
    case .polynomial(let power, let minimum):
      minimum + (1 - minimum) * pow(1 - moment.progress, power)
    case .oneCycle(let rise, let start, let end, let anneal, let isThreePhase):
      OneCycle(rise: rise, start: start, end: end, anneal: anneal, isThreePhase: isThreePhase)
        .factor(at: moment)
    case .cyclic(let low, let up, let down, let amplitude):
      cyclicFactor(
        at: moment.step, low: low, up: up.steps(in: moment), down: (down ?? up).steps(in: moment),
        amplitude: amplitude)
    case .inverseSquareRoot(let timescale):
      1 / (1 + moment.step / max(timescale.steps(in: moment), 1)).squareRoot()
    case .warmRestarts(let period, let multiplier, let minimum):
      ScheduleAnneal.cosine.value(
        1, minimum, at: shareOfPeriod(moment.epoch, period: period, multiplier: multiplier))
    case .warmUp(let span, let start, let shape, let next):
      warmUpFactor(
        at: moment, length: span.steps(in: moment), start: start, shape: shape, next: next)
    case .sequence(let first, let span, let next):
      sequenceFactor(at: moment, first: first, length: span.steps(in: moment), next: next)
    case .product(let first, let second):
      first.factor(at: moment) * second.factor(at: moment)
    case .countingSteps(let course): course.factor(at: moment.countingSteps)
    case .heldByEpoch(let course): course.factor(at: moment.heldByEpoch)
    }
  }
}

extension ScheduleAnneal {
  fileprivate func value(_ start: Double, _ end: Double, at share: Double) -> Double {
    switch self {
    case .cosine: end + (start - end) * (1 + cos(.pi * share)) / 2
    case .linear: start + (end - start) * share
    }
  }
}

/// The peak and the ends are reached at whole steps: step `rise * total - 1`, twice that for the end of a
/// second of three phases, and the last step.
private struct OneCycle {
  let rise: Double
  let start: Double
  let end: Double
  let anneal: ScheduleAnneal
  let isThreePhase: Bool

  func factor(at moment: ScheduleMoment) -> Double {
    let last = moment.totalSteps - 1
    let peak = max(rise * moment.totalSteps - 1, 0)
    let foot = max(2 * rise * moment.totalSteps - 2, 0)
    typealias Phase = (begin: Double, finish: Double, from: Double, to: Double)
    let phases: [Phase] =
      isThreePhase
      ? [(0, peak, start, 1), (peak, foot, 1, start), (foot, last, start, end)]
      : [(0, peak, start, 1), (peak, last, 1, end)]
    for (begin, finish, from, to) in phases where moment.step < finish && finish > begin {
      return anneal.value(from, to, at: (moment.step - begin) / (finish - begin))
    }
    return last > peak ? end : 1
  }
}

private func cyclicFactor(
  at step: Double, low: Double, up: Double, down: Double, amplitude: CycleAmplitude
) -> Double {
  let length = up + down
  guard length > 0 else { return 1 }
  let cycle = (step / length).rounded(.down)
  let place = step - cycle * length
  let height = place <= up ? (up > 0 ? place / up : 1) : 1 - (place - up) / down
  let scale =
    switch amplitude {
    case .constant: 1.0
    case .halving: pow(0.5, cycle)
    case .exponential(let factor): pow(factor, step)
    }
  return low + (1 - low) * height * scale
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
  at moment: ScheduleMoment, length: Double, start: Double, shape: WarmUpShape,
  next: LearningRateSchedule
) -> Double {
  if moment.step >= length { return next.factor(at: moment.after(length.rounded(.up))) }
  let share = min((moment.step + 1) / length, 1)
  return switch shape {
  case .linear: start + (1 - start) * share
  case .exponential: pow(max(start, 1e-3), 1 - share)
  case .cosine: ScheduleAnneal.cosine.value(start, 1, at: share)
  case .constant: start
  }
}

private func sequenceFactor(
  at moment: ScheduleMoment, first: LearningRateSchedule, length: Double,
  next: LearningRateSchedule
) -> Double {
  if moment.step >= length { return next.factor(at: moment.after(length.rounded(.up))) }
  return first.factor(at: moment.ending(after: length))
}
