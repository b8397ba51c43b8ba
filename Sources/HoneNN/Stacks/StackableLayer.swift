package import HoneTensor

/// What a layer must have in common with those of other models to be computed together with them.
package enum StackableLayer: Hashable, Sendable {
  /// Samples as rows.
  case flatten
  /// A linear map.
  case linear(inputs: Int, outputs: Int, hasBias: Bool)
  /// Batch normalization with a scale, a shift and running statistics.
  case batchNorm(features: Int, momentum: Double, epsilon: Double)
  /// Layer normalization of rows with a scale.
  case layerNorm(features: Int, epsilon: Double, hasBias: Bool)
  /// A nonlinearity.
  case activation(Activation)
  /// Dropout, whose probability may differ.
  case dropout

  /// What a layer is; nil for one that cannot be computed together with others.
  init?(_ layer: any Layer<Tensor, Tensor>) {
    switch layer {
    case let layer as Flatten where layer.start == 1 && layer.end == -1: self = .flatten
    case let layer as Linear where layer.outputObserver == nil && layer.isTrainedWhole:
      self = .linear(inputs: layer.inputs, outputs: layer.outputs, hasBias: layer.bias != nil)
    case let layer as BatchNorm where layer.synchronization == nil && layer.isTrainedWhole:
      guard layer.weight != nil, layer.bias != nil, layer.runningMean != nil,
        let momentum = layer.momentum
      else { return nil }
      self = .batchNorm(features: layer.features, momentum: momentum, epsilon: layer.epsilon)
    case let layer as LayerNorm where layer.weight != nil && layer.isTrainedWhole:
      guard layer.normalizedShape.count == 1 else { return nil }
      self = .layerNorm(
        features: layer.normalizedShape[0], epsilon: layer.epsilon, hasBias: layer.bias != nil)
    case let layer as any ActivationLayer: self = .activation(layer.activation)
    case is Dropout: self = .dropout
    default: return nil
    }
  }

  /// What the layers of a model are; nil where it cannot be computed together with others.
  package static func layers(of model: any Layer<Tensor, Tensor>) -> [StackableLayer]? {
    guard let layers = flatChain(of: model) else { return nil }
    var kinds: [StackableLayer] = []
    for layer in layers {
      guard let kind = StackableLayer(layer) else { return nil }
      kinds.append(kind)
    }
    let hasWeights = kinds.contains { if case .linear = $0 { true } else { false } }
    return hasWeights ? kinds : nil
  }
}

/// The layers of a chain, those of chains within it in their places; nil for a model that is no chain, or
/// that computes parts of itself again.
func flatChain(of model: any Layer<Tensor, Tensor>) -> [any Layer<Tensor, Tensor>]? {
  guard let chain = model as? any LayerChain else { return nil }
  if (chain as? any Recomputing)?.recomputation.isOn ?? false { return nil }
  return chain.chain.flatMap { layer in
    layer is any LayerChain ? flatChain(of: layer) ?? [layer] : [layer]
  }
}

extension Module {
  /// Whether training changes every parameter.
  fileprivate var isTrainedWhole: Bool { parameters.allSatisfy(\.isTrainable) }
}
