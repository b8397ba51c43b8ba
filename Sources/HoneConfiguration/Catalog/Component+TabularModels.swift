extension Component {
  private typealias Model = ModelConfiguration.Architecture

  private static let blocks = Parameter(
    "blocks", .integer(1...64), "blocks", korean: "블록 수")
  private static let expansion = Parameter(
    "expansion", .number(.positive), "units inside a block, as a multiple of width",
    korean: "블록 안의 유닛 수 (width의 배수)")
  private static let hiddenDropout = Parameter(
    "hiddenDropout", .number(.probability), "the dropout inside a block", korean: "블록 안의 드롭아웃")
  private static let residualDropout = Parameter(
    "residualDropout", .number(.probability), "the dropout behind a block", korean: "블록 뒤의 드롭아웃")

  static let tabularModels: [Component] = [
    Component(
      Model.tabularMLP(),
      "fully connected layers over numbers and learned vectors of categories",
      korean: "숫자와 범주 임베딩 위의 완전 연결 층들",
      source: "Guo and Berkhahn 2016, arXiv 1604.06737",
      [
        Parameter(
          "widths", .list(.integer(from: 1), 1...64), "units of each hidden layer",
          korean: "은닉층마다의 유닛 수"),
        modelActivation, modelNormalization, modelDropout,
      ]),
    Component(
      Model.tabularResNet(), "a residual network over numbers and learned vectors of categories",
      korean: "숫자와 범주 임베딩 위의 잔차 신경망",
      source: "Gorishniy et al. 2021, arXiv 2106.11959",
      [
        blocks,
        Parameter("width", .integer(from: 1), "units between blocks", korean: "블록 사이의 유닛 수"),
        expansion, hiddenDropout, residualDropout,
      ]),
    Component(
      Model.ftTransformer(), "a Transformer over the columns of a table",
      korean: "표의 열을 토큰으로 쓰는 트랜스포머",
      source: "Gorishniy et al. 2021, arXiv 2106.11959",
      [
        blocks,
        Parameter("width", .integer(from: 1), "features of a token", korean: "토큰의 특징 수"),
        Parameter(
          "heads", .integer(from: 1), "attention heads; they divide width",
          korean: "어텐션 헤드 수; width를 나누어야 함"),
        expansion,
        Parameter(
          "attentionDropout", .number(.probability), "the dropout of attention weights",
          korean: "어텐션 가중치의 드롭아웃"),
        hiddenDropout, residualDropout,
      ]),
  ]
}
