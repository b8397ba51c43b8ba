extension Component {
  private typealias Model = ModelConfiguration.Architecture

  private static let features = Parameter(
    "features", .integer(from: 1), "the length of a word vector", korean: "단어 벡터의 길이")

  private static let recurrent: [Parameter] = [
    features,
    Parameter("width", .integer(from: 1), "features of a state", korean: "상태의 특징 수"),
    Parameter("depth", .integer(1...64), "recurrent layers", korean: "순환 층 수"),
    Parameter(
      "bidirectional", .flag, "whether a second network reads from the end",
      korean: "끝에서부터 읽는 층을 함께 둘지 여부"),
    modelDropout,
  ]

  static let textModels: [Component] = [
    Component(
      Model.bagOfEmbeddings(), "a linear classifier of the mean of word vectors, as in fastText",
      korean: "fastText처럼 단어 벡터의 평균을 쓰는 선형 분류기",
      source: "Joulin et al. 2016, arXiv 1607.01759", [features, modelDropout]),
    Component(
      Model.textCNN(), "convolutions of several widths over word vectors",
      korean: "여러 너비의 단어 벡터 합성곱", source: "Kim 2014, arXiv 1408.5882",
      [
        features,
        Parameter(
          "windows", .list(.integer(1...64), 1...16), "widths of filters in tokens",
          korean: "필터의 너비 (토큰 수)"),
        Parameter("maps", .integer(from: 1), "filters of each width", korean: "너비마다의 필터 수"),
        modelDropout,
      ]),
    Component(
      Model.lstm(), "long short-term memories over word vectors", korean: "단어 벡터 위의 LSTM",
      source: "Hochreiter and Schmidhuber 1997", recurrent),
    Component(
      Model.gru(), "gated recurrent units over word vectors", korean: "단어 벡터 위의 GRU",
      source: "Cho et al. 2014, arXiv 1406.1078", recurrent),
    Component(
      Model.transformer(), "a Transformer encoder over word vectors",
      korean: "단어 벡터 위의 트랜스포머 인코더", source: "Vaswani et al. 2017, arXiv 1706.03762",
      [
        features,
        Parameter("depth", .integer(1...64), "encoder layers", korean: "인코더 층 수"),
        Parameter(
          "heads", .integer(from: 1), "attention heads; they divide features",
          korean: "어텐션 헤드 수; features를 나누어야 함"),
        Parameter(
          "feedForward", .integer(from: 1), "units between the linear maps of a layer",
          korean: "층 안의 선형 변환 사이 유닛 수"),
        modelDropout,
      ]),
  ]
}
