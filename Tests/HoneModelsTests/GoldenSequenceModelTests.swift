import Foundation
import HoneModels
import HoneNN
import HoneNumerics
import HoneTensor
import Testing

/// PyTorch's values, written by Tools/golden/sequence_models.py.
struct SequenceModelCase: Decodable, Sendable, CustomTestStringConvertible {
  struct Array: Decodable {
    let shape: [Int]
    let values: [Double]

    var tensor: Tensor { Tensor(values, shape: shape) }
  }

  let name: String
  let input: Array
  let isInteger: Bool
  let output: Array
  let gradients: [[Double]]

  var testDescription: String { name }

  private struct File: Decodable { let cases: [SequenceModelCase] }

  static func all() throws -> [SequenceModelCase] {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/sequences.json")
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: url)).cases
  }
}

struct GoldenSequenceModelTests {
  @Test(
    "text, tabular and generative models are those built from PyTorch's parts",
    arguments: try SequenceModelCase.all())
  func golden(_ golden: SequenceModelCase) throws {
    var stream = RandomStream(seed: 1, "test")
    let model = try #require(makeModel(golden.name, using: &stream))
    model.move(dtype: .float64)
    model.train()
    for (index, parameter) in model.parameters.enumerated() {
      let places = Tensor.range(0, parameter.value.count, dtype: .float64)
      let values = (places * 0.37 + Scalar(Double(index))).sine() * 0.4
      parameter.assign(values.reshaped(parameter.shape))
    }
    let values = golden.input.tensor
    let output = run(model, on: golden.isInteger ? values.cast(to: .int64) : values)
    #expect(output.shape == golden.output.shape)
    #expect(output.isClose(to: golden.output.tensor, relative: 1e-10, absolute: 1e-10))
    let weights = (Tensor.range(0, output.count, dtype: .float64) * 0.2).cosine()
    (output.flattened() * weights).sum().backward()
    #expect(model.parameters.count == golden.gradients.count)
    for ((name, parameter), expected) in zip(model.namedParameters, golden.gradients) {
      let gradient = try #require(parameter.gradient)
      let sums = [gradient.sum().item(), gradient.squared().sum().item()]
      for (sum, reference) in zip(sums, expected) {
        #expect(abs(sum - reference) <= 1e-10 + 1e-9 * abs(reference), "\(name)")
      }
    }
  }
}

/// The output, or the two parts of a bound side by side.
private func run(_ model: any Layer<Tensor, Tensor>, on input: Tensor) -> Tensor {
  guard let variational = model as? VariationalAutoencoder else { return model(input) }
  let bound = variational.bound(of: input, noise: RandomSource(seed: 7))
  return Tensor.stacked([bound.reconstruction, bound.divergence], along: 1)
}

private func makeModel(
  _ name: String, using stream: inout RandomStream
) -> (any Layer<Tensor, Tensor>)? {
  let layout = TabularLayout(numbers: 2, cardinalities: [4, 3])
  let recurrent = RecurrentClassifier.Options(width: 3, layers: 2, dropout: 0)
  switch name {
  case "bagOfEmbeddings":
    return BagOfEmbeddings(vocabulary: 7, outputs: 3, features: 4, using: &stream)
  case "textCNN":
    return TextCNN(
      vocabulary: 7, outputs: 3, features: 4, options: .init(windows: [2, 3], maps: 2, dropout: 0),
      using: &stream)
  case "lstm":
    return RecurrentClassifier(
      .lstm, vocabulary: 7, outputs: 3, features: 4, options: recurrent, using: &stream)
  case "gru":
    return RecurrentClassifier(
      .gru, vocabulary: 7, outputs: 3, features: 4, options: recurrent, using: &stream)
  case "transformer":
    let block = TransformerOptions(
      feedForward: 5, dropout: 0, activation: .gelu(), isNormFirst: true)
    return TransformerClassifier(
      vocabulary: 7, outputs: 3, features: 4, options: .init(heads: 2, block: block),
      using: &stream)
  case "tabularMLP":
    return TabularMLP(layout: layout, outputs: 3, widths: [4], using: &stream)
  case "tabularResNet":
    return TabularResNet(
      layout: layout, outputs: 3, options: .init(width: 4, hiddenDropout: 0), using: &stream)
  case "ftTransformer":
    return FTTransformer(
      layout: layout, outputs: 3,
      options: .init(blocks: 2, width: 6, heads: 2, attentionDropout: 0, hiddenDropout: 0),
      using: &stream)
  case "autoencoder":
    return Autoencoder(inputs: 5, latent: 2, widths: [4], using: &stream)
  case "vaeBernoulli", "vaeGaussian":
    return VariationalAutoencoder(
      inputs: 5, latent: 2, widths: [4],
      likelihood: name == "vaeGaussian" ? .gaussian : .bernoulli, using: &stream)
  default: return nil
  }
}
