import HoneNumerics

/// What a model makes of samples of the validation and the test split, none of which it was trained on.
///
/// A model treats its training samples as no others, so that only these two can be held against each
/// other.
public struct ModelView: Sendable, Equatable {
  /// Validation samples that the model judged.
  public var validation: [Int]
  /// Test samples that it judged.
  public var test: [Int]
  /// By sample: the probabilities of the classes, or the one value of a regression.
  public var outputs: [Int: [Double]]
  /// By sample: what the head of the model judges; empty where the model has no backbone of its own.
  public var features: [Int: [Float]]

  /// What a model makes of samples.
  public init(
    validation: [Int], test: [Int], outputs: [Int: [Double]], features: [Int: [Float]] = [:]
  ) {
    self.validation = validation
    self.test = test
    self.outputs = outputs
    self.features = features
  }

  /// Numbers of a sample that the classifier is given, at most.
  private static let mostFeatures = 64

  /// The facts that the two splits are compared by: for classes the predicted one and how sure it is,
  /// otherwise the value (Lipton, Wang and Smola 2018, arXiv 1802.03916; Rabanser, Günnemann and Lipton
  /// 2019, arXiv 1810.11953).
  /// - Parameter samples: of the whole data set.
  func facts(samples: Int, seed: UInt64) -> SampleFacts {
    var facts = SampleFacts()
    var certainty = [Double](repeating: .nan, count: samples)
    var predicted = [Int?](repeating: nil, count: samples)
    let isRegression = outputs.values.allSatisfy { $0.count < 2 }
    for (sample, row) in outputs where !row.isEmpty {
      certainty[sample] = row.max() ?? .nan
      predicted[sample] = row.indices.max { row[$0] < row[$1] }
    }
    let name = isRegression ? "model output" : "model confidence"
    facts.measures = [SampleFacts.Measure(name: name, values: certainty)]
    if !isRegression {
      facts.kinds = [SampleFacts.Kind(name: "model prediction", values: predicted)]
    }
    let projection = SignProjection(
      width: features.values.first?.count ?? 0, most: Self.mostFeatures, seed: seed)
    facts.features = (0..<samples).map { sample in
      projection.applied(to: features[sample] ?? outputs[sample]?.map { Float($0) } ?? [])
    }
    return facts
  }
}

/// Sums of numbers with random signs, which keep distances nearly (Achlioptas 2003).
private struct SignProjection {
  private let signs: [[Float]]

  init(width: Int, most: Int, seed: UInt64) {
    guard width > most else {
      signs = []
      return
    }
    signs = (0..<most).map { axis in
      var stream = RandomStream(seed: seed, "projection", axis)
      return (0..<width).map { _ in stream.uniform() < 0.5 ? -1 : 1 }
    }
  }

  func applied(to row: [Float]) -> [Float] {
    guard !signs.isEmpty, row.count == signs[0].count else { return row }
    return signs.map { axis in
      var sum: Float = 0
      for place in row.indices { sum += axis[place] * row[place] }
      return sum
    }
  }
}
