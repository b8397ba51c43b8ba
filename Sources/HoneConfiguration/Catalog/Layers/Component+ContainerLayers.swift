import HoneText

extension Component {
  private typealias Layer = LayerSpecification.Container

  private static let example = LayerSpecification.weight(.linear(outputs: .classes))
  private static func branches(_ english: String, korean: String) -> Parameter {
    Parameter(
      "layers", .list(.component(.layers), 2...2), english, korean: korean, isRequired: true)
  }

  static let containerLayers: [Component] = [
    Component(
      Layer.sequence(layers: []), "layers one after the other, as one", korean: "차례로 이은 층들을 하나로 묶음",
      shorthand: "layers", [LayerKey.layers]),
    Component(
      Layer.residual(layers: []), "adds the input to what the layers make of it",
      korean: "층들의 결과에 입력을 더함", source: "He et al. 2015, arXiv 1512.03385",
      formula: "y = shortcut(x) + layers(x)", shorthand: "layers",
      [
        LayerKey.layers,
        Parameter(
          "shortcut", .list(.component(.layers)),
          "layers that give the input the same shape; empty for the input itself",
          korean: "입력의 형상을 맞추는 층들; 비우면 입력 그대로"),
      ]),
    Component(
      Layer.parallel(layers: []), "gives the input to each branch and joins the results",
      korean: "입력을 갈래마다 주고 결과를 합침", shorthand: "layers",
      [
        LayerKey.layers,
        Parameter(
          "join", .words(LayerSpecification.Joining.self), "how branches are joined",
          korean: "갈래를 합치는 방법"),
      ]),
    Component(
      Layer.bilinear(outputs: 1, layers: []),
      "gives the input to two branches and joins them by a product with weights",
      korean: "입력을 두 갈래에 주고 가중치와의 곱으로 합침", formula: "y = x₁ᵀ W x₂ + b",
      [
        LayerKey.outputs("outputs", korean: "출력 수"),
        branches("the two branches", korean: "두 갈래"), LayerKey.bias, LayerKey.initializer,
      ]),
    Component(
      Layer.repeat(count: 1, layers: []), "the layers so many times, each with weights of its own",
      korean: "층들을 여러 번 반복 (가중치는 따로)",
      [
        Parameter("count", .integer(1...1000), "how often", korean: "반복 횟수", isRequired: true),
        LayerKey.layers,
      ]),
    Component(
      Layer.weightNorm(layer: example), "a layer whose weight is learned as length and direction",
      korean: "가중치를 길이와 방향으로 나누어 학습하는 층",
      source: "Salimans and Kingma 2016, arXiv 1602.07868", formula: "W = g V / ‖V‖",
      [
        LayerKey.layer,
        Parameter(
          "axis", .optional(.integer(0...4)),
          "the axis of the weight with a length for each index; null for one length",
          korean: "길이를 따로 둘 가중치의 축; null이면 길이 하나"),
      ]),
    Component(
      Layer.spectralNorm(layer: example),
      "a layer whose weight is divided by its largest singular value",
      korean: "가중치를 가장 큰 특이값으로 나누는 층", source: "Miyato et al. 2018, arXiv 1802.05957",
      formula: "W / σ(W)",
      [
        LayerKey.layer,
        Parameter(
          "iterations", .integer(from: 1), "steps of power iteration per step",
          korean: "스텝마다 거듭제곱 반복 횟수"),
        Parameter(
          "epsilon", .number(.positive), "the smallest norm that is divided by",
          korean: "나누는 노름의 최솟값"),
      ]),
  ]
}
