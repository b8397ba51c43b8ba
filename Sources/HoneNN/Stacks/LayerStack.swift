package import HoneTensor

/// Chains of layers of the same make-up as one computation: dense layers become batched products, and
/// everything else works on the rows of all models at once.
///
/// Each model keeps its own numbers, its own statistics and its own dropout, and gives what it gives alone,
/// to rounding. Its parameters and buffers go on living as rows of the stack's, so that its optimiser, its
/// evaluation and its checkpoints work as if there were no stack.
package final class LayerStack {
  /// How many models there are.
  package let count: Int
  private var layers: [any StackedLayer] = []
  private var parameters: [StackedParameter] = []
  /// The models whose dropout draws the same, first by first; empty where there is no dropout.
  private var drawing: [[Int]] = []

  /// A stack of models.
  /// - Parameters:
  ///   - models: the models.
  ///   - seeds: what each model's dropout is drawn by; models of equal seeds and probabilities draw once.
  /// - Precondition: `StackableLayer.layers(of:)` is the same for all, and not nil.
  package init(_ models: [any Layer<Tensor, Tensor>], seeds: [UInt64]) {
    count = models.count
    let chains = models.compactMap(flatChain)
    guard !models.isEmpty, chains.count == count, seeds.count == count,
      Set(chains.map(\.count)).count == 1
    else { fatalError("LayerStack got models that are not chains of the same make-up.") }
    layers = chains[0].indices.map { place in stacked(chains.map { $0[place] }) }
    let probabilities = layers.compactMap { ($0 as? StackedDropout)?.probabilities }
    guard !probabilities.isEmpty else { return }
    let order = (0..<count).map { model in
      Draw(seed: seeds[model], probabilities: probabilities.map { $0[model] })
    }
    var known: [Draw: Int] = [:]
    for (model, draw) in order.enumerated() {
      if let place = known[draw] {
        drawing[place].append(model)
      } else {
        known[draw] = drawing.count
        drawing.append([model])
      }
    }
  }

  /// The models' outputs, `[models, batch, outputs]`.
  /// - Parameters:
  ///   - input: what all models take, `[batch, …]`.
  ///   - noise: the seed of a model's dropout in this pass; nil evaluates.
  package func callAsFunction(_ input: Tensor, noise: ((Int) -> UInt64)?) -> Tensor {
    var sources: [(source: RandomSource, models: [Int])] = []
    if let noise {
      sources = drawing.map { (RandomSource(seed: noise($0[0]), device: input.device), $0) }
    }
    let pass = StackPass(count: count, isTraining: noise != nil, sources: sources)
    var value = input
    for layer in layers { value = layer(value, in: pass) }
    return value
  }

  /// The parameters of all models, `[models, …]`, and the models' own, their rows.
  package var shares: [(whole: Parameter, rows: [Parameter])] {
    parameters.map { ($0.whole, $0.rows) }
  }

  /// Gives each model its part of the gradients, in place of what its parameters had.
  package func handOutGradients() {
    for parameter in parameters { parameter.handOutGradient() }
  }

  private struct Draw: Hashable {
    let seed: UInt64
    let probabilities: [Double]
  }

  /// One place of all chains as one layer.
  private func stacked(_ layers: [any Layer<Tensor, Tensor>]) -> any StackedLayer {
    let share: ([Parameter]) -> StackedParameter = { [self] in
      let parameter = StackedParameter($0)
      parameters.append(parameter)
      return parameter
    }
    switch layers[0] {
    case is Linear: return StackedLinear(layers.compactMap { $0 as? Linear }, share)
    case is BatchNorm: return StackedBatchNorm(layers.compactMap { $0 as? BatchNorm }, share)
    case is LayerNorm: return StackedLayerNorm(layers.compactMap { $0 as? LayerNorm }, share)
    case is Dropout:
      return StackedDropout(probabilities: layers.compactMap { ($0 as? Dropout)?.probability })
    case let layer as any ActivationLayer:
      return StackedActivation(activation: layer.activation)
    default: return StackedFlatten()
    }
  }
}
