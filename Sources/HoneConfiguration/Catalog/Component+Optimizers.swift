import HoneText

extension Component {
  private typealias Method = OptimizerConfiguration.Method

  private static let learningRate = Parameter(
    "learningRate", .number(.positive), "the learning rate before any schedule",
    korean: "일정을 적용하기 전의 학습률")
  private static let betas = Parameter(
    "betas", .list(.number(.probability), 2...2), "decay of the first and second moments",
    korean: "1차, 2차 모멘트의 감쇠율")
  private static let epsilon = Parameter(
    "epsilon", .number(.positive), "added to the denominator", korean: "분모에 더하는 작은 수")
  private static let coupledDecay = Parameter(
    "weightDecay", .number(.nonNegative), "added to the gradient times the weight",
    korean: "가중치에 곱해 기울기에 더하는 수")
  private static let decoupledDecay = Parameter(
    "weightDecay", .number(.nonNegative),
    "the share of a weight that the learning rate takes off", korean: "학습률에 곱해 가중치에서 덜어내는 비율")
  private static let decoupled = Parameter(
    "decoupled", .flag, "whether weight decay acts on the weights and not in the gradients",
    korean: "가중치 감쇠를 기울기가 아니라 가중치에 적용할지 여부")
  private static let amsgrad = Parameter(
    "amsgrad", .flag, "whether the largest second moment so far is kept (arXiv 1904.09237)",
    korean: "지금까지 가장 큰 2차 모멘트를 쓸지 여부 (arXiv 1904.09237)")
  private static let momentum = Parameter(
    "momentum", .number(.probability), "decay of the velocity", korean: "속도의 감쇠율")
  private static let nesterov = Parameter(
    "nesterov", .flag, "whether the gradient is taken ahead", korean: "네스테로프 모멘텀 사용 여부")
  private static let smoothing = Parameter(
    "smoothing", .number(.probability), "decay of the average of squares", korean: "제곱 평균의 감쇠율")

  static let optimizers: [Component] = optimizerGroups.flatMap(\.components)

  static let optimizerGroups: [(heading: Localized?, components: [Component])] = [
    (Localized("Gradient descent", korean: "경사 하강법"), plainDescent),
    (Localized("Adam and its kin", korean: "Adam 계열"), adamFamily),
    (Localized("Scaled by past gradients", korean: "지난 기울기로 크기 조절"), scaledDescent),
    (Localized("By whole tensors", korean: "텐서 단위"), wholeTensors),
    (Localized("Second order", korean: "2차 방법"), secondOrder),
  ]

  private static let plainDescent: [Component] = [
    Component(
      Method.sgd(), "stochastic gradient descent with momentum",
      korean: "모멘텀을 쓰는 확률적 경사 하강법", source: "Sutskever et al. 2013",
      formula: "v = momentum v + (1 - dampening) g, w -= learningRate v",
      [
        learningRate, momentum,
        Parameter(
          "dampening", .number(.probability),
          "the share of a new gradient left out of the velocity",
          korean: "속도에 더하지 않는 새 기울기의 비율"),
        nesterov, coupledDecay,
      ]),
    Component(
      Method.asgd(), "gradient descent at a falling rate, with a mean of the weights",
      korean: "학습률을 줄이며 가중치 평균을 함께 두는 경사 하강법", source: "Polyak and Juditsky 1992",
      formula: "w -= rate (g + decay w), rate = learningRate / (1 + decay learningRate t)^power",
      [
        learningRate,
        Parameter(
          "decay", .number(.nonNegative), "how fast the rate falls and weights shrink",
          korean: "학습률과 가중치가 줄어드는 빠르기"),
        Parameter(
          "power", .number(.nonNegative), "the power by which the rate falls",
          korean: "학습률이 줄어드는 거듭제곱"),
        Parameter(
          "averagingStart", .integer(from: 0), "the steps before the mean begins",
          korean: "평균을 시작하기 전의 스텝 수"),
        coupledDecay,
      ]),
    Component(
      Method.rprop(), "a step size for each weight, by the signs of its gradients",
      korean: "기울기의 부호로 가중치마다 조절하는 걸음 크기", source: "Riedmiller and Braun 1993",
      formula:
        "w -= s sign(g), s times growing while g keeps its sign, times shrinking when it turns",
      [
        learningRate,
        Parameter(
          "shrinking", .number(.probability), "times the step size when the sign turns",
          korean: "부호가 바뀌면 걸음 크기에 곱하는 수"),
        Parameter(
          "growing", .number(NumberRange(lower: 1, includesLower: false)),
          "times the step size while the sign stays", korean: "부호가 같으면 걸음 크기에 곱하는 수"),
        Parameter(
          "smallestStep", .number(.positive), "the smallest step size", korean: "가장 작은 걸음 크기"),
        Parameter(
          "largestStep", .number(.positive), "the largest step size", korean: "가장 큰 걸음 크기"),
      ]),
    Component(
      Method.lion(), "the signs of an averaged gradient", korean: "평균 기울기의 부호",
      source: "Chen et al. 2023, arXiv 2302.06675",
      formula: "w -= learningRate (sign(β₁ m + (1 - β₁) g) + weightDecay w), m = β₂ m + (1 - β₂) g",
      [learningRate, betas, decoupledDecay]),
  ]

  private static let adamFamily: [Component] = [
    Component(
      Method.adam(), "Adam", korean: "Adam", source: "Kingma and Ba 2014, arXiv 1412.6980",
      formula: "w -= learningRate m̂ / (√v̂ + epsilon), m and v the running means of g and g²",
      [learningRate, betas, epsilon, coupledDecay, amsgrad]),
    Component(
      Method.adamW(), "Adam with decoupled weight decay",
      korean: "가중치 감쇠를 분리한 Adam", source: "Loshchilov and Hutter 2017, arXiv 1711.05101",
      formula: "w -= learningRate (m̂ / (√v̂ + epsilon) + weightDecay w)",
      [learningRate, betas, epsilon, decoupledDecay, amsgrad]),
    Component(
      Method.nadam(), "Adam with Nesterov's momentum", korean: "네스테로프 모멘텀을 쓰는 Adam",
      source: "Dozat 2016",
      [
        learningRate, betas, epsilon,
        Parameter(
          "momentumDecay", .number(.nonNegative), "how fast the momentum rises to its full size",
          korean: "모멘텀이 제 크기에 이르는 빠르기"),
        coupledDecay, decoupled,
      ]),
    Component(
      Method.radam(), "Adam that needs no warm-up", korean: "워밍업이 필요 없는 Adam",
      source: "Liu et al. 2019, arXiv 1908.03265",
      formula: "w -= learningRate r m̂ / (√v̂ + epsilon); w -= learningRate m̂ in the first steps",
      [learningRate, betas, epsilon, coupledDecay, decoupled]),
    Component(
      Method.adamax(), "Adam with the largest recent gradient as scale",
      korean: "최근의 가장 큰 기울기로 나누는 Adam", source: "Kingma and Ba 2014, arXiv 1412.6980",
      formula: "w -= learningRate m̂ / u, u = max(β₂ u, |g| + epsilon)",
      [learningRate, betas, epsilon, coupledDecay]),
  ]

  private static let scaledDescent: [Component] = [
    Component(
      Method.rmsProp(), "gradients over the root of their running mean square",
      korean: "기울기를 제곱 평균의 제곱근으로 나눔", source: "Tieleman and Hinton 2012",
      formula: "w -= learningRate g / (√v + epsilon), v = smoothing v + (1 - smoothing) g²",
      [
        learningRate, smoothing, momentum,
        Parameter(
          "centered", .flag, "whether the mean gradient is taken off first",
          korean: "평균 기울기를 먼저 뺄지 여부"),
        epsilon, coupledDecay,
      ]),
    Component(
      Method.adagrad(), "gradients over the root of the sum of their squares",
      korean: "기울기를 제곱 합의 제곱근으로 나눔", source: "Duchi et al. 2011",
      formula: "w -= learningRate / (1 + learningRateDecay t) g / (√Σg² + epsilon)",
      [
        learningRate,
        Parameter(
          "learningRateDecay", .number(.nonNegative), "how fast the rate falls besides",
          korean: "학습률이 따로 줄어드는 빠르기"),
        Parameter(
          "initialSum", .number(.nonNegative), "what the sums start from", korean: "합의 처음 값"),
        epsilon, coupledDecay,
      ]),
    Component(
      Method.adadelta(), "steps in the size of the last steps", korean: "지난 걸음 크기에 맞춘 걸음",
      source: "Zeiler 2012, arXiv 1212.5701",
      formula: "w -= learningRate d, d = g √(mean of d² + epsilon) / √(mean of g² + epsilon)",
      [learningRate, smoothing, epsilon, coupledDecay]),
  ]

  private static let wholeTensors: [Component] = [
    Component(
      Method.lamb(), "AdamW with steps in proportion to each tensor's norm",
      korean: "텐서마다 노름에 비례해 걷는 AdamW", source: "You et al. 2019, arXiv 1904.00962",
      formula: "w -= learningRate ‖w‖ d / ‖d‖, d = m̂ / (√v̂ + epsilon) + weightDecay w",
      [learningRate, betas, epsilon, decoupledDecay]),
    Component(
      Method.adafactor(), "second moments of rows and columns only", korean: "행과 열의 2차 모멘트만 저장",
      source: "Shazeer and Stern 2018, arXiv 1804.04235",
      formula: "w -= rate g / √v, v[i, j] = row[i] column[j] / mean of row",
      [
        learningRate,
        Parameter(
          "relative", .flag, "whether steps are relative to the size of the weights",
          korean: "걸음을 가중치 크기에 맞출지 여부"),
        Parameter(
          "secondMomentDecay", .number(NumberRange(upper: 0)),
          "the power of the step number that a new gradient counts",
          korean: "새 기울기의 비중이 되는 스텝 수의 거듭제곱"),
        Parameter(
          "clipping", .number(.positive), "the largest root mean square of an update",
          korean: "갱신의 제곱 평균 제곱근의 상한"),
        Parameter(
          "epsilon", .optional(.number(.positive)),
          "what second moments are at least; null for the element type's resolution",
          korean: "2차 모멘트의 최솟값; null이면 자료형의 분해능"),
        Parameter(
          "smallestScale", .number(.nonNegative), "the least size of weights to reckon with",
          korean: "가중치 크기로 치는 최솟값"),
        decoupledDecay,
      ]),
    Component(
      Method.muon(), "orthogonal steps for matrices, AdamW for the rest",
      korean: "행렬은 직교 걸음, 나머지는 AdamW", source: "Jordan et al. 2024",
      formula: "w -= learningRate U Vᵀ, U S Vᵀ the momentum",
      [
        learningRate, momentum, nesterov,
        Parameter(
          "iterations", .integer(0...99), "Newton-Schulz iterations", korean: "뉴턴-슐츠 반복 수"),
        Parameter(
          "adjustment", .choice(OptimizerConfiguration.MuonAdjustment.allCases.map(\.rawValue)),
          "how the rate depends on a matrix's shape (arXiv 2502.16982)",
          korean: "행렬 모양에 따른 학습률 (arXiv 2502.16982)"),
        Parameter(
          "vectorRateScale", .number(.nonNegative), "times the rate for what is no matrix",
          korean: "행렬이 아닌 것의 학습률에 곱하는 수"),
        betas, decoupledDecay,
      ]),
  ]
}
