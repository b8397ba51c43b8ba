import HoneOptim

extension TrainingPlan {
  /// The learning rate of a step.
  /// - Parameters:
  ///   - step: counted from 0.
  ///   - scale: what policies have made of the rate.
  func learningRate(atStep step: Int, scale: Double) -> Double {
    var step = step
    if let averaging, averaging.learningRate != .scheduled {
      let first = averaging.firstStep(epochs: epochs, stepsPerEpoch: stepsPerEpoch)
      if step >= first {
        if case .constant(let rate) = averaging.learningRate { return rate }
        step = first
      }
    }
    let moment = ScheduleMoment(step: step, stepsPerEpoch: stepsPerEpoch, epochs: epochs)
    return learningRate * scale * schedule.factor(at: moment)
  }
}
