extension Component {
  private typealias Course = ScheduleConfiguration.Course

  private static let factor = Parameter(
    "factor", .number(.factor), "what the rate is multiplied by", korean: "학습률에 곱하는 수")
  private static let minimum = Parameter(
    "minimum", .number(.share), "the last rate, as a share of the first",
    korean: "처음 학습률에 대한 마지막 학습률의 비율")

  static let schedules: [Component] =
    steppedCourses + smoothCourses + cyclicCourses + composedCourses

  private static let steppedCourses: [Component] = [
    Component(Course.constant, "no change", korean: "변하지 않음"),
    Component(Course.flat(), "times factor, throughout", korean: "처음부터 끝까지 factor를 곱함", [factor]),
    Component(
      Course.step(), "times factor after every so many epochs", korean: "일정 에폭마다 factor를 곱함",
      formula: "factor^⌊epoch / every⌋",
      [Parameter("every", .integer(from: 1), "epochs", korean: "에폭 수"), factor]),
    Component(
      Course.halveEvery(halveEvery: 1), "half the rate after every so many epochs",
      korean: "일정 에폭마다 학습률을 반으로 줄임",
      formula: "0.5^⌊epoch / halveEvery⌋", shorthand: "halveEvery",
      [
        Parameter(
          "halveEvery", .integer(from: 1), "epochs", korean: "에폭 수", isRequired: true)
      ]),
    Component(
      Course.tenthEvery(tenthEvery: 1), "a tenth of the rate after every so many epochs",
      korean: "일정 에폭마다 학습률을 10분의 1로 줄임",
      formula: "0.1^⌊epoch / tenthEvery⌋", shorthand: "tenthEvery",
      [
        Parameter(
          "tenthEvery", .integer(from: 1), "epochs", korean: "에폭 수", isRequired: true)
      ]),
    Component(
      Course.multiStep(milestones: [1]), "times factor at each milestone",
      korean: "정해진 에폭마다 factor를 곱함",
      formula: "factor^(number of milestones reached)",
      [
        Parameter(
          "milestones", .list(.integer(from: 1), 1...1000), "epochs, ascending",
          korean: "에폭 번호 (오름차순)", isRequired: true),
        factor,
      ]),
    Component(
      Course.exponential(), "times factor after every epoch", korean: "에폭마다 factor를 곱함",
      formula: "factor^⌊epoch⌋", [factor]),
    Component(
      Course.plateau(), "times factor when the validation loss stops improving",
      korean: "검증 손실이 나아지지 않으면 factor를 곱함",
      [
        Parameter(
          "factor", .number(.probability), "what the rate is multiplied by", korean: "학습률에 곱하는 수"),
        Parameter(
          "patience", .integer(from: 0), "epochs without improvement that are borne",
          korean: "나아지지 않아도 기다릴 에폭 수"),
        Parameter(
          "threshold", .number(.nonNegative), "the smallest relative change that counts",
          korean: "개선으로 치는 최소 상대 변화"),
        Parameter(
          "cooldown", .integer(from: 0), "epochs after a reduction that do not count",
          korean: "줄인 뒤 세지 않는 에폭 수"),
        minimum,
      ]),
  ]

  private static let smoothCourses: [Component] = [
    Component(
      Course.linear(), "in a straight line between two factors", korean: "두 비율 사이를 직선으로 바꿈",
      formula: "from + (to - from) min(1, epoch / length)",
      [
        Parameter("from", .number(.nonNegative), "the first factor", korean: "처음 비율"),
        Parameter("to", .number(.nonNegative), "the last factor", korean: "마지막 비율"),
        Parameter(
          "length", .optional(.number(.positive)), "how long it takes; null for the whole run",
          korean: "걸리는 길이; null이면 전체 학습"),
      ]),
    Component(
      Course.cosine(), "half a cosine down", korean: "코사인 반 주기로 줄임",
      source: "Loshchilov and Hutter 2016, arXiv 1608.03983",
      formula: "minimum + (1 - minimum) (1 + cos πt) / 2, t the share of the run", [minimum]),
    Component(
      Course.polynomial(), "down by a power of the time left", korean: "남은 시간의 거듭제곱으로 줄임",
      formula: "minimum + (1 - minimum) (1 - t)^power, t the share of the run",
      [Parameter("power", .number(.positive), "the power", korean: "지수"), minimum]),
    Component(
      Course.inverseSquareRoot(), "over the root of the time", korean: "시간의 제곱근으로 나눔",
      source: "Vaswani et al. 2017, arXiv 1706.03762",
      formula: "1 / √(1 + epoch / timescale)",
      [
        Parameter(
          "timescale", .number(.positive), "the time after which the root is that of 2",
          korean: "제곱근이 2의 제곱근이 되는 시간")
      ]),
    Component(
      Course.warmUp(), "a rise over the whole of its length", korean: "전체 길이에 걸쳐 올림",
      [
        Parameter(
          "shape", .choice(ScheduleConfiguration.WarmupShape.allCases.map(\.rawValue)),
          "how it rises", korean: "올리는 모양"),
        Parameter("from", .number(.share), "the first factor", korean: "처음 비율"),
      ]),
  ]

  private static let cyclicCourses: [Component] = [
    Component(
      Course.warmRestarts(), "cosines that start again", korean: "다시 시작하는 코사인",
      source: "Loshchilov and Hutter 2016, arXiv 1608.03983",
      formula: "minimum + (1 - minimum) (1 + cos πt) / 2, t the share of the period",
      [
        Parameter("period", .integer(from: 1), "epochs of the first", korean: "첫 주기의 에폭 수"),
        Parameter(
          "multiplier", .number(NumberRange(lower: 1)), "how much longer each next one is",
          korean: "다음 주기의 배수"),
        minimum,
      ]),
    Component(
      Course.oneCycle(), "up to the rate and down again over the whole run",
      korean: "전체 학습 동안 올렸다가 내림", source: "Smith and Topin 2017, arXiv 1708.07120",
      [
        Parameter(
          "rise", .number(.probability), "the share of steps upwards", korean: "올리는 구간의 비율"),
        Parameter(
          "startFactor", .number(.factor), "the first rate, as a share of the highest",
          korean: "최고 학습률에 대한 처음 학습률의 비율"),
        Parameter(
          "endFactor", .number(.factor), "the last rate, as a share of the highest",
          korean: "최고 학습률에 대한 마지막 학습률의 비율"),
        Parameter(
          "anneal", .choice(ScheduleConfiguration.Anneal.allCases.map(\.rawValue)),
          "how it goes up and down", korean: "오르내리는 모양"),
        Parameter(
          "threePhase", .flag, "whether it returns to the first rate before the last",
          korean: "마지막 학습률로 내리기 전에 처음 학습률로 돌아올지 여부"),
      ]),
    Component(
      Course.cyclic(), "up and down between two rates, over and over",
      korean: "두 학습률 사이를 되풀이해 오르내림", source: "Smith 2015, arXiv 1506.01186",
      [
        Parameter(
          "low", .number(.share), "the lowest rate, as a share of the highest",
          korean: "최고 학습률에 대한 최저 학습률의 비율"),
        Parameter("up", .number(.positive), "how long it rises", korean: "올리는 길이"),
        Parameter(
          "down", .optional(.number(.positive)), "how long it falls; null for as long",
          korean: "내리는 길이; null이면 올리는 길이와 같음"),
        Parameter(
          "amplitude", .choice(ScheduleConfiguration.Amplitude.allCases.map(\.rawValue)),
          "how the height of cycles changes", korean: "주기마다 높이가 변하는 방법"),
        Parameter(
          "stepFactor", .number(.factor),
          "what the height is multiplied by with every step, where it is exponential",
          korean: "exponential일 때 스텝마다 높이에 곱하는 수"),
      ]),
  ]

  private static let composedCourses: [Component] = [
    Component(
      Course.sequence(sequence: []), "one stage after the other, each with its length",
      korean: "길이가 있는 단계들을 차례로 이음", shorthand: "sequence",
      [
        Parameter(
          "sequence", .list(.scheduleStage, 1...1000),
          "the stages: a kind with epochs, steps or share; the last takes what is left",
          korean: "단계들: kind와 epochs, steps, share 가운데 하나; 마지막 단계는 나머지 전부",
          isRequired: true)
      ]),
    Component(
      Course.product(product: []), "courses that multiply", korean: "곱해지는 일정들",
      shorthand: "product",
      [
        Parameter(
          "product", .list(.scheduleCourse, 1...100), "the courses", korean: "일정들",
          isRequired: true)
      ]),
  ]
}
