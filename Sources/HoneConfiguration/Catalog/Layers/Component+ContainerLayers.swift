extension Component {
  private typealias Layer = LayerSpecification.Container

  static let containerLayers: [Component] = [
    Component(
      Layer.sequence(layers: []), "layers one after the other, as one", korean: "차례로 이은 층들을 하나로 묶음",
      shorthand: "layers", [LayerKey.layers]),
    Component(
      Layer.residual(layers: []), "adds the input to what the layers make of it",
      korean: "층들의 결과에 입력을 더함", source: "He et al. 2015, arXiv 1512.03385",
      shorthand: "layers", [LayerKey.layers]),
    Component(
      Layer.parallel(layers: []), "gives the input to each branch and joins the results",
      korean: "입력을 갈래마다 주고 결과를 합침", shorthand: "layers",
      [
        LayerKey.layers,
        Parameter(
          "join", .choice(LayerSpecification.Joining.allCases.map(\.rawValue)),
          "how branches are joined", korean: "갈래를 합치는 방법"),
      ]),
    Component(
      Layer.repeat(count: 1, layers: []), "the layers so many times, each with weights of its own",
      korean: "층들을 여러 번 반복 (가중치는 따로)",
      [
        Parameter("count", .integer(1...1000), "how often", korean: "반복 횟수", isRequired: true),
        LayerKey.layers,
      ]),
  ]
}
