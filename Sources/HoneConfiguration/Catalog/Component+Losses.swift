import HoneText

extension LibraryOnly {
  /// Losses that need more than a label for each sample.
  static let losses: [LibraryOnly] = []
}

extension Component {
  static let losses: [Component] = [
    Component(
      LossConfiguration.auto,
      "the task's usual loss: cross-entropy for classes, mean squared error for numbers",
      korean: "과제의 기본 손실: 분류는 교차 엔트로피, 회귀는 평균 제곱 오차"),
    Component(
      LossConfiguration.crossEntropy(), "softmax cross-entropy on logits",
      korean: "로짓에 대한 소프트맥스 교차 엔트로피",
      [
        Parameter(
          "labelSmoothing", .number(.probability),
          "the share of a label that is spread over all classes (arXiv 1512.00567)",
          korean: "모든 클래스에 나누어 줄 레이블의 비율 (arXiv 1512.00567)")
      ]),
    Component(
      LossConfiguration.binaryCrossEntropy, "sigmoid cross-entropy on logits",
      korean: "로짓에 대한 시그모이드 교차 엔트로피"),
    Component(
      LossConfiguration.meanSquaredError, "the mean of squared differences", korean: "차이의 제곱 평균"),
    Component(
      LossConfiguration.meanAbsoluteError, "the mean of absolute differences",
      korean: "차이의 절댓값 평균"),
    Component(
      LossConfiguration.huber(), "squared near zero, absolute far from it",
      korean: "작은 차이는 제곱, 큰 차이는 절댓값", source: "Huber 1964",
      [
        Parameter(
          "delta", .number(.positive), "where the square ends", korean: "제곱에서 절댓값으로 바뀌는 점")
      ]),
  ]
}
