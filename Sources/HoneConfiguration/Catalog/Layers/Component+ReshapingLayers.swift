extension Component {
  private typealias Layer = LayerSpecification.Reshaping

  static let reshapingLayers: [Component] = [
    Component(Layer.flatten, "makes one axis of all but the batch", korean: "배치 외의 축을 하나로 폄"),
    Component(Layer.identity, "nothing", korean: "아무것도 하지 않음"),
  ]
}
