extension ValueShape {
  static let distillation = ValueShape.object(
    TrainingConfiguration.Distillation(teachers: []),
    [
      Parameter(
        "teachers", .list(.text, 1...Int.max), "the runs: an id, a name, RUN@EPOCH",
        korean: "교사 실행: id, 이름 또는 RUN@EPOCH", isRequired: true),
      Parameter(
        "temperature", .number(.positive), "what logits are divided by", korean: "로짓을 나눌 온도"),
      Parameter(
        "mixing", .number(.share), "the share of the teachers in the loss",
        korean: "손실에서 교사가 차지하는 비율"),
    ])
}
