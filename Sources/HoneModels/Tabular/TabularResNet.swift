public import HoneNN
public import HoneNumerics
public import HoneTensor

/// A residual network for tables (Gorishniy and others 2021, arXiv 2106.11959, section 3.2): a linear
/// map, blocks x + Dropout(Linear(Dropout(ReLU(Linear(BatchNorm(x)))))), and
/// Linear(ReLU(BatchNorm(x))).
///
/// Categories become vectors of `TabularLayout.embeddingWidth`; the paper tunes their width.
public final class TabularResNet: Layer {
  /// What a network has besides its extents; the values of the authors' package.
  public struct Options: Sendable, Hashable {
    /// The number of blocks.
    public var blocks: Int
    /// The features between blocks.
    public var width: Int
    /// The features inside a block, as a multiple of `width`.
    public var expansion: Double
    /// The share of features that training drops inside a block.
    public var hiddenDropout: Double
    /// The share of features that training drops behind a block.
    public var residualDropout: Double

    /// Options.
    public init(
      blocks: Int = 2, width: Int = 192, expansion: Double = 2, hiddenDropout: Double = 0.15,
      residualDropout: Double = 0
    ) {
      self.blocks = blocks
      self.width = width
      self.expansion = expansion
      self.hiddenDropout = hiddenDropout
      self.residualDropout = residualDropout
    }
  }

  /// The vectors of the categories.
  public let embeddings: CategoryEmbeddings
  /// From numbers and vectors to the first block.
  public let stem: Linear
  /// The blocks.
  public let blocks: [Residual]
  /// From the last block to the outputs.
  public let head: Sequential

  /// A residual network for tables.
  /// - Parameters:
  ///   - layout: the layout of rows.
  ///   - outputs: the number of classes or values.
  ///   - options: blocks, widths, dropout.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public init(
    layout: TabularLayout, outputs: Int, options: Options = Options(), device: Device = .cpu,
    using stream: inout RandomStream
  ) {
    embeddings = CategoryEmbeddings(layout: layout, device: device, using: &stream)
    let (width, hidden) = (options.width, Int(Double(options.width) * options.expansion))
    stem = Linear(inputs: embeddings.features, outputs: width, device: device, using: &stream)
    var blocks: [Residual] = []
    for _ in 0..<options.blocks {
      blocks.append(
        Residual {
          BatchNorm(features: width, device: device)
          Linear(inputs: width, outputs: hidden, device: device, using: &stream)
          ReLU()
          if options.hiddenDropout > 0 { Dropout(probability: options.hiddenDropout) }
          Linear(inputs: hidden, outputs: width, device: device, using: &stream)
          if options.residualDropout > 0 { Dropout(probability: options.residualDropout) }
        })
    }
    self.blocks = blocks
    head = Sequential {
      BatchNorm(features: width, device: device)
      ReLU()
      Linear(inputs: width, outputs: outputs, device: device, using: &stream)
    }
  }

  /// Logits or values.
  ///
  /// Input `[batch, numbers + columns]`, output `[batch, outputs]`.
  public func callAsFunction(_ rows: Tensor) -> Tensor {
    head(blocks.reduce(stem(embeddings(rows))) { $1($0) })
  }
}
