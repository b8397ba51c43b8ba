public import HoneNumerics
public import HoneTensor

/// Layer-sequential unit-variance initialization (LSUV, Mishkin and Matas 2015, arXiv 1511.06422):
/// orthonormal weights, scaled layer by layer, in the order in which a batch runs through them, until
/// each layer's outputs have a variance of one.
///
/// It fits any activation and any architecture, because it measures instead of assuming.
///
/// ```swift
/// let layers = try LayerSequentialInitialization().apply(to: model, on: batch, using: &stream)
/// ```
public struct LayerSequentialInitialization: Sendable, Hashable {
  /// How far a variance may be from one.
  public var tolerance = 0.1
  /// The scalings that one layer gets at most.
  public var iterations = 10
  /// Whether weights are made orthonormal first; otherwise they keep the values they have.
  public var startsOrthonormal = true

  /// The paper's numbers.
  public init() {}

  /// How one layer ended.
  public struct Layer: Sendable, Hashable, Codable {
    /// The layer's dotted path.
    public let name: String
    /// The scalings of its weight.
    public let iterations: Int
    /// The variance of its outputs over the batch at last.
    public let variance: Double
    /// Whether the variance is within the tolerance of one.
    public let isReached: Bool
  }

  /// Sets the weights of linear layers and convolutions.
  ///
  /// Layers whose weight is frozen or wrapped by a normalization of weights keep theirs. Batch
  /// normalization uses the batch's statistics meanwhile, dropout nothing; modes and running statistics
  /// are as before afterwards. Runs the batch once for each scaling of each layer.
  /// - Parameters:
  ///   - model: the model, on the batch's device.
  ///   - batch: inputs as in training, some hundred samples.
  ///   - stream: where the orthonormal weights come from.
  /// - Returns: how each layer ended, in the order in which they ran.
  /// - Throws: `InitializationError.noWeightedLayer` where there is nothing to scale; `TorchError`.
  @discardableResult
  public func apply(
    to model: any HoneNN.Layer<Tensor, Tensor>, on batch: Tensor,
    using stream: inout RandomStream
  ) throws -> [Layer] {
    let watched = try model.watchingOutputs { watch in
      try catchingTorchErrors { _ = model(batch) }
      return watch.order
    }
    let layers = watched.filter { $0.layer.weight.isTrainable }
    guard !layers.isEmpty else { throw InitializationError.noWeightedLayer }
    if startsOrthonormal {
      for (_, layer) in layers {
        let weight = layer.weight
        weight.assign(
          Initializer.orthogonal().tensor(weight.shape, using: &stream).to(weight.value.device))
      }
    }
    return try layers.map { try scale($0.layer, named: $0.name, in: model, on: batch) }
  }

  private func scale(
    _ layer: any WeightedLayer, named name: String, in model: any HoneNN.Layer<Tensor, Tensor>,
    on batch: Tensor
  ) throws -> Layer {
    var count = 0
    while true {
      let variance = try model.watchingOutputs { watch in
        try catchingTorchErrors { _ = model(batch) }
        return watch.variance(of: layer)
      }
      let isReached = abs(variance - 1) < tolerance
      let canGoOn = count < iterations && variance > 0 && variance.isFinite
      if isReached || !canGoOn {
        return Layer(name: name, iterations: count, variance: variance, isReached: isReached)
      }
      withoutGradients {
        ATen.mul__Scalar(layer.weight.value, other: Scalar(1 / variance.squareRoot()))
      }
      count += 1
    }
  }
}
