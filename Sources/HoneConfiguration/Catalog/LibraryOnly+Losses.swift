import HoneText

extension LibraryOnly {
  /// Losses that need more than a label for each sample.
  static let losses: [LibraryOnly] = [
    loss(
      "cosineEmbedding", "pulls two vectors' directions together or apart",
      korean: "두 벡터의 방향을 모으거나 벌리는 손실", source: "", type: "CosineEmbedding",
      ("pairs of samples", "샘플 쌍")),
    loss(
      "tripletMargin", "keeps an anchor nearer to a positive than to a negative",
      korean: "기준을 음성보다 양성에 가깝게 하는 손실", source: "Schroff et al. 2015, arXiv 1503.03832",
      type: "TripletMargin", ("triplets of samples", "샘플 세 개의 묶음")),
    loss(
      "infoNCE", "finds for each query its key among all keys of the batch",
      korean: "배치의 모든 키 가운데 질의에 맞는 키를 찾는 손실",
      source: "van den Oord et al. 2018, arXiv 1807.03748", type: "InfoNCE",
      ("pairs of samples", "샘플 쌍")),
    loss(
      "ctc", "a sequence of labels whose places in a longer sequence are unknown",
      korean: "위치를 모르는 레이블 열의 손실", source: "Graves et al. 2006", type: "CTC",
      ("sequences of labels", "레이블의 열")),
  ]

  private static func loss(
    _ name: String, _ english: String, korean: String, source: String, type: String,
    _ needs: (english: String, korean: String)
  ) -> LibraryOnly {
    LibraryOnly(
      name: name, summary: Localized(english, korean: korean), source: source,
      reason: Localized(
        "\(name) needs \(needs.english), and a run's samples have one label each. Use \(type) from "
          + "Swift, with a loop as in Examples/CustomLoop.",
        korean: "\(name)에는 \(needs.korean)이(가) 필요하지만 실행의 샘플에는 레이블이 하나씩만 있습니다. "
          + "Examples/CustomLoop와 같은 방식으로 Swift에서 \(type)를 사용하십시오."))
  }
}
