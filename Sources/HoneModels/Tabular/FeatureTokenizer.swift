public import HoneNN
public import HoneNumerics
public import HoneTensor

/// Every column of a row as a token (Gorishniy and others 2021, arXiv 2106.11959, section 3.3): a number
/// times a vector of its column plus another, a code's vector plus one of its column; and a class token
/// at the end.
///
/// All vectors start uniform within ±1/√features.
public final class FeatureTokenizer: Layer {
  /// What numbers are multiplied by, `[numbers, features]`; nil without numeric columns.
  public let numberWeight: Parameter?
  /// What is added to each column's token, numeric columns first, `[columns, features]`.
  public let bias: Parameter
  /// The vectors of each categorical column; code 0 has zeros.
  public let tables: [Embedding]
  /// The class token, `[features]`.
  public let classToken: Parameter
  /// The layout of rows.
  public let layout: TabularLayout
  /// The features of a token.
  public let features: Int

  /// A tokenizer.
  /// - Parameters:
  ///   - layout: the layout of rows.
  ///   - features: the features of a token.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public init(
    layout: TabularLayout, features: Int, device: Device = .cpu, using stream: inout RandomStream
  ) {
    layout.check(for: "FeatureTokenizer")
    self.layout = layout
    self.features = features
    let bound = 1 / Double(features).squareRoot()
    let initializer = Initializer.uniform(-bound...bound)
    func parameter(_ shape: [Int]) -> Parameter {
      Parameter(initializer.tensor(shape, device: device, using: &stream))
    }
    numberWeight = layout.numbers > 0 ? parameter([layout.numbers, features]) : nil
    bias = parameter([layout.width, features])
    classToken = parameter([features])
    var tables: [Embedding] = []
    for cardinality in layout.cardinalities {
      tables.append(
        Embedding(
          entries: cardinality, features: features, paddingIndex: 0, initializer: initializer,
          device: device, using: &stream))
    }
    self.tables = tables
  }

  /// The tokens, the class token last.
  ///
  /// Input `[batch, numbers + columns]`, output `[batch, columns + 1, features]`.
  public func callAsFunction(_ rows: Tensor) -> Tensor {
    guard let (numbers, codes) = layout.parts(of: rows, for: "FeatureTokenizer") else {
      return layout.misfit(rows, for: "FeatureTokenizer")
    }
    var parts: [Tensor] = []
    if let numberWeight { parts.append(numbers.unsqueezed(at: 2) * numberWeight.value) }
    for (column, table) in tables.enumerated() {
      parts.append(table(codes.sliced(column..<(column + 1), along: 1)).cast(to: rows.dtype))
    }
    let tokens = Tensor.concatenated(parts, along: 1) + bias.value
    let marks = classToken.value.expanded(to: [rows.shape[0], 1, features])
    return Tensor.concatenated([tokens, marks], along: 1)
  }
}
