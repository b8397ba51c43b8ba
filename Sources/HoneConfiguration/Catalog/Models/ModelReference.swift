package import HoneText

/// What a ready model of the catalogue costs, for the input that it was published with.
package struct ModelReference: Sendable {
  /// The name that a file chooses the model by: `resnet18`.
  package let name: String
  /// What the costs are stated for.
  package let use: ModelUse
  /// The numbers in all parameters.
  package let parameters: Int
  /// The multiply-adds of one sample in one forward pass; biases, norms, activations and poolings are
  /// not counted.
  package let multiplyAdds: Int

  /// Floating-point operations: twice the multiply-adds.
  package var flops: Int { 2 * multiplyAdds }

  /// The published sizes of a component, the smallest first; none for a model without sizes of its own.
  package static func all(of component: Component) -> [ModelReference] {
    names(of: component).compactMap { name in
      guard let costs = costs[name], let use = ModelUse(of: name) else { return nil }
      return ModelReference(
        name: name, use: use, parameters: costs.parameters, multiplyAdds: costs.multiplyAdds)
    }.sorted { ($0.parameters, $0.name) < ($1.parameters, $1.name) }
  }

  /// The names that choose a component with all else as usual, each size once.
  package static func names(of component: Component) -> [String] {
    let usual = component.parameters.reduce(into: [:]) { $0[$1.name] = $1.defaultText.coded }
    let isNamed = component.alias(for: usual) != nil
    return (isNamed ? [] : [component.name]) + component.aliases.keys.sorted()
  }
}

/// The data that a model's costs are stated for.
package struct ModelUse: Sendable {
  /// The shape of a sample.
  package let input: [Int]
  /// The number of classes.
  package let outputs: Int
  /// How many token numbers there are, for texts.
  package var vocabulary: Int?
  /// The number of codes of each categorical column, for tables; they are the last of the input.
  package var cardinalities: [Int] = []

  /// The data for a name; nil for models whose size is the data's own.
  package init?(of name: String) {
    func isOne(of components: [Component]) -> Bool {
      components.contains { $0.names.contains(name) }
    }
    switch name {
    case "mlp", "leNet": (input, outputs) = ([1, 28, 28], 10)
    case "cnn", "visionTransformer", "resnet20", "resnet32", "resnet44", "resnet56", "resnet110",
      "wideResnet16x8", "wideResnet28x10":
      (input, outputs) = ([3, 32, 32], 10)
    case "inceptionV3": (input, outputs) = ([3, 299, 299], 1000)
    case _ where isOne(of: Component.imageModels): (input, outputs) = ([3, 224, 224], 1000)
    case _ where isOne(of: Component.textModels):
      (input, outputs) = ([128], 2)
      vocabulary = 20_000
    case _ where isOne(of: Component.tabularModels):
      (input, outputs) = ([14], 2)
      cardinalities = [10, 10, 10, 10]
    default: return nil
    }
  }

  /// The input in words: `3x224x224`.
  package var summary: Localized {
    if let vocabulary {
      return Localized(
        "\(input[0]) tokens of \(vocabulary)", korean: "어휘 \(vocabulary)개의 토큰 \(input[0])개")
    }
    if let codes = cardinalities.first {
      let (numbers, categories) = (input[0] - cardinalities.count, cardinalities.count)
      return Localized(
        "\(numbers) numbers, \(categories) categories of \(codes)",
        korean: "숫자 \(numbers)개, 값이 \(codes)개인 범주 \(categories)개")
    }
    return Localized(verbatim: input.map(String.init).joined(separator: "x"))
  }
}
