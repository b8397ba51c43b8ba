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

  /// A table of vectors.
  /// - Parameters:
  ///   - entries: the number of rows.
  ///   - features: the length of a row.
  ///   - paddingIndex: the row that stands for padding: zeros, and without gradient.
  ///   - initializer: the first values.
  ///   - device: where the table is.
  ///   - stream: where the first values come from.
  /// - Precondition: `paddingIndex` is a row of the table.
  public init(
    entries: Int, features: Int, paddingIndex: Int? = nil,
    initializer: Initializer = .normal(standardDeviation: 1), device: Device = .cpu,
    using stream: inout RandomStream
  ) {
    requirePositive(entries, "entries", of: "Embedding")
    requirePositive(features, "features", of: "Embedding")
    if let paddingIndex, !(0..<entries).contains(paddingIndex) {
      fatalError("Embedding got paddingIndex: \(paddingIndex); it must lie in 0..<\(entries).")
    }
    self.entries = entries
    self.features = features
    self.paddingIndex = paddingIndex
    var stream = stream.layerStream()
    let table = initializer.tensor([entries, features], device: device, using: &stream)
    if let paddingIndex { ATen.zero_(table.selected(paddingIndex, along: 0)) }
    weight = Parameter(table)
  }

  /// The rows of the indices.
  ///
  /// Input `[…]` of whole numbers, output `[…, features]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    guard input.isPoisoned || input.dtype == .int64 || input.dtype == .int32 else {
      return failPrecondition(
        "\(self) received a tensor of \(input.dtype); indices must be int64 or int32.")
    }
    if input.isMeta { return input.metaOutput(input.shape + [features], dtype: .float32) }
    return ATen.embedding(weight.value, indices: input, padding_idx: paddingIndex ?? -1)
  }

  /// The layer as code: `Embedding(entries: 1000, features: 64)`.
  public var description: String { "Embedding(entries: \(entries), features: \(features))" }
}
