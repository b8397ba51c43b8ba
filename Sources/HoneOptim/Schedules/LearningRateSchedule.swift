/// How the learning rate changes over a run: a factor of the optimiser's rate for every step.
///
/// Lengths that are not spans are epochs. Without a length of its own a schedule fills what is left of
/// the run. Compose with `warmedUp(over:)`, `then(_:after:)` and `times(_:)`:
///
///     let schedule = LearningRateSchedule.cosine(minimum: 0.01).warmedUp(over: .epochs(1))
///     optimizer.learningRate = 1e-3 * schedule.factor(at: moment)
///
/// The factor is a function of the schedule and the moment alone, so a resumed run cannot go wrong.
/// Courses move with every step; `heldByEpoch` keeps the rate within an epoch, `countingSteps` takes all
/// lengths for steps. Where PyTorch has the schedule, values and defaults are PyTorch's. Lowering the rate
/// when a metric stalls needs the metric and is not a schedule.
public indirect enum LearningRateSchedule: Sendable, Equatable, Codable {
  /// No change.
  case constant
  /// Times `factor`, throughout.
  case flat(factor: Double)
  /// Times `factor` after every so many epochs.
  case step(every: Int, factor: Double = 0.1)
  /// Times `factor` at the start of each epoch in the list, counted from zero.
  case multiStep(milestones: [Int], factor: Double = 0.1)
  /// Times `factor` after every epoch.
  case exponential(factor: Double)
  /// In a straight line from one factor to another, over a span or to the end of the run.
  case linear(from: Double = 1, to: Double = 0, over: ScheduleSpan? = nil)
  /// Half a cosine down to `minimum` (Loshchilov and Hutter 2016, arXiv 1608.03983).
  case cosine(minimum: Double = 0)
  /// Down to `minimum` by a power of the share of time left.
  case polynomial(power: Double = 1, minimum: Double = 0)
  /// From `startFactor` up to 1 in the first `rise` of the run, then down to `endFactor` (Smith and
  /// Topin 2017, arXiv 1708.07120).
  ///
  /// With three phases it comes down to `startFactor` in as long a time as it went up, and only then to
  /// `endFactor`.
  case oneCycle(
    rise: Double = 0.3, startFactor: Double = 0.04, endFactor: Double = 4e-6,
    anneal: ScheduleAnneal = .cosine, isThreePhase: Bool = false)
  /// Up from `low` to 1 and down again, over and over (Smith 2015, arXiv 1506.01186); down takes as
  /// long as up where no span is given.
  case cyclic(
    low: Double = 0.1, up: ScheduleSpan = .steps(2000), down: ScheduleSpan? = nil,
    amplitude: CycleAmplitude = .constant)
  /// `1 / sqrt(1 + t / timescale)`. After a warm-up over the same span this is the course of Vaswani et
  /// al. 2017 (arXiv 1706.03762).
  case inverseSquareRoot(timescale: ScheduleSpan)
  /// Half cosines down to `minimum` that start again after `period` epochs, each `multiplier` times
  /// as long as the one before (arXiv 1608.03983).
  case warmRestarts(period: Double, multiplier: Double = 1, minimum: Double = 0)
  /// A rise from `from` that reaches 1 with the last step of the span, then another course whose clock
  /// starts there.
  case warmUp(
    over: ScheduleSpan, from: Double, shape: WarmUpShape = .linear, then: LearningRateSchedule)
  /// One course for a span, then another whose clock starts there.
  case sequence(LearningRateSchedule, length: ScheduleSpan, then: LearningRateSchedule)
  /// The product of two courses.
  case product(LearningRateSchedule, LearningRateSchedule)
  /// A course that takes every step for an epoch: all its lengths are steps.
  case countingSteps(LearningRateSchedule)
  /// A course that moves between epochs only, as PyTorch's do when they are stepped once an epoch.
  case heldByEpoch(LearningRateSchedule)
}

// Short forms and composition.
extension LearningRateSchedule {
  /// Half the rate after every so many epochs.
  public static func halved(every epochs: Int) -> LearningRateSchedule {
    .step(every: epochs, factor: 0.5)
  }

  /// A tenth of the rate after every so many epochs.
  public static func tenthed(every epochs: Int) -> LearningRateSchedule {
    .step(every: epochs, factor: 0.1)
  }

  /// This course after a rise from `from` to 1.
  public func warmedUp(
    over span: ScheduleSpan, from start: Double = 0, shape: WarmUpShape = .linear
  ) -> LearningRateSchedule {
    .warmUp(over: span, from: start, shape: shape, then: self)
  }

  /// This course for a span, then another whose clock starts there.
  public func then(
    _ next: LearningRateSchedule, after span: ScheduleSpan
  ) -> LearningRateSchedule {
    .sequence(self, length: span, then: next)
  }

  /// The product of this course and another.
  public func times(_ other: LearningRateSchedule) -> LearningRateSchedule {
    .product(self, other)
  }

  /// This course with its lengths taken for steps.
  public var countingSteps: LearningRateSchedule { .countingSteps(self) }

  /// This course with one rate for each epoch.
  public var heldByEpoch: LearningRateSchedule { .heldByEpoch(self) }
}
