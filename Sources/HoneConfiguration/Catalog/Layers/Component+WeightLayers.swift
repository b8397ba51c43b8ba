extension Component {
  private typealias Layer = LayerSpecification.Weight

  static let weightLayers: [Component] = [
    Component(
      Layer.linear(outputs: .classes), "a fully connected layer", korean: "완전 연결 층",
      formula: "y = x Wᵀ + b", shorthand: "outputs",
      [LayerKey.outputs("outputs", korean: "출력 수"), LayerKey.bias, LayerKey.initializer]),
    Component(
      Layer.embedding(vocabulary: 1, outputs: 1), "a vector for each number of a vocabulary",
      korean: "어휘 번호마다 벡터를 두는 임베딩 층",
      [
        Parameter(
          "vocabulary", .integer(from: 1), "how many numbers there are", korean: "어휘 크기",
          isRequired: true),
        Parameter(
          "outputs", .integer(from: 1), "the length of a vector", korean: "벡터의 길이",
          isRequired: true),
      ]),
  ]
}
