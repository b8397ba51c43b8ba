import HoneConfiguration
import HoneNN
import HoneOptim
import HoneTensor
import HoneTrain

extension Configuration {
  /// The optimiser over a model's parameters.
  func liveOptimizer(for model: any Module) -> any Optimizer {
    let named = model.namedParameters.filter { $0.parameter.isTrainable }
    let all = named.map(\.parameter)
    switch optimizer {
    case .sgd(let rate, let momentum, let nesterov, let decay):
      return SGD(
        [ParameterGroup(all, weightDecay: decay)], learningRate: rate, momentum: momentum,
        isNesterov: nesterov)
    case .adam(let rate, let betas, let epsilon, let decay):
      return Adam(
        [ParameterGroup(all, weightDecay: decay)], learningRate: rate,
        betas: AdamBetas(betas[0], betas[1]), epsilon: epsilon)
    case .adamW(let rate, let betas, let epsilon, let decay, let excludes):
      let groups =
        excludes
        ? ParameterGroup.decayingWeightsOnly(named, weightDecay: decay)
        : [ParameterGroup(all, weightDecay: decay)]
      return AdamW(
        groups, learningRate: rate, betas: AdamBetas(betas[0], betas[1]), epsilon: epsilon)
    }
  }

  /// The course of the learning rate; a plateau is a policy and leaves it constant.
  var liveSchedule: LearningRateSchedule {
    let course: LearningRateSchedule =
      switch schedule.course {
      case .constant, .plateau: .constant
      case .step(let every, let factor): .step(every: every, factor: factor)
      case .multiStep(let milestones, let factor):
        .multiStep(milestones: milestones, factor: factor)
      case .exponential(let factor): .exponential(factor: factor)
      case .cosine(let minimum): .cosine(minimum: minimum)
      case .warmRestarts(let period, let multiplier, let minimum):
        .warmRestarts(period: Double(period), multiplier: multiplier, minimum: minimum)
      case .oneCycle(let rise, let start, let end):
        .oneCycle(rise: rise, startFactor: start, endFactor: end)
      case .polynomial(let power, let minimum): .polynomial(power: power, minimum: minimum)
      }
    return schedule.warmupEpochs > 0
      ? course.warmedUp(over: .epochs(schedule.warmupEpochs)) : course
  }

  /// The policies that the configuration asks for.
  func livePolicies(monitor: Monitor) -> [any TrainingPolicy] {
    var policies: [any TrainingPolicy] = []
    if case .plateau(let factor, let patience, let threshold) = schedule.course {
      policies.append(
        PlateauSchedule(
          monitor: monitor, factor: factor, patience: patience, threshold: threshold))
    }
    if let stopping = training.earlyStopping {
      policies.append(
        EarlyStopping(
          monitor: monitor, patience: stopping.patience, minimumDelta: stopping.minimumDelta))
    }
    return policies
  }
}
