public import HoneNN
public import HoneNumerics
public import HoneTensor

/// Rows of numbers and codes as rows of numbers alone: each code gives the vector of its column, and
/// numbers and vectors are joined.
public final class CategoryEmbeddings: Layer {
  /// The vectors of each categorical column.
  public let tables: [Embedding]
  /// The layout of rows.
  public let layout: TabularLayout
  /// What drops elements of the vectors.
  public let dropout: Dropout

  /// Embeddings of categories.
  /// - Parameters:
  ///   - layout: the layout of rows.
  ///   - width: the width of a column's vectors; nil for `TabularLayout.embeddingWidth` of each.
  ///   - dropout: the share of the vectors' elements that training drops.
  ///   - device: where the vectors are.
  ///   - stream: where the first values come from.
  public init(
    layout: TabularLayout, width: Int? = nil, dropout: Double = 0, device: Device = .cpu,
    using stream: inout RandomStream
  ) {
    layout.check(for: "CategoryEmbeddings")
    self.layout = layout
    self.dropout = Dropout(probability: dropout)
    var tables: [Embedding] = []
    for cardinality in layout.cardinalities {
      tables.append(
        Embedding(
          entries: cardinality,
          features: width ?? TabularLayout.embeddingWidth(cardinality: cardinality),
          paddingIndex: 0, device: device, using: &stream))
    }
    self.tables = tables
  }

  /// The numbers of an output row.
  public var features: Int { layout.numbers + tables.reduce(0) { $0 + $1.features } }

  /// Numbers and vectors side by side.
  ///
  /// Input `[batch, numbers + columns]`, output `[batch, features]`.
  public func callAsFunction(_ rows: Tensor) -> Tensor {
    guard !tables.isEmpty, !rows.isPoisoned, !rows.isMeta else { return oneByOne(rows) }
    let joined = LayerTrace.fused([], isObserved: false, on: rows.device) {
      rows.withColumnVectors(
        tables.map(\.weight.value), numbers: layout.numbers,
        dropout: dropout.isTraining ? dropout.probability : 0)
    } layers: {
      _ = oneByOne(rows)
    }
    return joined ?? oneByOne(rows)
  }

  /// The same by an operator for each table.
  private func oneByOne(_ rows: Tensor) -> Tensor {
    guard let (numbers, codes) = layout.parts(of: rows, for: "CategoryEmbeddings") else {
      return layout.misfit(rows, for: "CategoryEmbeddings")
    }
    if tables.isEmpty { return numbers }
    let vectors = tables.enumerated().map { column, table in
      table(codes.selected(column, along: 1)).cast(to: numbers.dtype)
    }
    return Tensor.concatenated(
      [numbers, dropout(Tensor.concatenated(vectors, along: 1))], along: 1)
  }
}
