import HoneConfiguration
import HoneOptim
import HoneTrain

extension Configuration {
  /// The course of the learning rate; a plateau is a policy and leaves it constant.
  var liveSchedule: LearningRateSchedule {
    let course = schedule.course.live(schedule.unit)
    let warmed =
      schedule.warmupEpochs > 0
      ? course.warmedUp(
        over: .epochs(schedule.warmupEpochs), from: schedule.warmupFrom,
        shape: schedule.warmupShape.live) : course
    return schedule.perEpoch ? warmed.heldByEpoch : warmed
  }
}

extension ScheduleConfiguration.Course {
  /// The course with its lengths in a unit.
  fileprivate func live(_ unit: ScheduleConfiguration.Unit) -> LearningRateSchedule {
    switch self {
    case .sequence(let stages): return stages.live(unit)
    case .product(let courses):
      let factors = courses.map { $0.live(unit) }
      return factors.dropFirst().reduce(factors.first ?? .constant) { $0.times($1) }
    default:
      let course = liveAlone
      return unit == .steps ? course.countingSteps : course
    }
  }

  /// A course that is not made of others.
  private var liveAlone: LearningRateSchedule {
    switch self {
    case .constant, .plateau, .sequence, .product: .constant
    case .flat(let factor): .flat(factor: factor)
    case .step(let every, let factor): .step(every: every, factor: factor)
    case .halveEvery(let every): .halved(every: every)
    case .tenthEvery(let every): .tenthed(every: every)
    case .multiStep(let milestones, let factor):
      .multiStep(milestones: milestones, factor: factor)
    case .exponential(let factor): .exponential(factor: factor)
    case .linear(let start, let end, let length):
      .linear(from: start, to: end, over: length.map { .epochs($0) })
    case .cosine(let minimum): .cosine(minimum: minimum)
    case .warmRestarts(let period, let multiplier, let minimum):
      .warmRestarts(period: Double(period), multiplier: multiplier, minimum: minimum)
    case .oneCycle(let rise, let start, let end, let anneal, let threePhase):
      .oneCycle(
        rise: rise, startFactor: start, endFactor: end,
        anneal: anneal == .cosine ? .cosine : .linear, isThreePhase: threePhase)
    case .cyclic(let low, let up, let down, let amplitude, let stepFactor):
      .cyclic(
        low: low, up: .epochs(up), down: down.map { .epochs($0) },
        amplitude: amplitude.live(stepFactor))
    case .polynomial(let power, let minimum): .polynomial(power: power, minimum: minimum)
    case .inverseSquareRoot(let timescale): .inverseSquareRoot(timescale: .epochs(timescale))
    case .warmUp(let shape, let start):
      .constant.warmedUp(over: .fraction(1), from: start, shape: shape.live)
    }
  }
}

extension [ScheduleConfiguration.Stage] {
  /// The stages one after the other; the last has what is left.
  fileprivate func live(_ unit: ScheduleConfiguration.Unit) -> LearningRateSchedule {
    let courses = map { ($0.course.live(unit), $0.span) }
    guard let last = courses.last?.0 else { return .constant }
    return courses.dropLast().reversed().reduce(last) { next, stage in
      stage.0.then(next, after: stage.1)
    }
  }
}

extension ScheduleConfiguration.Stage {
  fileprivate var span: ScheduleSpan {
    if let steps { return .steps(steps) }
    if let share { return .fraction(share) }
    return .epochs(epochs ?? 0)
  }
}

extension ScheduleConfiguration.WarmupShape {
  fileprivate var live: WarmUpShape {
    switch self {
    case .linear: .linear
    case .exponential: .exponential
    case .cosine: .cosine
    case .constant: .constant
    }
  }
}

extension ScheduleConfiguration.Amplitude {
  fileprivate func live(_ factor: Double) -> CycleAmplitude {
    switch self {
    case .constant: .constant
    case .halving: .halving
    case .exponential: .exponential(factor: factor)
    }
  }
}
