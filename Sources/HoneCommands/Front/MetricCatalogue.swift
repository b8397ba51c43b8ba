import HoneText

/// The metrics that runs record, as the catalogue lists them.
enum MetricCatalogue {
  struct Entry {
    let name: String
    let largerIsBetter: Bool
    let summary: Localized
  }

  static let all: [Entry] = [
    Entry(
      name: "accuracy", largerIsBetter: true,
      summary: Localized("the share of samples classified right", korean: "맞게 분류한 샘플의 비율")),
    Entry(
      name: "rootMeanSquaredError", largerIsBetter: false,
      summary: Localized(
        "the root of the mean squared difference, in the target's unit",
        korean: "차이 제곱 평균의 제곱근 (목표값과 같은 단위)")),
  ]
}
