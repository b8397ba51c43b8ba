import HoneText

extension Component {
  private typealias Layer = LayerSpecification.Temporal

  private static let table: [Parameter] = [
    Parameter(
      "vocabulary", .integer(from: 1), "how many numbers there are", korean: "어휘 크기",
      isRequired: true),
    Parameter(
      "outputs", .integer(from: 1), "the length of a vector", korean: "벡터의 길이",
      isRequired: true),
  ]
  private static let rows: [Parameter] = [
    Parameter(
      "paddingIndex", .optional(.integer(from: 0)),
      "the number that stands for padding: zeros, without gradient; null for none",
      korean: "채움을 뜻하는 번호 (0 벡터, 기울기 없음); null이면 없음"),
    Parameter(
      "maxNorm", .optional(.number(.positive)), "the largest norm of a vector; null for none",
      korean: "벡터 노름의 상한; null이면 없음"),
    LayerKey.initializer,
  ]
  private static let state = Parameter(
    "outputs", .integer(from: 1), "features of the state", korean: "상태의 특성 수",
    isRequired: true)
  private static let dropout = Parameter(
    "dropout", .number(.probability), "the share of activations that training zeroes",
    korean: "훈련 중 0으로 만드는 활성값의 비율")
  private static let stack: [Parameter] = [
    Parameter("layers", .integer(from: 1), "layers on top of each other", korean: "쌓는 층 수"),
    Parameter(
      "bidirectional", .flag, "whether a second one runs backwards", korean: "역방향도 함께 쓸지 여부"),
    Parameter(
      "dropout", .number(.probability), "the share of activations dropped between layers",
      korean: "층 사이에서 0으로 만드는 활성값의 비율"),
    LayerKey.bias,
    Parameter(
      "returns", .words(LayerSpecification.RecurrentResult.self),
      "what is handed on: the whole sequence, or the last state of each direction",
      korean: "내보내는 것: 시퀀스 전체 또는 방향마다 마지막 상태"),
  ]
  private static let heads = Parameter(
    "heads", .integer(from: 1), "heads; they must divide the features",
    korean: "헤드 수 (특성 수를 나누어야 함)", isRequired: true)
  private static let causal = Parameter(
    "causal", .flag, "whether positions see earlier ones only", korean: "앞선 위치만 볼지 여부")
  private static let rotary = Parameter(
    "rotary", .flag, "whether queries and keys turn with their position (arXiv 2104.09864)",
    korean: "위치에 따라 질의와 키를 회전할지 여부 (arXiv 2104.09864)")

  static let temporalLayers: [Component] = [
    Component(
      Layer.embedding(vocabulary: 1, outputs: 1),
      "a vector for each number of a vocabulary: [length] to [length, outputs]",
      korean: "어휘 번호마다 벡터를 두는 임베딩 층: [length]를 [length, outputs]로",
      formula: "y[t] = W[x[t]]", table + rows, conflict: paddingConflict),
    Component(
      Layer.embeddingBag(vocabulary: 1, outputs: 1),
      "one vector for all numbers of a sample: [length] to [outputs]",
      korean: "샘플의 번호 전체를 벡터 하나로: [length]를 [outputs]로",
      source: "Joulin et al. 2016, arXiv 1607.01759", formula: "y = mean over t of W[x[t]]",
      table + [
        Parameter(
          "mode", .words(LayerSpecification.BagMode.self), "how vectors become one",
          korean: "벡터를 하나로 모으는 방법")
      ] + rows, conflict: paddingConflict),
    Component(
      Layer.rnn(outputs: 1), "a plain recurrent network over [length, features]",
      korean: "[length, features]를 차례로 읽는 기본 순환 신경망", source: "Elman 1990",
      formula: "h[t] = tanh(W x[t] + b + U h[t-1] + c)", shorthand: "outputs",
      [
        state,
        Parameter(
          "nonlinearity", .words(LayerSpecification.RecurrentNonlinearity.self),
          "what is applied to the sum", korean: "합에 적용하는 함수"),
      ] + stack),
    Component(
      Layer.lstm(outputs: 1), "a long short-term memory over [length, features]",
      korean: "[length, features]를 차례로 읽는 LSTM", source: "Hochreiter and Schmidhuber 1997",
      formula: "c[t] = f c[t-1] + i tanh(…), h[t] = o tanh(c[t])", shorthand: "outputs",
      [
        state,
        Parameter(
          "projection", .optional(.integer(from: 1)),
          "features that the output is projected to; null for none (arXiv 1402.1128)",
          korean: "출력을 줄일 특성 수; null이면 줄이지 않음 (arXiv 1402.1128)"),
      ] + stack,
      conflict: { values in
        guard let outputs = values.number("outputs"), let projection = values.number("projection"),
          projection >= outputs
        else { return nil }
        return Localized(
          "projection must be below outputs.", korean: "projection은 outputs보다 작아야 합니다.")
      }),
    Component(
      Layer.gru(outputs: 1), "a gated recurrent unit over [length, features]",
      korean: "[length, features]를 차례로 읽는 GRU", source: "Cho et al. 2014, arXiv 1406.1078",
      formula: "h[t] = (1 - z) tanh(W x[t] + r (U h[t-1])) + z h[t-1]", shorthand: "outputs",
      [state] + stack),
    Component(
      Layer.multiHeadAttention(heads: 1), "attention of positions to each other",
      korean: "위치끼리의 다중 헤드 어텐션", source: "Vaswani et al. 2017, arXiv 1706.03762",
      formula: "softmax(Q Kᵀ / √d) V per head", shorthand: "heads",
      [heads, dropout, LayerKey.bias, causal, rotary]),
    Component(
      Layer.transformerEncoder(heads: 1), "a stack of Transformer encoder layers",
      korean: "Transformer 인코더 층들", source: "Vaswani et al. 2017, arXiv 1706.03762",
      formula: "x = norm(x + attention(x)), x = norm(x + W₂ activation(W₁ x))", shorthand: "heads",
      [
        heads,
        Parameter("layers", .integer(from: 1), "layers on top of each other", korean: "쌓는 층 수"),
        Parameter(
          "feedForward", .integer(from: 1), "features between the two linear maps of a position",
          korean: "위치별 두 선형 층 사이의 특성 수"),
        dropout,
        LayerKey.activation("between the two linear maps", korean: "두 선형 층 사이의 활성화 함수"),
        Parameter(
          "normFirst", .flag, "whether each part normalizes its input instead of the sum",
          korean: "합 대신 입력을 정규화할지 여부"),
        LayerKey.epsilon, causal, rotary,
      ]),
    Component(
      Layer.sinusoidalPositions(), "adds sines and cosines of the position",
      korean: "위치의 사인과 코사인을 더함", source: "Vaswani et al. 2017, arXiv 1706.03762",
      formula: "sin(t / 10000^(2i/d)), cos(t / 10000^(2i/d))", [dropout]),
    Component(
      Layer.learnedPositions(), "adds a learned vector for each position",
      korean: "위치마다 학습한 벡터를 더함", source: "Devlin et al. 2018, arXiv 1810.04805",
      formula: "y[t] = x[t] + W[t]", [LayerKey.initializer]),
  ]

  private static let paddingConflict: @Sendable (ParameterValues) -> Localized? = { values in
    guard let index = values.number("paddingIndex"), let size = values.number("vocabulary"),
      index >= size
    else { return nil }
    return Localized(
      "paddingIndex must be below the vocabulary.",
      korean: "paddingIndex는 vocabulary보다 작아야 합니다.")
  }
}
