public import HoneNumerics
public import HoneTensor

/// Attention of several heads (Vaswani and others 2017, arXiv 1706.03762): each head projects queries, keys
/// and values to features/heads numbers and gives softmax(q kᵀ / √d) v; the heads' outputs are joined
/// and projected once more.
///
/// Sequences come batch first. The state holds PyTorch's names (`in_proj_weight`, `out_proj.weight`) and
/// first values: Xavier's uniform distribution for the projections of queries, keys and values, zeros
/// for their shift and the output's.
public final class MultiHeadAttention: Layer, ModeDependent, CustomStringConvertible {
  /// What attention has besides its extents.
  public struct Options: Sendable, Hashable {
    /// The share of attention weights that training drops.
    public var dropout: Double
    /// Whether projections add a learned number.
    public var bias: Bool
    /// The features of keys; nil for those of queries.
    public var keyFeatures: Int?
    /// The features of values; nil for those of queries.
    public var valueFeatures: Int?
    /// Rotations of queries and keys by their positions; nil for none.
    public var rotary: RotaryPositions?

    /// Options; those left out make PyTorch's plain attention.
    public init(
      dropout: Double = 0, bias: Bool = true, keyFeatures: Int? = nil, valueFeatures: Int? = nil,
      rotary: RotaryPositions? = nil
    ) {
      self.dropout = dropout
      self.bias = bias
      self.keyFeatures = keyFeatures
      self.valueFeatures = valueFeatures
      self.rotary = rotary
    }
  }

  /// The projections of queries, keys and values, `[3 x features, features]`, where all three have the
  /// same features.
  public let inputWeight: Parameter?
  /// The projections of queries, keys and values one by one, where their features differ.
  public let separateWeights: [Parameter]
  /// The shifts of the three projections, `[3 x features]`.
  public let inputBias: Parameter?
  /// The projection of the joined heads.
  public let output: Linear
  /// The features of queries and outputs.
  public let features: Int
  /// The number of heads.
  public let heads: Int
  /// Dropout, bias, features of keys and values.
  public let options: Options
  /// Whether attention weights are dropped.
  public var isTraining = true

  /// An attention.
  /// - Parameters:
  ///   - features: the features of queries and outputs.
  ///   - heads: the number of heads.
  ///   - options: dropout, bias, features of keys and values, rotations.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: `heads` divides `features`.
  public init(
    features: Int, heads: Int, options: Options = Options(), device: Device = .cpu,
    using stream: inout RandomStream
  ) {
    requirePositive(features, "features", of: "MultiHeadAttention")
    requirePositive(heads, "heads", of: "MultiHeadAttention")
    requireFraction(options.dropout, "dropout", of: "MultiHeadAttention")
    guard features.isMultiple(of: heads) else {
      fatalError(
        "MultiHeadAttention got \(features) features for \(heads) heads; the heads must divide the "
          + "features.")
    }
    self.features = features
    self.heads = heads
    self.options = options
    var stream = stream.layerStream()
    let widths = [features, options.keyFeatures ?? features, options.valueFeatures ?? features]
    func projection(_ shape: [Int]) -> Parameter {
      Parameter(Initializer.xavierUniform().tensor(shape, device: device, using: &stream))
    }
    if widths == [features, features, features] {
      inputWeight = projection([3 * features, features])
      separateWeights = []
    } else {
      inputWeight = nil
      separateWeights = widths.map { projection([features, $0]) }
    }
    inputBias = options.bias ? Parameter(Tensor.zeros([3 * features], device: device)) : nil
    output = Linear(
      inputs: features, outputs: features, bias: options.bias, device: device, using: &stream)
    output.bias?.assign(Tensor.zeros([features], device: device))
  }

  /// Attention of a sequence to itself, without a mask.
  ///
  /// Input `[batch, time, features]`, output the same shape.
  public func callAsFunction(_ input: Tensor) -> Tensor { self(input, mask: AttentionMask()) }

  /// Attention of a sequence to itself.
  public func callAsFunction(_ input: Tensor, mask: AttentionMask) -> Tensor {
    self(input, keys: input, values: input, mask: mask)
  }

  /// Attention of queries to other sequences.
  /// - Parameters:
  ///   - queries: `[batch, queries, features]`.
  ///   - keys: `[batch, keys, keyFeatures]`.
  ///   - values: `[batch, keys, valueFeatures]`.
  ///   - mask: which keys a query may look at.
  /// - Returns: `[batch, queries, features]`.
  public func callAsFunction(
    _ queries: Tensor, keys: Tensor, values: Tensor, mask: AttentionMask = AttentionMask()
  ) -> Tensor {
    if queries.isSame(as: keys), keys.isSame(as: values), let joined = fused(queries, mask) {
      return output(joined)
    }
    guard let heads = projected(queries, keys, values) else { return poison(queries, keys, values) }
    if queries.isMeta { return output(counted(queries, keys)) }
    let rate = isTraining ? options.dropout : 0
    // The fused kernels of CUDA drop by the device's default generator, that of the CPU not at all.
    if rate > 0, queries.device.kind != .cuda {
      let kept = elementsDropped(self.weights(heads, mask), rate)
      return output(merged(kept.multiplied(by: heads.values)))
    }
    return output(
      merged(
        rate > 0
          ? RandomSource.lendingDefault(on: queries.device) { attended(heads, mask, rate) }
          : attended(heads, mask, rate)))
  }

  /// Attention together with the weights that each query gives to each key, averaged over heads; slower
  /// than attention alone, because the weights are kept.
  /// - Returns: the output, `[batch, queries, features]`, and the weights, `[batch, queries, keys]`,
  ///   before dropout.
  public func withWeights(
    _ queries: Tensor, keys: Tensor, values: Tensor, mask: AttentionMask = AttentionMask()
  ) -> (output: Tensor, weights: Tensor) {
    guard let heads = projected(queries, keys, values) else {
      let failed = poison(queries, keys, values)
      return (failed, failed)
    }
    if queries.isMeta {
      return (
        output(counted(queries, keys)),
        queries.metaOutput([queries.shape[0], queries.shape[1], keys.shape[1]])
      )
    }
    let weights = self.weights(heads, mask)
    let kept =
      isTraining && options.dropout > 0 ? elementsDropped(weights, options.dropout) : weights
    let joined = kept.multiplied(by: heads.values)
    return (output(merged(joined)), weights.mean(along: [1]))
  }

  /// The parts under PyTorch's names.
  public var children: [ModuleChild] {
    var found: [ModuleChild] = []
    if let inputWeight {
      found.append(ModuleChild(name: "in_proj_weight", content: .parameter(inputWeight)))
    }
    for (letter, weight) in zip(["q", "k", "v"], separateWeights) {
      found.append(ModuleChild(name: "\(letter)_proj_weight", content: .parameter(weight)))
    }
    if let inputBias {
      found.append(ModuleChild(name: "in_proj_bias", content: .parameter(inputBias)))
    }
    return found + [ModuleChild(name: "out_proj", content: .module(output))]
  }

  /// The layer as code: `MultiHeadAttention(features: 64, heads: 4)`.
  public var description: String { "MultiHeadAttention(features: \(features), heads: \(heads))" }
}

// The steps of an attention.
extension MultiHeadAttention {
  private typealias Heads = (queries: Tensor, keys: Tensor, values: Tensor)

  /// Queries, keys and values as `[batch, heads, positions, features/heads]`; nil where they do not fit.
  private func projected(_ queries: Tensor, _ keys: Tensor, _ values: Tensor) -> Heads? {
    if queries.isPoisoned || keys.isPoisoned || values.isPoisoned { return nil }
    let (query, key, value) = (queries.shape, keys.shape, values.shape)
    guard query.count == 3, query[2] == features, key.count == 3,
      key[2] == options.keyFeatures ?? features, value.count == 3,
      value[2] == options.valueFeatures ?? features, key[0] == query[0],
      value[0] == query[0], key[1] == value[1]
    else { return nil }
    if queries.isMeta { return (queries, keys, values) }
    let parts: [Tensor]
    if let inputWeight, queries.isSame(as: keys), keys.isSame(as: values) {
      parts = LinearKernelChoice.product(queries, inputWeight.value, bias: inputBias?.value)
        .split(size: features, along: 2)
    } else {
      let weights =
        inputWeight?.value.split(size: features, along: 0) ?? separateWeights.map(\.value)
      let shifts = inputBias?.value.split(size: features, along: 0)
      parts = zip([queries, keys, values], weights).enumerated().map { position, pair in
        LinearKernelChoice.product(pair.0, pair.1, bias: shifts?[position])
      }
    }
    if parts.contains(where: \.isPoisoned) { return nil }
    var split = parts.map { part -> Tensor in
      part.reshaped([part.shape[0], part.shape[1], heads, features / heads]).transposed(1, 2)
    }
    if let rotary = options.rotary {
      split[0] = rotary.rotated(split[0])
      split[1] = rotary.rotated(split[1])
    }
    return (split[0], split[1], split[2])
  }

  /// Queries on the meta device, with the products of projections, scores and sums noted.
  private func counted(_ queries: Tensor, _ keys: Tensor) -> Tensor {
    let (batch, positions, others) = (queries.shape[0], queries.shape[1], keys.shape[1])
    let widths = features + (options.keyFeatures ?? features) + (options.valueFeatures ?? features)
    let projections = (positions * features + others * (widths - features)) * features
    return queries.counted(
      for: self, multiplyAdds: batch * (projections + 2 * positions * others * features))
  }

  private func poison(_ queries: Tensor, _ keys: Tensor, _ values: Tensor) -> Tensor {
    for input in [queries, keys, values] where input.isPoisoned { return input }
    return failPrecondition(
      "\(self) received queries \(queries.shape), keys \(keys.shape) and values \(values.shape); "
        + "they must be [batch, queries, \(features)], [batch, keys, "
        + "\(options.keyFeatures ?? features)] and [batch, keys, "
        + "\(options.valueFeatures ?? features)].")
  }

  /// The mask as libtorch's kernels take it: true where a key may be looked at, or numbers to add.
  private func kernelMask(_ mask: AttentionMask, _ heads: Heads) -> Tensor? {
    let blocked = mask.blockedKeys(
      queries: heads.queries.shape[2], keys: heads.keys.shape[2], device: heads.queries.device)
    guard let bias = mask.bias else { return blocked.map(ATen.logical_not) }
    let added = bias.cast(to: heads.queries.dtype)
    guard let blocked else { return added }
    let zeros = Tensor.zeros(blocked.shape, dtype: added.dtype, device: added.device)
    return (added + zeros).masked(blocked, with: Scalar(-Double.infinity))
  }

  /// What each query gives each key, `[batch, heads, queries, keys]`.
  private func weights(_ heads: Heads, _ mask: AttentionMask) -> Tensor {
    let scale = 1 / Double(features / self.heads).squareRoot()
    var products = (heads.queries * Scalar(scale)).multiplied(by: heads.keys.transposed())
    if let bias = mask.bias { products += bias.cast(to: products.dtype) }
    let blocked = mask.blockedKeys(
      queries: heads.queries.shape[2], keys: heads.keys.shape[2], device: heads.queries.device)
    // A finite bound, so that a query without keys has weights to set to zero and no gradient of NaN.
    if let blocked { products = products.masked(blocked, with: Scalar(-6e4)) }
    let weights = products.softmax(along: -1)
    return blocked.map { weights.masked($0, with: 0) } ?? weights
  }

  /// Attention by libtorch's kernels.
  private func attended(_ heads: Heads, _ mask: AttentionMask, _ rate: Double) -> Tensor {
    if mask.isOnlyCausal {
      return ATen.scaled_dot_product_attention(
        heads.queries, key: heads.keys, value: heads.values, dropout_p: rate, is_causal: true)
    }
    return ATen.scaled_dot_product_attention(
      heads.queries, key: heads.keys, value: heads.values,
      attn_mask: kernelMask(mask, heads), dropout_p: rate)
  }

  private func merged(_ heads: Tensor) -> Tensor {
    if heads.isPoisoned { return heads }
    return heads.transposed(1, 2).flattened(from: 2)
  }
}
