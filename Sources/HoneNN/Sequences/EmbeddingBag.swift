public import HoneNumerics
public import HoneTensor

/// Sums, means or maxima of rows of a table, without keeping the rows: a bag of words as one vector.
///
/// An empty bag gives zeros.
public final class EmbeddingBag: Layer, CustomStringConvertible {
  /// How the rows of a bag become one.
  public enum Mode: String, Sendable, Hashable, CaseIterable {
    /// Their sum.
    case sum
    /// Their mean.
    case mean
    /// The largest value of each feature.
    case max
  }

  /// The table, `[entries, features]`, standard normal at first unless an initializer says otherwise.
  public let weight: Parameter
  /// The number of rows.
  public let entries: Int
  /// The length of a row.
  public let features: Int
  /// How the rows of a bag become one.
  public let mode: Mode
  /// The index that is left out of every bag; nil for none.
  public let paddingIndex: Int?
  /// The largest Euclidean norm of a row; nil for no limit.
  public let maxNorm: Double?

  /// A bag of embeddings.
  /// - Parameters:
  ///   - entries: the number of rows.
  ///   - features: the length of a row.
  ///   - mode: how the rows of a bag become one.
  ///   - paddingIndex: the index that is left out of every bag and does not count in means; its row is
  ///     zeros.
  ///   - maxNorm: the largest norm of a row; rows that are looked up are shortened to it in place.
  ///   - initializer: the first values.
  ///   - device: where the table is.
  ///   - stream: where the first values come from.
  /// - Precondition: `paddingIndex` is a row of the table, `maxNorm` is positive.
  public init(
    entries: Int, features: Int, mode: Mode = .mean, paddingIndex: Int? = nil,
    maxNorm: Double? = nil, initializer: Initializer = .normal(standardDeviation: 1),
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    requirePositive(entries, "entries", of: "EmbeddingBag")
    requirePositive(features, "features", of: "EmbeddingBag")
    requireRow(paddingIndex, of: entries, "EmbeddingBag")
    requirePositiveNorm(maxNorm, "EmbeddingBag")
    self.entries = entries
    self.features = features
    self.mode = mode
    self.paddingIndex = paddingIndex
    self.maxNorm = maxNorm
    var stream = stream.layerStream()
    let table = initializer.tensor([entries, features], device: device, using: &stream)
    if let paddingIndex { ATen.zero_(table.selected(paddingIndex, along: 0)) }
    weight = Parameter(table)
  }

  /// Bags that use the table of an embedding, with its limit of norms.
  /// - Parameters:
  ///   - embedding: whose table is shared.
  ///   - mode: how the rows of a bag become one.
  ///   - paddingIndex: the index that is left out of every bag; nil for none.
  public init(sharing embedding: Embedding, mode: Mode = .mean, paddingIndex: Int? = nil) {
    requireRow(paddingIndex, of: embedding.entries, "EmbeddingBag")
    entries = embedding.entries
    features = embedding.features
    self.mode = mode
    self.paddingIndex = paddingIndex
    maxNorm = embedding.maxNorm
    weight = embedding.weight
  }

  /// The vectors of bags of equal length.
  ///
  /// Input `[bags, length]` of whole numbers, output `[bags, features]`.
  public func callAsFunction(_ input: Tensor) -> Tensor { self(input, weights: nil) }

  /// The vectors of bags of equal length, with a factor for each row.
  /// - Parameters:
  ///   - input: `[bags, length]` of whole numbers.
  ///   - weights: the factor of each row, of the input's shape and the table's element type; only
  ///     with the mode `sum`.
  /// - Returns: `[bags, features]`.
  public func callAsFunction(_ input: Tensor, weights: Tensor?) -> Tensor {
    let shape = input.shape
    guard input.isPoisoned || shape.count == 2 else {
      return failPrecondition(
        "\(self) received a tensor of shape \(shape); it must be [bags, length]. Pass offsets for "
          + "bags that lie one behind the other.")
    }
    if input.isPoisoned || input.isMeta {
      return input.isPoisoned
        ? input : input.metaOutput([shape[0], features], dtype: .float32).counted(for: self)
    }
    let offsets = Tensor.range(
      0, shape[0] * shape[1], step: Swift.max(1, shape[1]), device: input.device)
    let starts = shape[1] == 0 ? Tensor.zeros([shape[0]], dtype: .int64) : offsets
    return self(input.flattened(), offsets: starts, weights: weights?.flattened())
  }

  /// The vectors of bags that lie one behind the other.
  /// - Parameters:
  ///   - indices: the indices of all bags, `[count]`.
  ///   - offsets: where each bag begins, `[bags]`, `int64`, ascending from 0.
  ///   - weights: the factor of each row, `[count]`, of the table's element type; only with the mode
  ///     `sum`.
  /// - Returns: `[bags, features]`.
  public func callAsFunction(
    _ indices: Tensor, offsets: Tensor, weights: Tensor? = nil
  ) -> Tensor {
    guard indices.isPoisoned || indices.dtype == .int64 || indices.dtype == .int32 else {
      return failPrecondition(
        "\(self) received a tensor of \(indices.dtype); indices must be int64 or int32.")
    }
    guard weights == nil || mode == .sum else {
      return failPrecondition("\(self) received weights; they need the mode sum.")
    }
    if let maxNorm { weight.shortenRows(of: indices, to: maxNorm) }
    var (indices, offsets, weights) = (indices.cast(to: .int64), offsets, weights)
    if let paddingIndex {
      let isKept = ATen.ne_Scalar(indices, other: Scalar(paddingIndex))
      // Each bag begins as many places further left as padding lies before it.
      let kept = ATen.constant_pad_nd(ATen.cumsum(isKept, dim: 0, dtype: .int64), pad: [1, 0])
      offsets = kept.gathered(offsets)
      indices = ATen.masked_select(indices, mask: isKept)
      weights = weights.map { ATen.masked_select($0, mask: isKept) }
    }
    return ATen.embedding_bag(
      weight.value, indices: indices, offsets: offsets, mode: mode.code,
      per_sample_weights: weights
    ).0
  }

  /// The layer as code: `EmbeddingBag(entries: 1000, features: 64, mode: .mean)`.
  public var description: String {
    "EmbeddingBag(entries: \(entries), features: \(features), mode: .\(mode))"
  }
}

extension EmbeddingBag.Mode {
  /// libtorch's number for it.
  fileprivate var code: Int {
    switch self {
    case .sum: 0
    case .mean: 1
    case .max: 2
    }
  }
}
