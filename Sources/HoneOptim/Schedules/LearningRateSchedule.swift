/// How the learning rate changes over a run: a factor of the optimiser's rate for every step.
///
/// Lengths that are not spans are epochs. Without a length of its own a schedule fills what is left of
/// the run. Compose with `warmedUp(over:)`, `then(_:after:)` and `times(_:)`:
///
///     let schedule = LearningRateSchedule.cosine(minimum: 0.01).warmedUp(over: .epochs(1))
///     optimizer.learningRate = 1e-3 * schedule.factor(at: moment)
///
/// Lowering the rate when a metric stalls needs the metric and is not a schedule.
public indirect enum LearningRateSchedule: Sendable, Equatable, Codable {
  /// No change.
  case constant
  /// Times `factor` after every so many epochs.
  case step(every: Int, factor: Double)
  /// Times `factor` at the start of each epoch in the list, counted from zero.
  case multiStep(milestones: [Int], factor: Double)
  /// Times `factor` after every epoch.
  case exponential(factor: Double)
  /// Half a cosine down to `minimum` (Loshchilov and Hutter 2016, arXiv 1608.03983).
  case cosine(minimum: Double = 0)
  /// Down to `minimum` by a power of the share of time left.
  case polynomial(power: Double = 1, minimum: Double = 0)
  /// From `startFactor` up to 1 in the first `rise` of the run, then down to `endFactor`, both along
  /// half cosines (Smith and Topin 2017, arXiv 1708.07120).
  case oneCycle(rise: Double = 0.25, startFactor: Double = 0.04, endFactor: Double = 1e-5)
  /// `1 / sqrt(1 + t / timescale)`. After a warm-up over the same span this is the course of Vaswani et
  /// al. 2017 (arXiv 1706.03762).
  case inverseSquareRoot(timescale: ScheduleSpan)
  /// Half cosines down to `minimum` that start again after `period` epochs, each `multiplier` times
  /// as long as the one before (arXiv 1608.03983).
  case warmRestarts(period: Double, multiplier: Double = 1, minimum: Double = 0)
  /// A linear rise from `from` that reaches 1 with the last step of the span, then another course
  /// whose clock starts there.
  case warmUp(over: ScheduleSpan, from: Double, then: LearningRateSchedule)
  /// One course for a span, then another whose clock starts there.
  case sequence(LearningRateSchedule, length: ScheduleSpan, then: LearningRateSchedule)
  /// The product of two courses.
  case product(LearningRateSchedule, LearningRateSchedule)

  /// This course after a linear rise from `from` to 1.
  public func warmedUp(over span: ScheduleSpan, from start: Double = 0) -> LearningRateSchedule {
    .warmUp(over: span, from: start, then: self)
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
}
