/// How weights are updated.
public enum OptimizerConfiguration: Sendable, Equatable, Codable {
  /// Stochastic gradient descent with momentum (Sutskever et al. 2013).
  case sgd(
    learningRate: Double = 0.05, momentum: Double = 0.9, nesterov: Bool = false,
    weightDecay: Double = 0)
  /// Adam (Kingma and Ba 2014, arXiv 1412.6980).
  case adam(
    learningRate: Double = 1e-3, betas: [Double] = [0.9, 0.999], epsilon: Double = 1e-8,
    weightDecay: Double = 0)
  /// Adam with decoupled weight decay (arXiv 1711.05101).
  case adamW(
    learningRate: Double = 1e-3, betas: [Double] = [0.9, 0.999], epsilon: Double = 1e-8,
    weightDecay: Double = 1e-2, excludeNormsAndBiases: Bool = true)

  /// The learning rate before any schedule.
  public var learningRate: Double {
    switch self {
    case .sgd(let rate, _, _, _), .adam(let rate, _, _, _), .adamW(let rate, _, _, _, _): rate
    }
  }
}
