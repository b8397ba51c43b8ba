import HoneData
import HoneNN
import HoneNumerics
import HoneOptim
import HoneTensor

/// A small recurrent model that translates sentences of a toy language word by word in another order.
final class TinyTranslator: Module {
  private let embedding: Embedding
  private let recurrent: GRU
  private let head: Linear
  private let source: [String]
  private let target: [String]

  init(source: [String], target: [String], seed: UInt64) {
    var stream = RandomStream(seed: seed, "tiny translator")
    embedding = Embedding(entries: source.count, features: 16, using: &stream)
    recurrent = GRU(
      inputs: 16, features: 24, options: RecurrentOptions(isBidirectional: true), using: &stream)
    head = Linear(inputs: 48, outputs: target.count, using: &stream)
    self.source = source
    self.target = target
  }

  /// `[batch, words]` to `[batch, words, targets]`.
  private func scores(_ words: Tensor) -> Tensor { head(recurrent(embedding(words))) }

  private static func numbers(_ sentences: [[String]], _ vocabulary: [String]) -> Tensor {
    let places = Dictionary(uniqueKeysWithValues: vocabulary.enumerated().map { ($1, Int64($0)) })
    let values: [Int64] = sentences.joined().map { places[$0] ?? 0 }
    return Tensor(values, shape: [sentences.count, sentences.first?.count ?? 0])
  }

  /// Learns pairs of sentences of one length; returns the first and the last loss.
  func learn(_ pairs: [(source: [String], target: [String])], steps: Int) -> (Double, Double) {
    let inputs = TinyTranslator.numbers(pairs.map(\.source), source)
    let wanted = TinyTranslator.numbers(pairs.map(\.target), target).flattened()
    let optimizer = AdamW(
      ParameterGroup.decayingWeightsOnly(namedParameters, weightDecay: 0), learningRate: 0.02)
    let loss = Loss.crossEntropy()
    var losses: [Double] = []
    for _ in 0..<steps {
      let value = loss(scores(inputs).reshaped([-1, target.count]), wanted)
      value.backward()
      optimizer.step()
      optimizer.clearGradients()
      losses.append(value.item())
    }
    return (losses.first ?? .nan, losses.last ?? .nan)
  }

  func translate(_ words: [String]) -> [String] {
    let values = scores(TinyTranslator.numbers([words], source)).detached()
      .values(as: Float.self)
    return words.indices.map { place in
      let row = values[place * target.count..<(place + 1) * target.count]
      let best = row.indices.max { row[$0] < row[$1] } ?? row.startIndex
      return target[best - row.startIndex]
    }
  }
}

/// Two translators, there and back.
///
/// `@unchecked Sendable`: the test calls it from one thread.
final class RoundTrip: TextGenerator, @unchecked Sendable {
  private let there: TinyTranslator
  private let back: TinyTranslator

  init(there: TinyTranslator, back: TinyTranslator) {
    self.there = there
    self.back = back
  }

  func generate(_ request: TextGenerationRequest) -> String {
    let words = request.text.split(separator: " ").map { String($0) }
    return back.translate(there.translate(words)).joined(separator: " ")
  }
}
