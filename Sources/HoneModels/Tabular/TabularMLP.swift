public import HoneNN
public import HoneNumerics
public import HoneTensor

/// A multilayer perceptron over the numbers of a row and learned vectors of its categories (Guo and
/// Berkhahn 2016, arXiv 1604.06737).
public final class TabularMLP: Layer {
  /// The vectors of the categories.
  public let embeddings: CategoryEmbeddings
  /// The perceptron over numbers and vectors.
  public let perceptron: MLP

  /// A perceptron with embeddings.
  /// - Parameters:
  ///   - layout: the layout of rows.
  ///   - outputs: the number of classes or values.
  ///   - widths: the number of hidden features, layer by layer.
  ///   - options: activation, normalization, dropout, first values; the dropout also acts on vectors.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public init(
    layout: TabularLayout, outputs: Int, widths: [Int] = [200, 100],
    options: MLP.Options = MLP.Options(), device: Device = .cpu, using stream: inout RandomStream
  ) {
    embeddings = CategoryEmbeddings(
      layout: layout, dropout: options.dropout, device: device, using: &stream)
    perceptron = MLP(
      inputs: embeddings.features, outputs: outputs, widths: widths, options: options,
      device: device, using: &stream)
  }

  /// Logits or values.
  ///
  /// Input `[batch, numbers + columns]`, output `[batch, outputs]`.
  public func callAsFunction(_ rows: Tensor) -> Tensor { perceptron(embeddings(rows)) }
}
