extension ValueShape {
  /// A course with its parameters, and what goes beside any course.
  static let schedule = ValueShape.tagged(
    TaggedShape(
      .schedules, key: "kind", usual: ScheduleConfiguration().course, payload: "course",
      common: .of(ScheduleConfiguration(), besideSchedules)))

  /// A stage of a sequence: a course and its length.
  static let scheduleStage = ValueShape.tagged(
    TaggedShape(
      .schedules, key: "kind", usual: Schedule.Stage().course, payload: "course",
      common: .of(
        Schedule.Stage(),
        [
          Parameter(
            "epochs", .optional(.number(.positive)), "its length in epochs",
            korean: "에폭으로 센 길이"),
          Parameter(
            "steps", .optional(.integer(from: 1)), "its length in optimizer steps",
            korean: "스텝으로 센 길이"),
          Parameter(
            "share", .optional(.number(.factor)), "its length as a share of the run",
            korean: "전체 학습에 대한 길이의 비율"),
        ]), definition: "scheduleStage"))

  /// A course by itself.
  static let scheduleCourse = ValueShape.tagged(
    TaggedShape(
      .schedules, key: "kind", usual: Schedule.Course.constant, definition: "scheduleCourse"))

  private typealias Schedule = ScheduleConfiguration

  private static let besideSchedules: [Parameter] = [
    Parameter(
      "warmupEpochs", .number(.nonNegative), "epochs over which the rate rises",
      korean: "학습률을 올리는 에폭 수"),
    Parameter(
      "warmupShape", .choice(Schedule.WarmupShape.allCases.map(\.rawValue)), "how it rises",
      korean: "올리는 모양"),
    Parameter(
      "warmupFrom", .number(.share), "the first rate, as a share of the full one",
      korean: "온전한 학습률에 대한 처음 학습률의 비율"),
    Parameter(
      "unit", .choice(Schedule.Unit.allCases.map(\.rawValue)), "what the course's lengths count",
      korean: "길이의 단위: 에폭 또는 스텝"),
    Parameter(
      "perEpoch", .flag, "whether the rate stays the same within an epoch",
      korean: "한 에폭 안에서 학습률을 그대로 둘지 여부"),
  ]
}
