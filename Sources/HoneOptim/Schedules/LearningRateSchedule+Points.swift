/// The factor of one step of a schedule, for pictures and tables.
public struct SchedulePoint: Sendable, Equatable, Codable {
  /// The optimiser steps taken before.
  public let step: Int
  /// The epochs over; fractions count.
  public let epoch: Double
  /// What the optimiser's rate is multiplied by.
  public let factor: Double

  /// A point.
  public init(step: Int, epoch: Double, factor: Double) {
    self.step = step
    self.epoch = epoch
    self.factor = factor
  }
}

extension LearningRateSchedule {
  /// The schedule's course over a run: evenly spread steps with the first and the last among them.
  /// - Parameters:
  ///   - stepsPerEpoch: the optimiser steps of one epoch.
  ///   - epochs: the epochs of the run.
  ///   - limit: the most points to give.
  /// - Precondition: the lengths are positive, `limit` is at least 2.
  public func points(
    stepsPerEpoch: Int, epochs: Int, limit: Int = 1000
  ) -> [SchedulePoint] {
    guard limit >= 2 else {
      fatalError("A schedule was asked for \(limit) points; a course has 2 or more.")
    }
    let steps = stepsPerEpoch * epochs
    let count = min(steps, limit)
    return (0..<count).map { index in
      let step = count > 1 ? index * (steps - 1) / (count - 1) : 0
      let moment = ScheduleMoment(step: step, stepsPerEpoch: stepsPerEpoch, epochs: epochs)
      return SchedulePoint(step: step, epoch: moment.epoch, factor: factor(at: moment))
    }
  }
}
