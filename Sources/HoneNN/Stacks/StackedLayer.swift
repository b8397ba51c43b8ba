import HoneTensor

/// One layer of several models.
///
/// Takes what all models share, `[batch, features]`, or what each has of its own,
/// `[models, batch, features]`, in any memory order.
protocol StackedLayer {
  /// The models' outputs.
  func callAsFunction(_ input: Tensor, in pass: StackPass) -> Tensor
}

/// What the layers of a pass need to know.
struct StackPass {
  /// How many models there are.
  let count: Int
  /// Whether the models are in training.
  let isTraining: Bool
  /// What the models draw from, each source with the models whose draws are the same.
  let sources: [(source: RandomSource, models: [Int])]

  /// The input as one of each model.
  func spread(_ input: Tensor) -> Tensor {
    input.rank == 2 ? input.unsqueezed(at: 0).expanded(to: [count] + input.shape) : input
  }
}

/// Samples as rows.
struct StackedFlatten: StackedLayer {
  func callAsFunction(_ input: Tensor, in pass: StackPass) -> Tensor {
    input.rank > 2 ? input.flattened(from: 1) : input
  }
}

/// A nonlinearity that all models have.
struct StackedActivation: StackedLayer {
  let activation: Activation

  func callAsFunction(_ input: Tensor, in pass: StackPass) -> Tensor { activation(input) }
}

/// Linear maps: of an input that all share one product, else a batched one.
struct StackedLinear: StackedLayer {
  private let weight: StackedParameter
  private let bias: StackedParameter?
  private let inputs: Int
  private let outputs: Int

  init(_ layers: [Linear], _ stacked: ([Parameter]) -> StackedParameter) {
    inputs = layers[0].inputs
    outputs = layers[0].outputs
    weight = stacked(layers.map(\.weight))
    let biases = layers.compactMap(\.bias)
    bias = biases.isEmpty ? nil : stacked(biases)
  }

  func callAsFunction(_ input: Tensor, in pass: StackPass) -> Tensor {
    if input.rank == 2 {
      let rows = pass.count * outputs
      return input.linear(
        weight.whole.value.reshaped([rows, inputs]), bias: bias?.whole.value.reshaped([rows])
      ).reshaped([-1, pass.count, outputs]).permuted([1, 0, 2])
    }
    let turned = weight.whole.value.transposed(1, 2)
    guard let bias else { return ATen.bmm(input, mat2: turned) }
    return ATen.baddbmm(bias.whole.value.unsqueezed(at: 1), batch1: input, batch2: turned)
  }
}

/// Layer normalizations of rows.
struct StackedLayerNorm: StackedLayer {
  private let weight: StackedParameter
  private let bias: StackedParameter?
  private let features: Int
  private let epsilon: Double

  init(_ layers: [LayerNorm], _ stacked: ([Parameter]) -> StackedParameter) {
    features = layers[0].normalizedShape[0]
    epsilon = layers[0].epsilon
    weight = stacked(layers.compactMap(\.weight))
    let biases = layers.compactMap(\.bias)
    bias = biases.isEmpty ? nil : stacked(biases)
  }

  func callAsFunction(_ input: Tensor, in pass: StackPass) -> Tensor {
    let scaled =
      ATen.layer_norm(input, normalized_shape: [features], eps: epsilon)
      * weight.whole.value.unsqueezed(at: 1)
    return bias.map { scaled + $0.whole.value.unsqueezed(at: 1) } ?? scaled
  }
}

/// Batch normalizations: the features of all models as those of one.
struct StackedBatchNorm: StackedLayer {
  private let weight: StackedParameter
  private let bias: StackedParameter
  private let mean: Tensor
  private let variance: Tensor
  private let batchCount: StackedBuffer
  private let layer: BatchNorm

  init(_ layers: [BatchNorm], _ stacked: ([Parameter]) -> StackedParameter) {
    layer = layers[0]
    weight = stacked(layers.compactMap(\.weight))
    bias = stacked(layers.compactMap(\.bias))
    mean = StackedBuffer(layers.compactMap(\.runningMean)).whole.reshaped([-1])
    variance = StackedBuffer(layers.compactMap(\.runningVariance)).whole.reshaped([-1])
    batchCount = StackedBuffer(layers.compactMap(\.batchCount))
  }

  func callAsFunction(_ input: Tensor, in pass: StackPass) -> Tensor {
    let features = pass.count * layer.features
    let rows = pass.spread(input).permuted([1, 0, 2]).reshaped([-1, features])
    if pass.isTraining { withoutGradients { ATen.add__Scalar(batchCount.whole, other: 1) } }
    return rows.batchNormalized(
      BatchNormArguments(
        weight: weight.whole.value.reshaped([features]),
        bias: bias.whole.value.reshaped([features]), runningMean: mean,
        runningVariance: variance, usesBatch: pass.isTraining,
        momentum: pass.isTraining ? layer.momentum ?? 0 : 0, epsilon: layer.epsilon),
      fuses: layer.kernel == .automatic
    ).reshaped([-1, pass.count, layer.features]).permuted([1, 0, 2])
  }
}

/// Dropouts with a probability each, whose masks are those that each model draws alone.
struct StackedDropout: StackedLayer {
  let probabilities: [Double]

  func callAsFunction(_ input: Tensor, in pass: StackPass) -> Tensor {
    guard pass.isTraining, probabilities.contains(where: { $0 > 0 }) else { return input }
    let shape = Array(input.shape.suffix(2))
    var factors = [Tensor?](repeating: nil, count: pass.count)
    for (source, models) in pass.sources {
      let probability = probabilities[models[0]]
      let drawn = withoutGradients {
        withRandomSource(source) {
          probability > 0
            ? dropoutFactors(shape, like: input, probability)
            : Tensor.ones(shape, dtype: input.dtype, device: input.device)
        }
      }
      // One mask for all is multiplied with every model's rows as it is.
      if models.count == pass.count { return input * drawn }
      for model in models { factors[model] = drawn }
    }
    return input * Tensor.stacked(factors.compactMap { $0 })
  }
}
