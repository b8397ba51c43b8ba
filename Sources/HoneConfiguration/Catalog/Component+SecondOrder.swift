extension Component {
  private typealias Method = OptimizerConfiguration.Method

  private static let firstStep = Parameter(
    "learningRate", .number(.positive), "times the first step that a search tries",
    korean: "탐색이 처음 시도하는 걸음에 곱하는 수")
  private static let lineSearch = Parameter(
    "lineSearch", .choice(OptimizerConfiguration.LineSearch.allCases.map(\.rawValue)),
    "how far to go along a direction", korean: "방향을 따라 얼마나 갈지 정하는 방법")
  private static func iterations(_ english: String, _ korean: String) -> Parameter {
    Parameter("iterations", .integer(from: 1), english, korean: korean)
  }
  private static let innerIterations = iterations("iterations in a step", "한 스텝 안의 반복 수")

  /// Methods that evaluate a step's loss more than once.
  static let secondOrder: [Component] = [
    Component(
      Method.lbfgs(), "quasi-Newton with the last steps; for all samples in one step",
      korean: "최근 걸음을 쓰는 준뉴턴법. 한 스텝에 전체 샘플을 쓸 때", source: "Liu and Nocedal 1989",
      [
        Parameter(
          "learningRate", .number(.positive),
          "the length of fixed steps, the first trial of line searches",
          korean: "고정 걸음의 길이, 직선 탐색의 첫 시도"),
        Parameter("history", .integer(from: 1), "steps remembered", korean: "기억하는 걸음 수"),
        innerIterations,
        Parameter(
          "lineSearch", .choice(OptimizerConfiguration.StepRule.allCases.map(\.rawValue)),
          "strongWolfe, or fixed for steps of the learning rate",
          korean: "strongWolfe 또는 학습률만큼 가는 fixed"),
      ]),
    Component(
      Method.bfgs(), "quasi-Newton with a full matrix; up to some thousands of weights",
      korean: "행렬 전체를 쓰는 준뉴턴법. 가중치 수천 개까지", source: "Nocedal and Wright 2006, section 6.1",
      [firstStep, innerIterations, lineSearch]),
    Component(
      Method.conjugateGradient(), "nonlinear conjugate gradients", korean: "비선형 켤레 기울기법",
      source: "Nocedal and Wright 2006, section 5.2",
      [
        firstStep,
        Parameter(
          "formula", .choice(OptimizerConfiguration.ConjugateFormula.allCases.map(\.rawValue)),
          "how much of the former direction is kept", korean: "이전 방향을 남기는 공식"),
        innerIterations, lineSearch,
      ]),
    Component(
      Method.gaussNewton(), "least squares by the Jacobian of the errors; squared error only",
      korean: "오차의 야코비 행렬을 쓰는 최소제곱법. 제곱 오차에만",
      source: "Nocedal and Wright 2006, section 10.3", [firstStep, innerIterations, lineSearch]),
    Component(
      Method.newtonCG(), "Newton's method by products with the Hessian",
      korean: "헤세 행렬 곱만 쓰는 뉴턴법", source: "Nocedal and Wright 2006, section 7.1",
      [
        firstStep, innerIterations,
        Parameter(
          "products", .integer(from: 1), "Hessian products for a direction at most",
          korean: "방향마다 헤세 행렬 곱의 최대 횟수"),
        lineSearch,
      ]),
    Component(
      Method.newton(), "Newton's method with the full Hessian; up to some hundreds of weights",
      korean: "헤세 행렬 전체를 쓰는 뉴턴법. 가중치 수백 개까지",
      source: "Nocedal and Wright 2006, section 3.4",
      [
        firstStep, innerIterations,
        Parameter(
          "damping", .number(.nonNegative), "the least curvature as a share of the largest",
          korean: "가장 큰 곡률에 대한 최소 곡률의 비율"),
        lineSearch,
      ]),
    Component(
      Method.levenbergMarquardt(), "least squares within a radius of trust; squared error only",
      korean: "신뢰 반경 안의 최소제곱법. 제곱 오차에만", source: "Moré 1978",
      [
        Parameter(
          "learningRate", .number(.positive), "times the first radius of trust",
          korean: "첫 신뢰 반경에 곱하는 수"),
        innerIterations,
      ]),
  ]
}
