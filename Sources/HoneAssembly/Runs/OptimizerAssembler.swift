import HoneConfiguration
import HoneNN
import HoneOptim
import HoneTensor
import HoneText

extension Configuration {
  /// The optimiser over a model's parameters, in its wrappers.
  /// - Throws: `ConfigurationError` where a group's pattern matches no parameter.
  func liveOptimizer(for model: any Module) throws -> any Optimizer {
    let named = model.namedParameters
    for (index, group) in optimizer.groups.enumerated() {
      guard !named.contains(where: { group.live.matches($0.name) }) else { continue }
      throw noParameter(group, named.map(\.name), at: "optimizer.groups[\(index)].match")
    }
    let groups = ParameterGroup.grouped(
      named.filter(\.parameter.isTrainable), weightDecay: optimizer.weightDecay,
      excludesNormsAndBiases: optimizer.excludeNormsAndBiases, layerDecay: optimizer.layerDecay,
      rules: optimizer.groups.map(\.live))
    var result = optimizer.method.live(staged(groups, of: model))
    if let sam = optimizer.sam { result = SAM(result, radius: sam.rho, isAdaptive: sam.adaptive) }
    if let lookahead = optimizer.lookahead {
      result = Lookahead(result, period: lookahead.k, share: lookahead.alpha)
    }
    return result
  }

  private func noParameter(
    _ group: OptimizerConfiguration.Group, _ names: [String], at path: String
  ) -> ConfigurationError {
    let nearest = nearestMatch(to: group.match, among: names) ?? names.last ?? ""
    let some = names.count > 6 ? names.prefix(3) + ["…"] + names.suffix(3) : names[...]
    let list = some.joined(separator: ", ")
    return problem(
      at: path,
      Localized(
        "no parameter is called \(group.match). The names are \(list); the nearest is \(nearest).",
        korean: "\(group.match)에 맞는 매개변수가 없습니다. 이름은 \(list)이며, 가장 가까운 이름은 \(nearest)입니다."))
  }
}

extension OptimizerConfiguration.Group {
  fileprivate var live: ParameterRule {
    ParameterRule(match: match, learningRateScale: learningRateScale, weightDecay: weightDecay)
  }
}

extension AdamBetas {
  fileprivate init(_ numbers: [Double]) { self.init(numbers[0], numbers[1]) }
}

extension OptimizerConfiguration.Method {
  /// The optimiser of some groups; weight decay is theirs.
  fileprivate func live(_ groups: [ParameterGroup]) -> any Optimizer {
    switch self {
    case .sgd(let rate, let momentum, let dampening, let nesterov, _):
      SGD(
        groups, learningRate: rate, momentum: momentum, dampening: dampening, isNesterov: nesterov)
    case .adam(let rate, let betas, let epsilon, _, let amsgrad):
      Adam(
        groups, learningRate: rate, betas: AdamBetas(betas), epsilon: epsilon, isAMSGrad: amsgrad)
    case .adamW(let rate, let betas, let epsilon, _, let amsgrad):
      AdamW(
        groups, learningRate: rate, betas: AdamBetas(betas), epsilon: epsilon, isAMSGrad: amsgrad)
    case .nadam(let rate, let betas, let epsilon, let momentumDecay, _, let decoupled):
      NAdam(
        groups, learningRate: rate, betas: AdamBetas(betas), epsilon: epsilon,
        momentumDecay: momentumDecay, isDecoupled: decoupled)
    case .radam(let rate, let betas, let epsilon, _, let decoupled):
      RAdam(
        groups, learningRate: rate, betas: AdamBetas(betas), epsilon: epsilon,
        isDecoupled: decoupled)
    case .adamax(let rate, let betas, let epsilon, _):
      Adamax(groups, learningRate: rate, betas: AdamBetas(betas), epsilon: epsilon)
    case .lion(let rate, let betas, _):
      Lion(groups, learningRate: rate, betas: AdamBetas(betas))
    case .lamb(let rate, let betas, let epsilon, _):
      LAMB(groups, learningRate: rate, betas: AdamBetas(betas), epsilon: epsilon)
    case .adagrad, .adadelta, .rmsProp, .adafactor, .muon, .asgd, .rprop: liveOther(groups)
    case .lbfgs, .bfgs, .conjugateGradient, .gaussNewton, .newtonCG, .newton, .levenbergMarquardt:
      liveSecondOrder(groups.flatMap(\.parameters))
    }
  }

  private func liveOther(_ groups: [ParameterGroup]) -> any Optimizer {
    switch self {
    case .adagrad(let rate, let decay, let sum, let epsilon, _):
      Adagrad(
        groups, learningRate: rate, learningRateDecay: decay, initialSum: sum, epsilon: epsilon)
    case .adadelta(let rate, let smoothing, let epsilon, _):
      Adadelta(groups, learningRate: rate, smoothing: smoothing, epsilon: epsilon)
    case .rmsProp(let rate, let smoothing, let momentum, let centered, let epsilon, _):
      RMSProp(
        groups, learningRate: rate, smoothing: smoothing, momentum: momentum, epsilon: epsilon,
        isCentered: centered)
    case .adafactor(let rate, let relative, let decay, let clipping, let epsilon, let scale, _):
      Adafactor(
        groups, learningRate: rate, isRelative: relative, secondMomentDecay: decay,
        clipping: clipping, epsilon: epsilon, smallestScale: scale)
    case .muon(
      let rate, let momentum, let nesterov, let iterations, let adjustment, let vectors, let betas,
      _):
      Muon(
        groups, learningRate: rate, momentum: momentum, isNesterov: nesterov,
        iterations: iterations, adjustment: adjustment == .original ? .original : .matchAdamW,
        vectorRateScale: vectors, betas: AdamBetas(betas))
    case .asgd(let rate, let decay, let power, let start, _):
      ASGD(groups, learningRate: rate, decay: decay, power: power, averagingStart: start)
    case .rprop(let rate, let shrinking, let growing, let smallest, let largest):
      Rprop(
        groups, learningRate: rate, shrinking: shrinking, growing: growing,
        stepSizes: smallest...largest)
    default: fatalError("The method \(self) was asked of the wrong list of methods.")
    }
  }
}
