import HoneConfiguration
import HoneData
import HoneNN
import HoneOptim
import HoneTensor
import HoneText
import HoneTrain

extension OptimizerConfiguration.Method {
  /// The optimiser of a method that evaluates a step's loss more than once.
  func liveSecondOrder(_ parameters: [HoneTensor.Parameter]) -> any Optimizer {
    func searching(
      _ name: String, _ direction: any Direction, _ rate: Double, _ iterations: Int,
      _ search: OptimizerConfiguration.LineSearch
    ) -> any Optimizer {
      DirectionOptimizer(
        parameters, name: name, direction: direction, lineSearch: search.live, learningRate: rate,
        iterations: iterations)
    }
    return switch self {
    case .lbfgs(let rate, let history, let iterations, let rule):
      LBFGS(
        parameters, learningRate: rate, iterations: iterations, history: history,
        stepRule: rule == .fixed ? .fixed : .strongWolfe)
    case .bfgs(let rate, let iterations, let search):
      searching("BFGS", BFGS(), rate, iterations, search)
    case .conjugateGradient(let rate, let formula, let iterations, let search):
      searching("ConjugateGradient", ConjugateGradient(formula.live), rate, iterations, search)
    case .gaussNewton(let rate, let iterations, let search):
      searching("GaussNewton", GaussNewton(cutoff: 1e-6), rate, iterations, search)
    case .newtonCG(let rate, let iterations, let products, let search):
      searching("NewtonCG", NewtonCG(products: products), rate, iterations, search)
    case .newton(let rate, let iterations, let damping, let search):
      searching("Newton", Newton(damping: damping), rate, iterations, search)
    case .levenbergMarquardt(let rate, let iterations):
      LevenbergMarquardt(parameters, learningRate: rate, iterations: iterations)
    default: fatalError("The method \(self) was asked of the list of second-order methods.")
    }
  }

  /// Whether the method minimizes a sum of squares by its residuals.
  fileprivate var needsResiduals: Bool {
    switch self {
    case .gaussNewton, .levenbergMarquardt: true
    default: false
    }
  }
}

extension OptimizerConfiguration.LineSearch {
  /// The search; nil for the direction's own, which satisfies the strong Wolfe conditions.
  fileprivate var live: (any LineSearch)? {
    switch self {
    case .strongWolfe: nil
    case .armijo: ArmijoBacktracking()
    }
  }
}

extension OptimizerConfiguration.ConjugateFormula {
  fileprivate var live: ConjugateGradient.Formula {
    switch self {
    case .polakRibiere: .polakRibiere
    case .fletcherReeves: .fletcherReeves
    case .hagerZhang: .hagerZhang
    }
  }
}

extension Configuration {
  /// Refuses what a second-order method cannot do with this plan.
  /// - Parameter outputs: numbers that the model gives for a sample.
  /// - Throws: `ConfigurationError`.
  func checkSecondOrder(_ plan: TrainingPlan, outputs: Int) throws {
    guard optimizer.method.isSecondOrder else { return }
    let weights = plan.model.parameterCount
    switch optimizer.method {
    case .newton where weights > Self.newtonLimit: throw tooMany(weights, limit: Self.newtonLimit)
    case .bfgs where weights > Self.matrixLimit: throw tooMany(weights, limit: Self.matrixLimit)
    default: break
    }
    guard optimizer.method.needsResiduals else { return }
    let hasActivityPenalty = plan.model.namedModules.contains {
      $0.module is ActivityRegularization
    }
    guard plan.loss == .meanSquaredError, plan.penalty.l1 == 0, !hasActivityPenalty else {
      throw noSumOfSquares
    }
    let samples = min(
      plan.training.indices.count, plan.training.options.batchSize * plan.accumulation)
    let rows = samples * outputs
    if rows * weights > Self.jacobianLimit { throw tooLarge(rows, weights) }
  }

  /// Weights at which the Hessian's eigenvectors still take seconds.
  private static var newtonLimit: Int { 4_000 }
  /// Weights at which a matrix of their square, some copies of it, still fits into a few gigabytes.
  private static var matrixLimit: Int { 10_000 }
  /// Elements of a Jacobian of a gigabyte.
  private static var jacobianLimit: Int { 128 << 20 }

  private func tooMany(_ weights: Int, limit: Int) -> ConfigurationError {
    problem(
      at: "optimizer",
      Localized(
        "this method keeps a matrix of all pairs of weights and takes at most \(limit) of them; the "
          + "model has \(weights). Use lbfgs or newtonCG.",
        korean: "이 방법은 모든 가중치 쌍의 행렬을 쓰므로 가중치가 \(limit)개 이하여야 하지만, 모델에는 "
          + "\(weights)개가 있습니다. lbfgs나 newtonCG를 사용하십시오."))
  }

  private func tooLarge(_ rows: Int, _ weights: Int) -> ConfigurationError {
    problem(
      at: "optimizer",
      Localized(
        "this method keeps the derivatives of \(rows) errors by \(weights) weights, which need more "
          + "than a gigabyte. Use lbfgs.",
        korean: "이 방법은 오차 \(rows)개를 가중치 \(weights)개로 미분한 행렬을 쓰므로 1기가바이트가 넘는 메모리가 "
          + "필요합니다. lbfgs를 사용하십시오."))
  }

  private var noSumOfSquares: ConfigurationError {
    problem(
      at: "optimizer",
      Localized(
        "gaussNewton and levenbergMarquardt minimize sums of squares: the loss meanSquaredError, alone "
          + "or with l2. Use lbfgs for other losses and penalties.",
        korean: "gaussNewton과 levenbergMarquardt는 제곱합을 최소화하므로 손실 meanSquaredError와 l2에만 쓸 수 "
          + "있습니다. 다른 손실이나 벌점에는 lbfgs를 사용하십시오."))
  }
}
