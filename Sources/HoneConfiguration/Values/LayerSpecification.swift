/// How many outputs a layer has.
public enum LayerOutputs: Sendable, Equatable {
  /// A number.
  case count(Int)
  /// As many as the task needs: one per class, or one per target.
  case classes
}

extension LayerOutputs: Codable {
  /// Reads a number or the word `classes`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let count = try? container.decode(Int.self) {
      self = .count(count)
    } else {
      self = .classes
    }
  }

  /// Writes a number or the word `classes`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .count(let count): try container.encode(count)
    case .classes: try container.encode("classes")
    }
  }
}

/// A layer as a configuration describes it; inputs are inferred when the model is built.
public indirect enum LayerSpecification: Sendable, Equatable, Codable {
  /// A fully connected layer.
  case linear(
    outputs: LayerOutputs, bias: Bool = true, initializer: InitializerSpecification? = nil)
  /// A convolution over sequences.
  case conv1d(
    outputs: Int, kernel: Int = 3, stride: Int = 1, padding: PaddingSpecification = .zeros(0),
    groups: Int = 1, dilation: Int = 1, bias: Bool = true,
    initializer: InitializerSpecification? = nil)
  /// A convolution over images.
  case conv2d(
    outputs: Int, kernel: Extent = 3, stride: Extent = 1, padding: PaddingSpecification = .zeros(0),
    groups: Int = 1, dilation: Extent = 1, bias: Bool = true,
    initializer: InitializerSpecification? = nil)
  /// Normalisation over the batch (arXiv 1502.03167).
  case batchNorm(momentum: Double = 0.1, epsilon: Double = 1e-5)
  /// Normalisation over a sample's features (arXiv 1607.06450).
  case layerNorm(epsilon: Double = 1e-5)
  /// Zeroes activations while training and scales the rest (Srivastava et al. 2014).
  case dropout(probability: Double = 0.5)
  /// The largest value of each window; the stride is the window unless given.
  case maxPool(window: Extent = 2, stride: Extent? = nil, padding: Extent = 0)
  /// The mean of each window; the stride is the window unless given.
  case averagePool(window: Extent = 2, stride: Extent? = nil, padding: Extent = 0)
  /// The mean of each channel.
  case globalAveragePool
  /// Means over as many windows as outputs are asked for.
  case adaptiveAveragePool(outputs: Extent = 1)
  /// Makes one axis of all but the batch.
  case flatten
  /// A vector for each number of a vocabulary.
  case embedding(vocabulary: Int, outputs: Int)
  /// max(x, 0).
  case relu
  /// x where positive, else slope times x.
  case leakyReLU(slope: Double = 0.01)
  /// x where positive, else alpha (exp x − 1) (arXiv 1511.07289).
  case elu(alpha: Double = 1)
  /// The self-normalising ELU (arXiv 1706.02515).
  case selu
  /// x times the normal distribution function (arXiv 1606.08415).
  case gelu
  /// x times its sigmoid (arXiv 1702.03118).
  case silu
  /// x times tanh of its softplus (arXiv 1908.08681).
  case mish
  /// Hyperbolic tangent.
  case tanh
  /// Logistic function.
  case sigmoid
  /// log(1 + exp x).
  case softplus
  /// Exponentials that sum to one over an axis.
  case softmax(axis: Int = -1)
  /// A piecewise linear relative of `silu` (arXiv 1905.02244).
  case hardSwish
  /// Nothing.
  case identity
  /// Layers one after the other, as one.
  case sequence(layers: [LayerSpecification])
  /// Adds the input to what the layers make of it (arXiv 1512.03385).
  case residual(layers: [LayerSpecification])
  /// Gives the input to each branch and joins the results.
  case parallel(layers: [LayerSpecification], join: Joining = .concatenate)
  /// The layers so many times, each time with weights of their own.
  case `repeat`(count: Int, layers: [LayerSpecification])

  /// How branches are joined.
  public enum Joining: String, Sendable, Codable, CaseIterable {
    /// One behind the other along the channels.
    case concatenate
    /// By their sum.
    case add
  }
}
