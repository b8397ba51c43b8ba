import HoneModels
import HoneNN
import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

struct SequenceModelTests {
  private var tokens: Tensor {
    Tensor([3, 1, 4, 1, 5, 2, 0, 0, 0, 0] as [Int64], shape: [2, 5])
  }
  // Codes between whole numbers are cut off, so that small differences stay within a code.
  private var rows: Tensor {
    Tensor([0.5, -1, 1.5, 2.5, 0.1, 2, 3.5, 1.5, -0.7, 0.3, 2.5, 1.5] as [Float], shape: [3, 4])
  }
  private static let layout = TabularLayout(numbers: 2, cardinalities: [4, 3])

  @Test("text models keep the contract of modules")
  func textContract() {
    let makers: [(inout RandomStream) -> any Layer<Tensor, Tensor>] = [
      { BagOfEmbeddings(vocabulary: 6, outputs: 2, features: 4, using: &$0) },
      { TextCNN(vocabulary: 6, outputs: 2, features: 4, options: .init(maps: 3), using: &$0) },
      {
        RecurrentClassifier(
          .lstm, vocabulary: 6, outputs: 2, features: 4, options: .init(width: 3), using: &$0)
      },
      {
        RecurrentClassifier(
          .gru, vocabulary: 6, outputs: 2, features: 4,
          options: .init(width: 3, layers: 2, isBidirectional: false), using: &$0)
      },
      {
        TransformerClassifier(
          vocabulary: 6, outputs: 2, features: 4,
          options: .init(block: TransformerOptions(feedForward: 6)), using: &$0)
      },
    ]
    for make in makers {
      #expect(contractFailures(make, input: tokens) == [])
    }
  }

  @Test("tabular and generative models keep the contract of modules")
  func tabularContract() {
    let layout = Self.layout
    let makers: [(inout RandomStream) -> any Layer<Tensor, Tensor>] = [
      { TabularMLP(layout: layout, outputs: 2, widths: [4], using: &$0) },
      { TabularResNet(layout: layout, outputs: 2, options: .init(width: 4), using: &$0) },
      {
        FTTransformer(
          layout: layout, outputs: 2, options: .init(blocks: 2, width: 8, heads: 2), using: &$0)
      },
      { Autoencoder(inputs: 4, latent: 2, widths: [3], using: &$0) },
    ]
    for make in makers {
      #expect(contractFailures(make, input: rows) == [])
    }
  }

  @Test("how far a batch is padded changes no output")
  func padding() {
    var stream = RandomStream(seed: 1, "test")
    let wider = Tensor.concatenated(
      [tokens, Tensor.zeros([2, 7], dtype: .int64)], along: 1)
    let models: [any Layer<Tensor, Tensor>] = [
      BagOfEmbeddings(vocabulary: 6, outputs: 2, features: 4, using: &stream),
      TextCNN(vocabulary: 6, outputs: 2, features: 4, options: .init(maps: 3), using: &stream),
      RecurrentClassifier(.lstm, vocabulary: 6, outputs: 2, features: 4, using: &stream),
      TransformerClassifier(vocabulary: 6, outputs: 2, features: 4, using: &stream),
    ]
    for model in models {
      model.evaluate()
      withoutGradients {
        let (narrow, wide) = (model(tokens), model(wider))
        #expect(narrow.isClose(to: wide, relative: 1e-4, absolute: 1e-5), "\(type(of: model))")
        let empty = model(Tensor.zeros([1, 3], dtype: .int64))
        #expect(empty.isFinite && empty.shape == [1, 2], "\(type(of: model))")
      }
    }
  }

  @Test("shapes and costs are found without elements")
  func shapes() throws {
    var stream = RandomStream(seed: 1, "test")
    let texts: [any Layer<Tensor, Tensor>] = [
      BagOfEmbeddings(vocabulary: 6, outputs: 2, device: .meta, using: &stream),
      TextCNN(vocabulary: 6, outputs: 2, device: .meta, using: &stream),
      RecurrentClassifier(.gru, vocabulary: 6, outputs: 2, device: .meta, using: &stream),
      TransformerClassifier(vocabulary: 6, outputs: 2, device: .meta, using: &stream),
    ]
    for model in texts {
      #expect(try model.outputShape(for: [3, 9], dtype: .int64) == [3, 2], "\(type(of: model))")
    }
    let layout = Self.layout
    let tables: [any Layer<Tensor, Tensor>] = [
      TabularMLP(layout: layout, outputs: 2, device: .meta, using: &stream),
      TabularResNet(layout: layout, outputs: 2, device: .meta, using: &stream),
      FTTransformer(layout: layout, outputs: 2, device: .meta, using: &stream),
    ]
    for model in tables {
      #expect(try model.outputShape(for: [3, 4]) == [3, 2], "\(type(of: model))")
    }
    let samples: [any Layer<Tensor, Tensor>] = [
      Autoencoder(inputs: 4, device: .meta, using: &stream),
      VariationalAutoencoder(inputs: 4, device: .meta, using: &stream),
    ]
    for model in samples {
      #expect(try model.outputShape(for: [3, 4]) == [3, 4], "\(type(of: model))")
    }
  }

  @Test("embedding widths follow fastai's rule")
  func widths() {
    #expect(TabularLayout.embeddingWidth(cardinality: 2) == 2)
    #expect(TabularLayout.embeddingWidth(cardinality: 42) == 13)
    #expect(TabularLayout.embeddingWidth(cardinality: 1_000_000) == 600)
  }

  @Test("a code that training did not show adds nothing")
  func unknownCode() throws {
    var stream = RandomStream(seed: 1, "test")
    let embeddings = CategoryEmbeddings(layout: Self.layout, using: &stream)
    let row = embeddings(Tensor([1, 2, 0, 1] as [Float], shape: [1, 4])).floats
    #expect(row.count == embeddings.features && row[2..<5].allSatisfy { $0 == 0 })
    #expect(row[5...].contains { $0 != 0 })
    let error = #expect(throws: TorchError.self) {
      try catchingTorchErrors { embeddings(Tensor.zeros([2, 3])) }
    }
    #expect(
      error?.message
        == "CategoryEmbeddings received a tensor of shape [2, 3]; it must be [batch, 4]: 2 numbers "
        + "and 2 codes.")
  }
}

private func contractFailures(
  _ make: (inout RandomStream) -> any Layer<Tensor, Tensor>, input: Tensor
) -> [String] {
  moduleContractFailures(
    {
      var stream = RandomStream(seed: 1, "test")
      return Wrapped(make(&stream))
    }, input: input)
}

/// A model of any type as a layer of one type, which the contract takes.
private final class Wrapped: Layer {
  let model: any Layer<Tensor, Tensor>

  init(_ model: any Layer<Tensor, Tensor>) { self.model = model }

  func callAsFunction(_ input: Tensor) -> Tensor { model(input) }
}
