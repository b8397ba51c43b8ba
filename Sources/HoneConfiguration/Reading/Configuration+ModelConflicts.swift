import HoneText

extension Configuration {
  /// Settings of the model that do not go together.
  var modelConflicts: [ConfigurationProblem] {
    guard model.embedding != nil else { return [] }
    if case .layers = model.architecture {
      return [
        problem(
          at: "model.embedding",
          Localized(
            "a model of layers has no table of word vectors. Use bagOfEmbeddings, textCNN, lstm, gru "
              + "or transformer.",
            korean: "layers로 쓴 모델에는 단어 벡터 표가 없습니다. bagOfEmbeddings, textCNN, lstm, gru, "
              + "transformer 중 하나를 사용하십시오."))
      ]
    }
    guard model.pretrained != nil else { return [] }
    return [
      problem(
        at: "model.embedding",
        Localized(
          "model.pretrained brings a table of vectors too. Remove one of them.",
          korean: "model.pretrained에도 벡터 표가 들어 있습니다. 둘 중 하나를 제거하십시오."))
    ]
  }
}
