import HoneConfiguration
import HoneData
import HoneNN
import HoneRecords
import HoneText

extension Configuration {
  /// How many numbers the model gives for a sample.
  func modelOutputs(task: TaskKind, classes: Int) -> Int {
    switch (task, loss, loss.target) {
    case (.regression, .gaussianNLL, _): 2
    case (.regression, _, _), (.binary, _, .twoClasses): 1
    default: classes
    }
  }

  /// The loss, checked against the task.
  /// - Parameter counts: training samples of each class; empty for regression.
  func liveLoss(task: TaskKind, counts: [Int]) throws -> Loss {
    guard loss.fits(task) else { throw unsuitableLoss(task, classes: counts.count) }
    let weights = try classWeights(counts: counts, task: task)
    try checkMixing()
    try checkIgnored(counts: counts)
    switch loss {
    case .auto:
      return task == .regression ? .meanSquaredError : .crossEntropy(classWeights: weights)
    case .crossEntropy(let smoothing, _, let ignored):
      return .crossEntropy(labelSmoothing: smoothing, classWeights: weights, ignoring: ignored)
    case .focal(let gamma, _, let ignored):
      return .focal(gamma: gamma, classWeights: weights, ignoring: ignored)
    case .klDivergence(let smoothing): return .klDivergence(labelSmoothing: smoothing)
    case .multiMargin(let margin, let power, _):
      return .multiMargin(margin: margin, power: power, classWeights: weights)
    case .crossEntropyOnProbabilities(let smoothing, _):
      return .crossEntropyOnProbabilities(labelSmoothing: smoothing, classWeights: weights)
    case .binaryCrossEntropy(nil, 0): return .binaryCrossEntropyWithLogits
    case .binaryCrossEntropy(let weight, let smoothing):
      return .binaryCrossEntropyWithLogits(
        positiveWeights: weight.map { [$0] }, labelSmoothing: smoothing)
    case .binaryFocal(let gamma, let alpha): return .binaryFocal(gamma: gamma, alpha: alpha)
    case .binaryCrossEntropyOnProbabilities(let smoothing):
      return .binaryCrossEntropyOnProbabilities(labelSmoothing: smoothing)
    case .hinge: return .hinge()
    case .squaredHinge: return .hinge(isSquared: true)
    default: return numberLoss
    }
  }

  private var numberLoss: Loss {
    switch loss {
    case .meanAbsoluteError: .meanAbsoluteError
    case .huber(let delta): .huber(delta: delta)
    case .smoothL1(let beta): .smoothL1(beta: beta)
    case .quantile(let quantile): .quantile(quantile)
    case .poissonNLL(let isLogarithmic, let isFull, let epsilon):
      .poissonNLL(isLogarithmic: isLogarithmic, isFull: isFull, epsilon: epsilon)
    case .gaussianNLL(let isFull, let epsilon): .gaussianNLL(isFull: isFull, epsilon: epsilon)
    default: .meanSquaredError
    }
  }

  private func unsuitableLoss(_ task: TaskKind, classes: Int) -> ConfigurationError {
    let names = ComponentFamily.losses.components.map(\.name).filter { name in
      (try? Configuration(text: "loss: \(name)"))?.loss.fits(task) ?? false
    }
    let fitting = names.joined(separator: ", ")
    let (english, korean) =
      task == .regression
      ? ("numbers", "숫자") : ("\(classes) classes", "클래스 \(classes)개")
    return problem(
      at: "loss",
      Localized(
        "\(loss.name) does not fit a \(task.rawValue) task, whose targets are \(english). Use one "
          + "of \(fitting).",
        korean: "\(loss.name)은(는) 목표가 \(korean)인 \(task.rawValue) 작업에 맞지 않습니다. 다음 중에서 "
          + "고르십시오: \(fitting)."))
  }

  /// The weights of the classes: those given, or those that the frequencies of the classes ask for.
  private func classWeights(counts: [Int], task: TaskKind) throws -> [Double]? {
    if data.balance != .none, task == .regression { throw unsuitableBalance("regression") }
    let balanced: [Double]? =
      switch data.balance {
      case .classWeights: ClassBalance.weights(counts: counts).map(Double.init)
      case .effectiveNumbers: ClassBalance.effectiveWeights(counts: counts).map(Double.init)
      default: nil
      }
    switch loss {
    case .auto, .crossEntropy, .focal, .multiMargin, .crossEntropyOnProbabilities: break
    default:
      if balanced != nil { throw unsuitableBalance(loss.name) }
    }
    guard let given = loss.classWeights else { return balanced }
    guard balanced == nil else {
      throw problem(
        at: "loss.classWeights",
        Localized(
          "classWeights and data.balance: \(data.balance.rawValue) both weigh the classes. Remove one "
            + "of them.",
          korean: "classWeights와 data.balance: \(data.balance.rawValue)가 모두 클래스에 가중치를 줍니다. "
            + "둘 중 하나를 제거하십시오."))
    }
    guard given.count == counts.count else {
      throw problem(
        at: "loss.classWeights",
        Localized(
          "\(given.count) weights were given for \(counts.count) classes. Give one for each class.",
          korean: "클래스는 \(counts.count)개인데 가중치는 \(given.count)개입니다. 클래스마다 하나씩 "
            + "지정하십시오."))
    }
    return given
  }

  private func unsuitableBalance(_ what: String) -> ConfigurationError {
    problem(
      at: "data.balance",
      Localized(
        "\(data.balance.rawValue) has no meaning for \(what). Use none.",
        korean: "\(what)에는 \(data.balance.rawValue)을(를) 적용할 수 없습니다. none을 사용하십시오."))
  }

  /// Refuses samples of several classes for losses that take one label.
  private func checkMixing() throws {
    guard augment.contains(where: \.mixesLabels) else { return }
    switch loss {
    case .hinge, .squaredHinge, .multiMargin: break
    default: return
    }
    throw problem(
      at: "augment",
      Localized(
        "cutMix and mixUp need a loss that takes shares of classes, which \(loss.name) does not. Use "
          + "crossEntropy.",
        korean: "cutMix와 mixUp에는 클래스 비율을 받는 손실 함수가 필요하지만 \(loss.name)은(는) 받지 않습니다. "
          + "crossEntropy를 사용하십시오."))
  }

  /// Refuses to ignore a class where too little is left, or where samples are mixtures of classes.
  private func checkIgnored(counts: [Int]) throws {
    guard let ignored = loss.ignoreIndex, counts.indices.contains(ignored) else { return }
    let rest = counts.indices.count { $0 != ignored && counts[$0] > 0 }
    guard rest > 1 else {
      throw problem(
        at: "loss.ignoreIndex",
        Localized(
          "without class \(ignored) there are not two classes with samples left.",
          korean: "클래스 \(ignored)을(를) 제외하면 샘플이 있는 클래스가 둘보다 적습니다."))
    }
    guard augment.contains(where: \.mixesLabels) else { return }
    throw problem(
      at: "loss.ignoreIndex",
      Localized(
        "cutMix and mixUp make mixtures of classes, of which none can be ignored. Remove one of them.",
        korean: "cutMix와 mixUp은 클래스를 섞으므로 한 클래스를 제외할 수 없습니다. 둘 중 하나를 제거하십시오."))
  }
}

extension AugmentationSpecification {
  /// Whether samples come out with more than one class.
  fileprivate var mixesLabels: Bool {
    switch self {
    case .cutMix, .mixUp: true
    default: false
    }
  }
}
