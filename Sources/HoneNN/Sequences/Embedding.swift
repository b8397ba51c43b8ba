public import HoneNumerics
public import HoneTensor

/// A table of vectors: indices of any shape `[…]` to their rows, `[…, features]`.
public final class Embedding: Layer, CustomStringConvertible {
  /// The table, `[entries, features]`, standard normal at first unless an initializer says otherwise.
  public let weight: Parameter
  /// The number of rows.
  public let entries: Int
  /// The length of a row.
  public let features: Int
  /// The row that training leaves alone, zeros at first; nil for none.
  public let paddingIndex: Int?
  /// The largest Euclidean norm of a row, to which longer ones are shortened when they are looked up;
  /// nil for no limit.
  public let maxNorm: Double?

  /// A table of vectors.
  /// - Parameters:
  ///   - entries: the number of rows.
  ///   - features: the length of a row.
  ///   - paddingIndex: the row that stands for padding: zeros, and without gradient.
  ///   - maxNorm: the largest norm of a row; rows that are looked up are shortened to it in place, in
  ///     training and in evaluation, as PyTorch does.
  ///   - initializer: the first values.
  ///   - device: where the table is.
  ///   - stream: where the first values come from.
  /// - Precondition: `paddingIndex` is a row of the table, `maxNorm` is positive.
  public init(
    entries: Int, features: Int, paddingIndex: Int? = nil, maxNorm: Double? = nil,
    initializer: Initializer = .normal(standardDeviation: 1), device: Device = .cpu,
    using stream: inout RandomStream
  ) {
    requirePositive(entries, "entries", of: "Embedding")
    requirePositive(features, "features", of: "Embedding")
    requireRow(paddingIndex, of: entries, "Embedding")
    requirePositiveNorm(maxNorm, "Embedding")
    self.entries = entries
    self.features = features
    self.paddingIndex = paddingIndex
    self.maxNorm = maxNorm
    var stream = stream.layerStream()
    let table = initializer.tensor([entries, features], device: device, using: &stream)
    if let paddingIndex { ATen.zero_(table.selected(paddingIndex, along: 0)) }
    weight = Parameter(table)
  }

  /// A table of vectors that were learned elsewhere, such as word vectors.
  /// - Parameters:
  ///   - pretrained: the rows, `[entries, features]`; copied.
  ///   - isFrozen: whether training leaves the table alone, as PyTorch's `from_pretrained` does.
  ///   - paddingIndex: the row that stands for padding: it keeps its values and gets no gradient.
  ///   - maxNorm: the largest norm of a row.
  /// - Precondition: `pretrained` has two dimensions.
  public init(
    pretrained: Tensor, isFrozen: Bool = true, paddingIndex: Int? = nil, maxNorm: Double? = nil
  ) {
    let shape = pretrained.shape
    guard shape.count == 2 else {
      fatalError(
        "Embedding got pretrained values of shape \(shape); they must be [entries, features].")
    }
    requireRow(paddingIndex, of: shape[0], "Embedding")
    requirePositiveNorm(maxNorm, "Embedding")
    entries = shape[0]
    features = shape[1]
    self.paddingIndex = paddingIndex
    self.maxNorm = maxNorm
    weight = Parameter(withoutGradients { pretrained.clone() })
    weight.isTrainable = !isFrozen
  }

  /// The rows of the indices.
  ///
  /// Input `[…]` of whole numbers, output `[…, features]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    guard input.isPoisoned || input.dtype == .int64 || input.dtype == .int32 else {
      return failPrecondition(
        "\(self) received a tensor of \(input.dtype); indices must be int64 or int32.")
    }
    if input.isMeta {
      return input.metaOutput(input.shape + [features], dtype: .float32).counted(for: self)
    }
    if let maxNorm { weight.shortenRows(of: input, to: maxNorm) }
    return ATen.embedding(weight.value, indices: input, padding_idx: paddingIndex ?? -1)
  }

  /// The layer as code: `Embedding(entries: 1000, features: 64)`.
  public var description: String { "Embedding(entries: \(entries), features: \(features))" }
}

/// Ends the process unless a padding index is a row of its table.
func requireRow(_ index: Int?, of entries: Int, _ layer: String) {
  if let index, !(0..<entries).contains(index) {
    fatalError("\(layer) got paddingIndex: \(index); it must lie in 0..<\(entries).")
  }
}

/// Ends the process unless a limit of norms is positive.
func requirePositiveNorm(_ norm: Double?, _ layer: String) {
  if let norm, !(norm > 0) {
    fatalError("\(layer) got maxNorm: \(norm); it must be positive, or nil for no limit.")
  }
}

extension Parameter {
  /// Shortens the rows of a table that indices name, where their norm exceeds a limit.
  func shortenRows(of indices: Tensor, to limit: Double) {
    withoutGradients {
      let flat = indices.flattened().cast(to: .int64)
      if flat.isPoisoned || flat.count == 0 { return }
      let rows = value.detached().gathered(flat)
      let norms = ATen.linalg_vector_norm(rows, dim: [1], keepdim: true)
      // The margin is PyTorch's, so that the shortened row is within the limit after rounding.
      let factors = (Scalar(limit) / (norms + 1e-7)).where(
        norms .> Scalar(limit), otherwise: norms.onesLike())
      ATen.index_copy_(value.detached(), dim: 0, index: flat, source: rows * factors)
    }
  }
}
