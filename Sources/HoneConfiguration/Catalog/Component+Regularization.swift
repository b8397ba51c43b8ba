extension Component {
  private typealias Averaging = TrainingConfiguration.Averaging
  private typealias Constraint = ConstraintSpecification

  private static let start = Parameter(
    "start", .number(.probability), "the share of the run before it begins",
    korean: "평균을 시작하기 전 학습의 비율")

  static let averages: [Component] = [
    Component(Averaging.none, "the weights as they are", korean: "평균 없음"),
    Component(
      Averaging.ema(), "exponential moving average of the weights", korean: "가중치의 지수 이동 평균",
      source: "Polyak and Juditsky 1992",
      [
        Parameter(
          "decay", .number(.probability), "what the average keeps of itself",
          korean: "평균이 유지되는 비율"),
        start,
        Parameter("every", .integer(from: 1), "steps between updates", korean: "갱신 사이의 스텝 수"),
      ]),
    Component(
      Averaging.swa(), "mean of the weights at the ends of the last epochs",
      korean: "마지막 에폭들의 가중치 평균",
      source: "Izmailov et al. 2018, arXiv 1803.05407",
      [
        start,
        Parameter("every", .integer(from: 1), "epochs between updates", korean: "갱신 사이의 에폭 수"),
        Parameter(
          "learningRate", .optional(.number(.positive)),
          "the constant rate meanwhile; null holds the schedule's",
          korean: "평균을 내는 동안의 일정한 학습률; null이면 일정의 값을 유지"),
      ]),
  ]

  static let constraints: [Component] = [
    Component(
      Constraint.maxNorm(), "each unit's norm is at most a limit", korean: "유닛마다 노름의 상한",
      source: "Srebro and Shraibman 2005",
      [Parameter("limit", .number(.positive), "the limit", korean: "상한")]),
    Component(Constraint.nonNegative, "no weight is negative", korean: "음수가 아닌 가중치"),
    Component(Constraint.unitNorm, "each unit's norm is one", korean: "유닛마다 노름이 1"),
    Component(
      Constraint.minMaxNorm(), "each unit's norm lies between two bounds",
      korean: "유닛마다 노름의 하한과 상한",
      [
        Parameter("minimum", .number(.nonNegative), "the lower bound", korean: "하한"),
        Parameter("maximum", .number(.positive), "the upper bound", korean: "상한"),
        Parameter(
          "rate", .number(.share), "the share of the way there in one step",
          korean: "한 스텝에 옮길 비율"),
      ]),
  ]
}
