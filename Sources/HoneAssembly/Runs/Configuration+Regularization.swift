import HoneConfiguration
import HoneOptim
import HoneTrain

extension Configuration {
  /// Fills in penalties, bounds, noise and averages.
  func regularize(_ plan: inout TrainingPlan) {
    let penalty =
      WeightPenalty(l1: regularization.l1, l2: regularization.l2)
      + .elasticNet(
        strength: regularization.elasticNet.strength, mixing: regularization.elasticNet.mixing)
    if regularization.proximal, penalty.l1 > 0 {
      plan.penalty = WeightPenalty(l2: penalty.l2)
      plan.proximal = ProximalL1(penalty.l1)
    } else {
      plan.penalty = penalty
    }
    plan.maxNorm = regularization.maxNorm.map(MaxNorm.init)
    plan.constraints = regularization.constraints.map(\.live)
    plan.gradientNoise = regularization.gradientNoise.map {
      GradientNoise(variance: $0.variance, decay: $0.decay)
    }
    plan.clipping = training.gradientClip?.live
    plan.averaging = training.averaging.live
  }
}

extension ConstraintSpecification {
  fileprivate var live: WeightConstraint {
    switch self {
    case .maxNorm(let limit): .maxNorm(limit: limit)
    case .nonNegative: .nonNegative
    case .unitNorm: .unitNorm
    case .minMaxNorm(let minimum, let maximum, let rate):
      .minMaxNorm(minimum: minimum, maximum: maximum, rate: rate)
    }
  }
}

extension TrainingConfiguration.GradientClip {
  /// The one bound that is given; nil where none is.
  fileprivate var live: GradientClipping? {
    if let norm { return .norm(norm) }
    if let value { return .value(value) }
    if let normEach { return .normEach(normEach) }
    return adaptive.map {
      .adaptive(
        AdaptiveClipping(factor: $0.factor, epsilon: $0.epsilon), includesLastLayer: $0.lastLayer)
    }
  }
}

extension TrainingConfiguration.Averaging {
  fileprivate var live: WeightAveraging? {
    switch self {
    case .none: nil
    case .ema(let decay, let start, let every):
      .exponential(decay: decay, start: start, everySteps: every)
    case .swa(let start, let every, let rate):
      .uniform(start: start, everyEpochs: every, learningRate: rate)
    }
  }
}
