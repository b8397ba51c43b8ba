extension Component {
  static let layers: [Component] = LayerFamily.allCases.flatMap(\.components)
}

/// Keys that layers of several families have.
enum LayerKey {
  static let bias = Parameter(
    "bias", .flag, "whether a learned number is added per output", korean: "출력마다 편향을 더할지 여부")
  static let initializer = Parameter(
    "initializer", .optional(taggedInitializer),
    "how weights begin; null for the layer's usual way",
    korean: "가중치 초기화 방법; null이면 층의 기본 방법")
  static let taggedInitializer = ValueShape.tagged(
    TaggedShape(family: .initializers, key: "kind", usual: nil, payload: nil, common: []))
  static let epsilon = Parameter(
    "epsilon", .number(.positive), "added to the variance", korean: "분산에 더하는 작은 수")
  static let affine = Parameter(
    "affine", .flag, "whether a scale and a shift are learned", korean: "배율과 편향을 학습할지 여부")
  static let layers = Parameter(
    "layers", .list(.component(.layers), 1...Int.max), "the layers", korean: "층 목록",
    isRequired: true)
  static let layer = Parameter(
    "layer", .component(.layers), "the layer, linear or a convolution",
    korean: "대상 층 (linear 또는 합성곱)", isRequired: true)
  static let axis = Parameter(
    "axis", .integer(-8...8), "the axis, the batch being 0; negative from the last",
    korean: "축 번호 (배치가 0, 음수는 마지막부터)")
  static let dimensions = Parameter(
    "dimensions", .optional(.integer(1...3)),
    "dimensions of positions that the input must have; null for any",
    korean: "입력 위치의 차원 수; null이면 입력에 맞춤")

  /// The key that says how many outputs or channels a layer gives.
  static func outputs(_ english: String, korean: String) -> Parameter {
    Parameter(
      "outputs", .either([.integer(from: 1), .choice(["classes"])]),
      english + "; the word classes for as many as the task needs",
      korean: korean + "; classes라고 쓰면 과제에 필요한 만큼", isRequired: true)
  }

  /// A key with one number for all dimensions, or one for each of so many.
  static func sides(
    _ name: String, _ dimensions: ClosedRange<Int>, from lower: Int = 1, _ english: String,
    korean: String
  ) -> Parameter {
    Parameter(name, .sides(dimensions, from: lower), english, korean: korean)
  }

  /// The key that names an activation.
  static func activation(
    named name: String = "activation", _ english: String, korean: String
  ) -> Parameter {
    Parameter(
      name, .choice(ActivationName.allCases.map(\.rawValue)), english, korean: korean)
  }
}

extension ValueShape {
  /// One number for all dimensions, or a list with one for each of so many.
  static func sides(_ dimensions: ClosedRange<Int>, from lower: Int) -> ValueShape {
    dimensions.upperBound == 1
      ? .integer(from: lower)
      : .either([.integer(from: lower), .list(.integer(from: lower), dimensions)])
  }

  /// The words of an enum.
  static func words<Word: CaseIterable & RawRepresentable<String>>(
    _ type: Word.Type
  ) -> ValueShape {
    .choice(type.allCases.map(\.rawValue))
  }
}
