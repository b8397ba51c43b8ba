import HoneText

extension LibraryOnly {
  /// Models that learn no labels.
  static let models: [LibraryOnly] = [
    LibraryOnly(
      name: "autoencoder",
      summary: Localized(
        "squeezes samples into codes and restores them", korean: "샘플을 코드로 압축했다 복원하는 모델"),
      source: "Hinton and Salakhutdinov 2006", reason: withoutLabels("autoencoder", "Autoencoder")),
    LibraryOnly(
      name: "vae",
      summary: Localized(
        "an autoencoder whose codes are distributions", korean: "코드가 확률 분포인 오토인코더"),
      source: "Kingma and Welling 2013, arXiv 1312.6114",
      reason: withoutLabels("vae", "VariationalAutoencoder")),
  ]

  private static func withoutLabels(_ name: String, _ type: String) -> Localized {
    Localized(
      "\(name) restores samples and gives no labels, which runs are judged by. Train \(type) from "
        + "Swift, with a loop as in Examples/CustomLoop.",
      korean: "\(name)은(는) 샘플을 복원하는 모델이며, 실행을 평가할 레이블을 출력하지 않습니다. "
        + "Examples/CustomLoop와 같은 방식으로 Swift에서 \(type)를 학습하십시오.")
  }
}
