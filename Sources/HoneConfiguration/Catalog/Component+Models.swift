extension Component {
  static let modelActivation = Parameter(
    "activation", .choice(ActivationName.allCases.map(\.rawValue)), "the activation between layers",
    korean: "층 사이의 활성화 함수")
  static let modelNormalization = Parameter(
    "normalization", .choice(NormalizationLayer.allCases.map(\.rawValue)),
    "the normalisation between layers", korean: "층 사이의 정규화")
  static let modelDropout = Parameter(
    "dropout", .number(.probability), "the probability that an activation is zeroed",
    korean: "활성값을 0으로 만들 확률")

  static let models: [Component] =
    plainModels + imageModels + textModels + tabularModels

  private static let plainModels: [Component] = [
    Component(
      ModelConfiguration.Architecture.auto, "chosen by the data: cnn for images, mlp for tables",
      korean: "데이터에 맞춰 고름: 이미지는 cnn, 표는 mlp"),
    Component(
      ModelConfiguration.Architecture.mlp(), "fully connected layers", korean: "완전 연결 층들",
      [
        Parameter(
          "widths", .list(.integer(from: 1), 1...64), "units of each hidden layer",
          korean: "은닉층마다의 유닛 수"),
        modelActivation, modelNormalization, modelDropout,
      ]),
    Component(
      ModelConfiguration.Architecture.cnn(), "three stages of convolutions",
      korean: "세 단계의 합성곱 층들",
      [
        Parameter(
          "width", .integer(from: 1), "channels of the first stage", korean: "첫 단계의 채널 수"),
        modelActivation, modelNormalization, modelDropout,
      ]),
    Component(
      ModelConfiguration.Architecture.layers(layers: []), "layers one after the other",
      korean: "차례로 이은 층들", shorthand: "layers",
      [
        Parameter(
          "layers", .list(.component(.layers), 1...Int.max), "the layers", korean: "층 목록",
          isRequired: true)
      ]),
  ]
}
