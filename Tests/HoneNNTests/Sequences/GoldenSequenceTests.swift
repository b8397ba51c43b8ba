import Foundation
import HoneNN
import HoneNumerics
import HoneTensor
import Testing

/// PyTorch's values, written by Tools/golden/sequence.py.
struct SequenceCase: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let inputs: [String: Golden.Array]
  let integers: [String]
  let state: [String: Golden.Array]
  let stateAfter: [String: Golden.Array]
  let outputs: [Golden.Array]
  let outputGradients: [Golden.Array]
  let inputGradients: [String: Golden.Array]
  let gradients: [String: Golden.Array]

  var testDescription: String { name }

  private struct File: Decodable { let cases: [SequenceCase] }

  static func all() throws -> [SequenceCase] {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Golden/sequence.json")
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: url)).cases
  }
}

struct GoldenSequenceTests {
  @Test(
    "sequence layers compute PyTorch's outputs and gradients under PyTorch's names",
    arguments: try SequenceCase.all())
  func golden(_ golden: SequenceCase) throws {
    var inputs: [String: Tensor] = [:]
    for (name, array) in golden.inputs {
      inputs[name] =
        golden.integers.contains(name)
        ? array.tensor(asInteger: true) : array.tensor().requiringGradient()
    }
    let run = try #require(SequenceRun(golden.name, inputs))
    run.module.move(dtype: .float64)
    try run.module.load(
      StateDictionary(
        golden.state.sorted { $0.key < $1.key }
          .map { .init(name: $0.key, value: $0.value.tensor().hostTensor()) }))
    let outputs = run.outputs()
    #expect(outputs.count == golden.outputs.count)
    for (output, expected) in zip(outputs, golden.outputs) { #expect(agree(output, expected)) }
    let loss = zip(outputs, golden.outputGradients)
      .map { ($0 * $1.tensor()).sum() }
    loss.dropFirst().reduce(loss[0]) { $0 + $1 }.backward()
    for (name, expected) in golden.inputGradients {
      #expect(agree(try #require(inputs[name]?.gradient), expected), "\(name)")
    }
    let parameters = run.module.namedParameters
    #expect(Set(parameters.map(\.name)) == Set(golden.gradients.keys))
    for (name, parameter) in parameters {
      let expected = try #require(golden.gradients[name])
      #expect(agree(try #require(parameter.gradient), expected), "\(name)")
      #expect(agree(parameter.value, try #require(golden.stateAfter[name])), "\(name)")
    }
  }

  @Test("parameters come in PyTorch's order", arguments: ["lstmPacked", "attentionFeatures"])
  func order(_ name: String) throws {
    let golden = try #require(try SequenceCase.all().first { $0.name == name })
    var inputs: [String: Tensor] = [:]
    for (name, array) in golden.inputs { inputs[name] = array.tensor() }
    let run = try #require(SequenceRun(name, inputs))
    let names = run.module.namedParameters.map(\.name)
    let expected =
      name == "lstmPacked"
      ? ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0", "weight_ih_l0_reverse"]
      : ["q_proj_weight", "k_proj_weight", "v_proj_weight", "in_proj_bias", "out_proj.weight"]
    #expect(Array(names.prefix(5)) == expected)
  }
}

/// A module of a case and how its outputs are computed.
private struct SequenceRun {
  let module: any Module
  let outputs: () -> [Tensor]

  init?(_ name: String, _ inputs: [String: Tensor]) {
    var stream = testStream()
    let found =
      Self.embedding(name, inputs, &stream) ?? Self.recurrent(name, inputs, &stream)
      ?? Self.attention(name, inputs, &stream) ?? Self.transformer(name, inputs, &stream)
    guard let found else { return nil }
    (module, outputs) = found
  }

  private typealias Made = (any Module, () -> [Tensor])?

  private static func embedding(
    _ name: String, _ inputs: [String: Tensor], _ stream: inout RandomStream
  ) -> Made {
    guard let tokens = inputs["tokens"] else { return nil }
    let offsets = inputs["offsets"]
    func bag(_ mode: EmbeddingBag.Mode, padding: Int?) -> Made {
      let bag = EmbeddingBag(
        entries: 7, features: 3, mode: mode, paddingIndex: padding, using: &stream)
      return (
        bag,
        {
          offsets.map { [bag(tokens, offsets: $0, weights: inputs["weights"])] } ?? [bag(tokens)]
        }
      )
    }
    switch name {
    case "embeddingMaxNorm":
      let layer = Embedding(
        entries: 7, features: 3, paddingIndex: 2, maxNorm: 0.7, using: &stream)
      return (layer, { [layer(tokens)] })
    case "bagSumWeights": return bag(.sum, padding: nil)
    case "bagMeanPadding", "bagMeanOffsets": return bag(.mean, padding: 2)
    case "bagMaxPadding": return bag(.max, padding: 2)
    default: return nil
    }
  }

  private static func recurrent(
    _ name: String, _ inputs: [String: Tensor], _ stream: inout RandomStream
  ) -> Made {
    guard let input = inputs["input"] else { return nil }
    let (lengths, hidden) = (inputs["lengths"], inputs["hidden"])
    let both = RecurrentOptions(layers: 2, isBidirectional: true)
    func outputs(_ output: RNN.Run) -> [Tensor] { [output.outputs, output.hidden] }
    func outputs(_ output: GRU.Run) -> [Tensor] { [output.outputs, output.hidden] }
    func outputs(_ output: LSTM.Run) -> [Tensor] {
      [output.outputs, output.state.hidden, output.state.memory]
    }
    switch name {
    case "rnn", "rnnPacked", "rnnRelu", "rnnReluPacked":
      let layer = RNN(
        inputs: 2, features: 3, nonlinearity: name.hasPrefix("rnnRelu") ? .relu : .tanh,
        options: name == "rnnPacked" ? both : RecurrentOptions(), using: &stream)
      return (layer, { outputs(layer(input, lengths: lengths, hidden: hidden)) })
    case "gru", "gruPacked":
      let layer = GRU(
        inputs: 2, features: 3, options: name == "gru" ? both : RecurrentOptions(layers: 2),
        using: &stream)
      return (layer, { outputs(layer(input, lengths: lengths, hidden: hidden)) })
    case "lstm", "lstmProjected", "lstmPacked":
      let layer = LSTM(
        inputs: 2, features: 3, projection: name == "lstmProjected" ? 2 : nil,
        options: name == "lstm" ? RecurrentOptions(bias: false) : both, using: &stream)
      let state = hidden.map { LSTM.State(hidden: $0, memory: inputs["memory"] ?? $0) }
      return (layer, { outputs(layer(input, lengths: lengths, state: state)) })
    default: return nil
    }
  }

  private static func attention(
    _ name: String, _ inputs: [String: Tensor], _ stream: inout RandomStream
  ) -> Made {
    guard name.hasPrefix("attention") else { return nil }
    let isMixed = name == "attentionFeatures"
    let layer = MultiHeadAttention(
      features: 4, heads: 2,
      options: .init(
        bias: name != "attentionCausal", keyFeatures: isMixed ? 3 : nil,
        valueFeatures: isMixed ? 2 : nil), using: &stream)
    if let input = inputs["input"] {
      let mask = AttentionMask(
        keyPadding: name == "attentionPadding" ? padding : nil, isCausal: name != "attention")
      return (layer, { [layer(input, mask: mask)] })
    }
    guard let queries = inputs["queries"], let keys = inputs["keys"],
      let values = inputs["values"]
    else { return nil }
    if name == "attentionWeights" {
      let mask = AttentionMask(keyPadding: padding, blocked: blocked)
      return (
        layer,
        {
          let (output, weights) = layer.withWeights(queries, keys: keys, values: values, mask: mask)
          return [output, weights]
        }
      )
    }
    let mask = AttentionMask(keyPadding: isMixed ? padding : nil, bias: inputs["bias"])
    return (layer, { [layer(queries, keys: keys, values: values, mask: mask)] })
  }

  private static func transformer(
    _ name: String, _ inputs: [String: Tensor], _ stream: inout RandomStream
  ) -> Made {
    guard let input = inputs["input"] else { return nil }
    var options = TransformerOptions(feedForward: 5, dropout: 0)
    if name.hasSuffix("NormFirst") {
      options.isNormFirst = true
      options.activation = .gelu()
    }
    if let memory = inputs["memory"] {
      let mask = AttentionMask(keyPadding: padding)
      if name == "decoder" {
        let model = TransformerDecoder(
          layers: 2, features: 4, heads: 2, options: options, using: &stream)
        return (model, { [model(input, memory: memory, memoryMask: mask)] })
      }
      let layer = TransformerDecoderLayer(features: 4, heads: 2, options: options, using: &stream)
      return (layer, { [layer(input, memory: memory, memoryMask: mask)] })
    }
    if name == "encoder" {
      options.isNormFirst = true
      let model = TransformerEncoder(
        layers: 2, features: 4, heads: 2, options: options, using: &stream)
      return (model, { [model(input, mask: AttentionMask(keyPadding: padding))] })
    }
    let layer = TransformerEncoderLayer(features: 4, heads: 2, options: options, using: &stream)
    return (layer, { [layer(input)] })
  }

  /// The padding behind lengths of 2, 5 and 4.
  private static var padding: Tensor {
    TokenPadding(
      Tensor([1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0] as [Int64], shape: [3, 5])
    ).isPadding
  }

  private static var blocked: Tensor {
    Tensor([0, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 0, 0] as [Int64], shape: [3, 5])
      .isEqual(to: 1)
  }
}
