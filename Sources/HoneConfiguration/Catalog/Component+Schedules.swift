extension Component {
  private typealias Course = ScheduleConfiguration.Course

  private static let factor = Parameter(
    "factor", .number(.factor), "what the rate is multiplied by", korean: "학습률에 곱하는 수")
  private static let minimum = Parameter(
    "minimum", .number(.share), "the last rate, as a share of the first",
    korean: "처음 학습률에 대한 마지막 학습률의 비율")

  static let schedules: [Component] = [
    Component(Course.constant, "no change", korean: "변하지 않음"),
    Component(
      Course.step(), "times factor after every so many epochs", korean: "일정 에폭마다 factor를 곱함",
      [Parameter("every", .integer(from: 1), "epochs", korean: "에폭 수"), factor]),
    Component(
      Course.multiStep(milestones: [1]), "times factor at each milestone",
      korean: "정해진 에폭마다 factor를 곱함",
      [
        Parameter(
          "milestones", .list(.integer(from: 1), 1...1000), "epochs, ascending",
          korean: "에폭 번호 (오름차순)", isRequired: true),
        factor,
      ]),
    Component(
      Course.exponential(), "times factor after every epoch", korean: "에폭마다 factor를 곱함", [factor]),
    Component(
      Course.cosine(), "half a cosine down", korean: "코사인 반 주기로 줄임",
      source: "Loshchilov and Hutter 2016, arXiv 1608.03983", [minimum]),
    Component(
      Course.warmRestarts(), "cosines that start again", korean: "다시 시작하는 코사인",
      source: "Loshchilov and Hutter 2016, arXiv 1608.03983",
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
      ]),
    Component(
      Course.polynomial(), "down by a power of the time left", korean: "남은 시간의 거듭제곱으로 줄임",
      [Parameter("power", .number(.positive), "the power", korean: "지수"), minimum]),
    Component(
      Course.plateau(), "times factor when the validation loss stops improving",
      korean: "검증 손실이 나아지지 않으면 factor를 곱함",
      [
        factor,
        Parameter(
          "patience", .integer(from: 0), "epochs without improvement that are borne",
          korean: "나아지지 않아도 기다릴 에폭 수"),
        Parameter(
          "threshold", .number(.nonNegative), "the smallest relative change that counts",
          korean: "개선으로 치는 최소 상대 변화"),
      ]),
  ]
}
