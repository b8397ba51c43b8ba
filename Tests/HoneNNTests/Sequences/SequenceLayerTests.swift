import HoneNN
import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

struct SequenceLayerTests {
  @Test("sequence layers keep the contract of modules")
  func contract() {
    let tokens = Tensor([1, 4, 2, 2, 5, 1] as [Int64], shape: [2, 3])
    let sequences = randomTensor([3, 5, 4])
    let both = RecurrentOptions(layers: 2, isBidirectional: true, dropout: 0.5)
    #expect(
      moduleContractFailures(
        { with { Embedding(entries: 6, features: 3, using: &$0) } }, input: tokens) == [])
    for mode in EmbeddingBag.Mode.allCases {
      #expect(
        moduleContractFailures(
          { with { EmbeddingBag(entries: 6, features: 3, mode: mode, using: &$0) } }, input: tokens)
          == [])
    }
    #expect(
      moduleContractFailures(
        { with { RNN(inputs: 4, features: 3, options: both, using: &$0) } }, input: sequences)
        == [])
    #expect(
      moduleContractFailures(
        { with { GRU(inputs: 4, features: 3, options: both, using: &$0) } }, input: sequences)
        == [])
    #expect(
      moduleContractFailures(
        { with { LSTM(inputs: 4, features: 3, projection: 2, options: both, using: &$0) } },
        input: sequences) == [])
    #expect(
      moduleContractFailures(
        {
          with {
            MultiHeadAttention(
              features: 4, heads: 2, options: .init(dropout: 0.3, rotary: RotaryPositions()),
              using: &$0)
          }
        }, input: sequences) == [])
    #expect(
      moduleContractFailures(
        {
          with {
            TransformerEncoder(
              layers: 2, features: 4, heads: 2,
              options: TransformerOptions(feedForward: 6, isNormFirst: true), using: &$0)
          }
        }, input: sequences) == [])
    #expect(
      moduleContractFailures(
        { with { LearnedPositions(length: 5, features: 4, using: &$0) } }, input: sequences) == [])
  }

  @Test("shapes are inferred without elements")
  func shapes() throws {
    var stream = testStream()
    let layers: [(any Layer<Tensor, Tensor>, [Int])] = [
      (LSTM(inputs: 4, features: 3, projection: 2, device: .meta, using: &stream), [3, 5, 2]),
      (
        GRU(
          inputs: 4, features: 3, options: RecurrentOptions(isBidirectional: true), device: .meta,
          using: &stream), [3, 5, 6]
      ),
      (RNN(inputs: 4, features: 3, device: .meta, using: &stream), [3, 5, 3]),
      (MultiHeadAttention(features: 4, heads: 2, device: .meta, using: &stream), [3, 5, 4]),
      (
        TransformerEncoder(layers: 2, features: 4, heads: 1, device: .meta, using: &stream),
        [3, 5, 4]
      ),
      (SinusoidalPositions(features: 4, dropout: 0.1), [3, 5, 4]),
      (LearnedPositions(length: 9, features: 4, device: .meta, using: &stream), [3, 5, 4]),
    ]
    for (layer, shape) in layers { #expect(try layer.outputShape(for: [3, 5, 4]) == shape) }
    let bag = EmbeddingBag(entries: 6, features: 3, device: .meta, using: &stream)
    #expect(try bag.outputShape(for: [2, 7], dtype: .int64) == [2, 3])
  }

  @Test("first values are PyTorch's")
  func firstValues() {
    with { stream in
      let recurrent = LSTM(inputs: 50, features: 100, using: &stream)
      for (name, parameter) in recurrent.namedParameters {
        let values = parameter.value
        #expect(values.absolute().maximum().item() <= 0.1, "\(name)")
        // A uniform distribution on ±0.1; 400 draws or more, four standard errors.
        #expect(abs(values.standardDeviation().item() - 0.1 / 3.squareRoot()) < 0.006, "\(name)")
      }
      let attention = MultiHeadAttention(features: 64, heads: 4, using: &stream)
      let bound = (6.0 / (64 + 192)).squareRoot()
      let largest = attention.inputWeight?.value.absolute().maximum().item() ?? 0
      #expect(largest <= bound && largest > 0.99 * bound)
      #expect(attention.inputBias?.value.absolute().maximum().item() == 0)
      #expect(attention.output.bias?.value.absolute().maximum().item() == 0)
    }
  }

  @Test("pretrained rows are copied, frozen unless asked otherwise")
  func pretrained() {
    let rows = randomTensor([4, 3])
    let frozen = Embedding(pretrained: rows)
    #expect(frozen.weight.value.isIdentical(to: rows) && !frozen.weight.isTrainable)
    #expect(frozen.parameterCount == 0)
    let live = Embedding(pretrained: rows, isFrozen: false, paddingIndex: 0)
    live(Tensor([0, 2] as [Int64])).sum().backward()
    #expect(live.weight.gradient?.floats == [0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0])
    live.weight.assign(Tensor.zeros([4, 3]))
    #expect(frozen.weight.value.isIdentical(to: rows))
  }

  @Test("what lies behind a length changes nothing")
  func padding() {
    with { stream in
      let layer = LSTM(
        inputs: 4, features: 3, options: RecurrentOptions(layers: 2, isBidirectional: true),
        using: &stream)
      let input = randomTensor([3, 5, 4])
      let lengths = Tensor([5, 2, 3] as [Int64])
      let output = layer(input, lengths: lengths)
      let alone = layer(input[1..<2].sliced(0..<2, along: 1))
      #expect(
        output.outputs[1..<2].sliced(0..<2, along: 1).isClose(to: alone, absolute: 1e-6))
      #expect(output.outputs[1].sliced(2..<5, along: 0).absolute().maximum().item() == 0)
      let changed = Tensor.concatenated(
        [input.sliced(0..<2, along: 1), randomTensor([3, 3, 4], seed: 9)], along: 1)
      #expect(layer(changed, lengths: lengths).outputs[1].isIdentical(to: output.outputs[1]))
    }
  }

  @Test("a query that may look at nothing gets no attention and finite gradients")
  func nothingToLookAt() throws {
    var stream = testStream()
    let layer = MultiHeadAttention(features: 4, heads: 2, using: &stream)
    let isPadding = Tensor([1, 1, 1, 0, 0, 0] as [Int64], shape: [2, 3]).isEqual(to: 1)
    let mask = AttentionMask(keyPadding: isPadding)
    let input = randomTensor([2, 3, 4]).requiringGradient()
    let output = layer(input, mask: mask)
    let (other, weights) = layer.withWeights(input, keys: input, values: input, mask: mask)
    #expect(output.isClose(to: other, absolute: 1e-6) && output.isFinite)
    #expect(weights[0].absolute().maximum().item() == 0)
    (output.sum() + other.squared().sum()).backward()
    #expect(try #require(input.gradient).isFinite)
  }

  @Test("the end of a sequence is behind its last token that is not padding")
  func tokenPadding() {
    let tokens = Tensor([3, 0, 2, 0, 0, 0, 0, 0] as [Int64], shape: [2, 4])
    let padding = TokenPadding(tokens)
    #expect(padding.lengths.values(as: Int64.self) == [3, 1])
    #expect(
      padding.isPadding.cast(to: .int64).values(as: Int64.self) == [0, 0, 0, 1, 0, 1, 1, 1])
  }

  @Test("dropout between recurrent layers acts in training alone")
  func betweenLayers() {
    with { stream in
      let layer = GRU(
        inputs: 4, features: 8, options: RecurrentOptions(layers: 2, dropout: 0.5), using: &stream)
      let input = randomTensor([3, 5, 4])
      #expect(!layer(input).isIdentical(to: layer(input)))
      layer.evaluate()
      #expect(layer(input).isIdentical(to: layer(input)))
    }
  }

  @Test("under autocast outputs are those of float32 to bf16's rounding, gradients finite")
  func mixedPrecision() throws {
    var stream = testStream()
    let both = RecurrentOptions(layers: 2, isBidirectional: true)
    let lstm = LSTM(inputs: 4, features: 3, options: both, using: &stream)
    let gru = GRU(inputs: 4, features: 3, options: both, using: &stream)
    let rnn = RNN(inputs: 4, features: 3, nonlinearity: .relu, options: both, using: &stream)
    let encoder = TransformerEncoder(
      layers: 1, features: 4, heads: 2,
      options: TransformerOptions(feedForward: 6, rotary: RotaryPositions()), using: &stream)
    encoder.evaluate()
    let lengths = Tensor([5, 2, 4] as [Int64])
    let isPadding = Tensor([0, 0, 0, 1, 1] as [Int64]).isEqual(to: 1)
    let mask = AttentionMask(keyPadding: isPadding.expanded(to: [3, 5]), isCausal: true)
    let runs: [(any Module, (Tensor) -> Tensor)] = [
      (lstm, { lstm($0) }), (lstm, { lstm($0, lengths: lengths).outputs }),
      (gru, { gru($0) }), (gru, { gru($0, lengths: lengths).hidden }),
      (rnn, { rnn($0) }), (rnn, { rnn($0, lengths: lengths).outputs }),
      (encoder, { encoder($0, mask: mask) }),
    ]
    let input = randomTensor([3, 5, 4])
    for (module, run) in runs {
      let exact = run(input)
      module.clearGradients()
      let rough = withAutocast(.bfloat16, on: .cpu) { run(input.cast(to: .bfloat16)) }
      // Some hundred products of numbers with eight bits.
      #expect(
        rough.cast(to: .float32).isClose(to: exact, relative: 0.1, absolute: 0.1),
        "\(type(of: module))")
      rough.cast(to: .float32).sum().backward()
      for parameter in module.parameters { #expect(try #require(parameter.gradient).isFinite) }
    }
  }

  @Test("wrong shapes are refused in full sentences")
  func sentences() {
    var stream = testStream()
    let lstm = LSTM(inputs: 4, features: 3, using: &stream)
    let input = randomTensor([3, 5, 4])
    let positions = LearnedPositions(length: 4, features: 4, using: &stream)
    let bags = EmbeddingBag(entries: 4, features: 4, using: &stream)
    let cases: [(() -> Tensor, String)] = [
      (
        { lstm(Tensor.zeros([3, 4])) },
        "LSTM(inputs: 4, features: 3) received a tensor of shape [3, 4]; it must be "
          + "[batch, time, 4]."
      ),
      (
        { lstm(input, lengths: Tensor([5, 6, 1] as [Int64])).outputs },
        "LSTM(inputs: 4, features: 3) received the lengths [5, 6, 1]; it needs 3 of them, from 1 "
          + "to 5."
      ),
      (
        { positions(input) },
        "LearnedPositions(length: 4, features: 4) received a tensor of shape [3, 5, 4]; it must "
          + "be [batch, time, 4] with at most 4 positions."
      ),
      (
        { bags(Tensor([1] as [Int64])) },
        "EmbeddingBag(entries: 4, features: 4, mode: .mean) received a tensor of shape [1]; it "
          + "must be [bags, length]. Pass offsets for bags that lie one behind the other."
      ),
    ]
    for (run, sentence) in cases {
      let error = #expect(throws: TorchError.self) { try catchingTorchErrors { run() } }
      #expect(error?.message == sentence)
    }
  }
}

private func with<Value>(_ make: (inout RandomStream) -> Value) -> Value {
  var stream = testStream()
  return make(&stream)
}
