extension Component {
  private typealias Layer = LayerSpecification.Weight

  static let weightLayers: [Component] = [
    Component(
      Layer.linear(outputs: .classes), "a fully connected layer, over the last axis",
      korean: "완전 연결 층 (마지막 축에 적용)", formula: "y = W x + b", shorthand: "outputs",
      [LayerKey.outputs("outputs", korean: "출력 수"), LayerKey.bias, LayerKey.initializer])
  ]
}
