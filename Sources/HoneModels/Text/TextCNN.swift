public import HoneNN
public import HoneNumerics
public import HoneTensor

/// Convolutions of several widths over word vectors, the largest response of each filter, dropout and a
/// linear layer (Kim 2014, arXiv 1408.5882).
///
/// Windows reach over the ends of a text, so that texts shorter than a window work; the padding index
/// should have a vector of zeros.
public final class TextCNN: Layer {
  /// What a network has besides its extents; the paper's values.
  public struct Options: Sendable, Hashable {
    /// The widths of the filters, in tokens.
    public var windows: [Int]
    /// The number of filters of each width.
    public var maps: Int
    /// The share of responses that training drops.
    public var dropout: Double

    /// Options.
    public init(windows: [Int] = [3, 4, 5], maps: Int = 100, dropout: Double = 0.5) {
      self.windows = windows
      self.maps = maps
      self.dropout = dropout
    }
  }

  /// The table of word vectors.
  public let embedding: Embedding
  /// The filters of each width.
  public let convolutions: [Conv1d]
  /// From the largest responses to the outputs.
  public let head: Sequential
  private let widest: Int

  /// A convolutional network for texts.
  /// - Parameters:
  ///   - embedding: the table of word vectors.
  ///   - outputs: the number of classes or values.
  ///   - options: widths and number of filters, dropout.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: there are windows, and they are positive.
  public init(
    embedding: Embedding, outputs: Int, options: Options = Options(), device: Device = .cpu,
    using stream: inout RandomStream
  ) {
    guard let widest = options.windows.max(), options.windows.allSatisfy({ $0 > 0 }) else {
      fatalError("TextCNN got windows: \(options.windows); it needs one or more positive widths.")
    }
    self.embedding = embedding
    self.widest = widest
    var convolutions: [Conv1d] = []
    for window in options.windows {
      convolutions.append(
        Conv1d(
          inputs: embedding.features, outputs: options.maps, kernel: window, device: device,
          using: &stream))
    }
    self.convolutions = convolutions
    head = Sequential {
      if options.dropout > 0 { Dropout(probability: options.dropout) }
      Linear(
        inputs: options.maps * options.windows.count, outputs: outputs, device: device,
        using: &stream)
    }
  }

  /// A convolutional network with word vectors of its own.
  /// - Parameters:
  ///   - vocabulary: the number of token numbers, with 0 for padding.
  ///   - outputs: the number of classes or values.
  ///   - features: the length of a word vector; the paper's is 300.
  ///   - options: widths and number of filters, dropout.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public convenience init(
    vocabulary: Int, outputs: Int, features: Int = 128, options: Options = Options(),
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    let embedding = Embedding(
      entries: vocabulary, features: features, paddingIndex: 0, device: device, using: &stream)
    self.init(
      embedding: embedding, outputs: outputs, options: options, device: device, using: &stream)
  }

  /// Logits or values.
  ///
  /// Input `[batch, length]` token numbers, output `[batch, outputs]`.
  public func callAsFunction(_ tokens: Tensor) -> Tensor {
    if tokens.isPoisoned { return tokens }
    let vectors = embedding(tokens).transposed(1, 2)
    // So wide that every filter sees a window of nothing but padding in every text: then no response
    // depends on how far a batch was padded.
    let padded = ATen.constant_pad_nd(vectors, pad: [widest, widest])
    let responses = convolutions.map { convolution in
      Activation.relu(convolution(padded)).maximum(along: [2])
    }
    return head(Tensor.concatenated(responses, along: 1))
  }
}
