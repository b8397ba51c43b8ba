import HoneRecords
import HoneText

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

  static let models: [Component] = modelGroups.flatMap(\.components)

  static let modelGroups: [(heading: Localized?, components: [Component])] = [
    (Localized("For any data", korean: "모든 데이터용"), plainModels),
    (Localized("For images", korean: "이미지용"), imageModels),
    (Localized("For texts", korean: "텍스트용"), textModels),
    (Localized("For tables", korean: "표용"), tabularModels),
  ]

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
        Parameter(
          "repeats", .integer(1...64), "hidden layers of each width", korean: "너비마다 은닉층의 수"),
        Parameter(
          "order", .list(.words(BlockPart.self), 1...4), "what a hidden layer is made of, in order",
          korean: "은닉층을 이루는 부분의 순서"),
      ], conflict: blockConflict),
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

/// What is wrong with the parts of a block, and with settings for parts that it does not have.
private func blockConflict(_ values: ParameterValues) -> Localized? {
  guard case .list(let parts)? = values["order"] else { return nil }
  let names = parts.map { if case .string(let name) = $0 { name } else { "" } }
  if !names.contains(BlockPart.linear.rawValue) || Set(names).count != names.count {
    return Localized(
      "order must name linear, and each part at most once.",
      korean: "order에는 linear가 있어야 하고, 같은 부분을 두 번 쓸 수 없습니다.")
  }
  var lost: String?
  if values["normalization"] != "none", !names.contains(BlockPart.norm.rawValue) {
    lost = "normalization"
  } else if values.number("dropout") ?? 0 > 0, !names.contains(BlockPart.dropout.rawValue) {
    lost = "dropout"
  }
  return lost.map {
    Localized(
      "\($0) is set, and order has no place for it. Name its part in order.",
      korean: "\($0)을(를) 지정했지만 order에 그 자리가 없습니다. order에 해당 부분을 넣으십시오.")
  }
}
