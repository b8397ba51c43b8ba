import HoneConfiguration
import HoneNN
import HoneNumerics
import HoneTensor

extension LayerSpecification.Temporal {
  func made(
    at site: LayerSite, using stream: inout RandomStream
  ) throws -> any Layer<Tensor, Tensor> {
    switch self {
    case .embedding, .embeddingBag: return try table(at: site, using: &stream)
    case .rnn, .lstm, .gru: return try recurrent(at: site, using: &stream)
    case .multiHeadAttention(let heads, let dropout, let bias, let causal, let rotary):
      let features = try site.features(of: "multiHeadAttention")
      try site.checkHeads(heads, features: features, isRotary: rotary)
      let attention = MultiHeadAttention(
        features: features, heads: heads,
        options: .init(dropout: dropout, bias: bias, rotary: rotary ? RotaryPositions() : nil),
        device: site.device, using: &stream)
      return causal ? Adapted(attention) { $0($1, mask: AttentionMask(isCausal: true)) } : attention
    case .transformerEncoder(
      let heads, let layers, let feedForward, let dropout, let activation, let normFirst,
      let epsilon, let causal, let rotary):
      let features = try site.features(of: "transformerEncoder")
      try site.checkHeads(heads, features: features, isRotary: rotary)
      let encoder = TransformerEncoder(
        layers: layers, features: features, heads: heads,
        options: TransformerOptions(
          feedForward: feedForward, dropout: dropout, activation: activation.live,
          isNormFirst: normFirst, epsilon: epsilon, rotary: rotary ? RotaryPositions() : nil),
        device: site.device, using: &stream)
      return causal ? Adapted(encoder) { $0($1, mask: AttentionMask(isCausal: true)) } : encoder
    case .sinusoidalPositions(let dropout):
      return SinusoidalPositions(
        features: try site.features(of: "sinusoidalPositions"), dropout: dropout)
    case .learnedPositions(let initializer):
      let features = try site.features(of: "learnedPositions")
      return LearnedPositions(
        length: site.shape[0], features: features,
        initializer: initializer.map { Initializer($0) } ?? .normal(standardDeviation: 0.02),
        device: site.device, using: &stream)
    }
  }

  private func table(
    at site: LayerSite, using stream: inout RandomStream
  ) throws -> any Layer<Tensor, Tensor> {
    switch self {
    case .embedding(let vocabulary, let outputs, let padding, let maxNorm, let initializer):
      let embedding = Embedding(
        entries: vocabulary, features: outputs, paddingIndex: padding, maxNorm: maxNorm,
        initializer: initializer.map { Initializer($0) } ?? .normal(standardDeviation: 1),
        device: site.device, using: &stream)
      let numbers = TokenNumbers(name: "embedding", vocabulary: vocabulary)
      return Adapted(embedding) { $0(numbers($1)) }
    case .embeddingBag(
      let vocabulary, let outputs, let mode, let padding, let maxNorm, let initializer):
      guard site.shape.count == 1 else { throw site.unsuitable("embeddingBag", ["[length]"]) }
      let bag = EmbeddingBag(
        entries: vocabulary, features: outputs, mode: mode.live, paddingIndex: padding,
        maxNorm: maxNorm,
        initializer: initializer.map { Initializer($0) } ?? .normal(standardDeviation: 1),
        device: site.device, using: &stream)
      let numbers = TokenNumbers(name: "embeddingBag", vocabulary: vocabulary)
      return Adapted(bag) { $0(numbers($1)) }
    default: fatalError("\(self) has no table.")
    }
  }

  private func recurrent(
    at site: LayerSite, using stream: inout RandomStream
  ) throws -> any Layer<Tensor, Tensor> {
    switch self {
    case .rnn(
      let outputs, let nonlinearity, let layers, let both, let dropout, let bias, let result):
      let network = RNN(
        inputs: try site.features(of: "rnn"), features: outputs,
        nonlinearity: nonlinearity == .tanh ? .tanh : .relu,
        options: RecurrentOptions(
          layers: layers, isBidirectional: both, dropout: dropout, bias: bias),
        device: site.device, using: &stream)
      if result == .sequence { return network }
      return Adapted(network) { lastState($0($1, lengths: nil).hidden, isBidirectional: both) }
    case .lstm(
      let outputs, let projection, let layers, let both, let dropout, let bias, let result):
      let network = LSTM(
        inputs: try site.features(of: "lstm"), features: outputs, projection: projection,
        options: RecurrentOptions(
          layers: layers, isBidirectional: both, dropout: dropout, bias: bias),
        device: site.device, using: &stream)
      if result == .sequence { return network }
      return Adapted(network) {
        lastState($0($1, lengths: nil).state.hidden, isBidirectional: both)
      }
    case .gru(let outputs, let layers, let both, let dropout, let bias, let result):
      let network = GRU(
        inputs: try site.features(of: "gru"), features: outputs,
        options: RecurrentOptions(
          layers: layers, isBidirectional: both, dropout: dropout, bias: bias),
        device: site.device, using: &stream)
      if result == .sequence { return network }
      return Adapted(network) { lastState($0($1, lengths: nil).hidden, isBidirectional: both) }
    default: fatalError("\(self) is no recurrent layer.")
    }
  }
}

/// The states of the last layer, both directions one behind the other: `[layers x directions, batch,
/// features]` to `[batch, directions x features]`.
private func lastState(_ hidden: Tensor, isBidirectional: Bool) -> Tensor {
  if hidden.isPoisoned { return hidden }
  let count = hidden.shape[0]
  let last = hidden.selected(count - 1, along: 0)
  if !isBidirectional { return last }
  return Tensor.concatenated([hidden.selected(count - 2, along: 0), last], along: 1)
}

extension LayerSpecification.BagMode {
  /// The mode as the layer knows it.
  fileprivate var live: EmbeddingBag.Mode {
    switch self {
    case .sum: .sum
    case .mean: .mean
    case .max: .max
    }
  }
}
