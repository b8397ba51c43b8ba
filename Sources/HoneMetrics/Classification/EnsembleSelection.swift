import Foundation

/// The weights of models whose mean answer has the least loss, chosen greedily with replacement
/// (Caruana, Niculescu-Mizil, Crew and Ksikes 2004, "Ensemble Selection from Libraries of Models").
///
/// Begins with the best model and adds, round after round, the one that helps most or harms least, the
/// same one again where it should count more; the best of all these ensembles is taken. Models that
/// only harm keep the weight zero, so that choosing on validation overfits little.
public struct EnsembleSelection: Sendable, Equatable {
  /// The share of each model; they sum to 1.
  public let weights: [Double]
  /// The loss of the weighted answer on the samples that chose the weights.
  public let loss: Double

  /// The weights of classifiers with the least log loss.
  /// - Parameters:
  ///   - probabilities: of each model, `[samples, classes]`, row-major.
  ///   - labels: the true class of each sample.
  ///   - classes: how many classes there are.
  ///   - rounds: how many times a model is added.
  /// - Precondition: there is a model and a sample; all models answer all samples.
  public init(probabilities: [[Float]], labels: [Int], classes: Int, rounds: Int = 50) {
    let truths = probabilities.map { answers in
      labels.enumerated().map { Double(answers[$0.offset * classes + $0.element]) }
    }
    // The log loss depends on the probabilities of the true classes alone.
    self.init(answers: truths, rounds: rounds) { sum, count in
      var total = 0.0
      for value in sum { total -= log(max(value / count, Double.ulpOfOne)) }
      return total / Double(max(sum.count, 1))
    }
  }

  /// The weights of regressions with the least mean squared error.
  /// - Parameters:
  ///   - predictions: of each model, one for each target.
  ///   - targets: the true values.
  ///   - rounds: how many times a model is added.
  /// - Precondition: there is a model and a sample; all models answer all samples.
  public init(predictions: [[Float]], targets: [Float], rounds: Int = 50) {
    let wanted = targets.map(Double.init)
    self.init(answers: predictions.map { $0.map(Double.init) }, rounds: rounds) { sum, count in
      var total = 0.0
      for (value, target) in zip(sum, wanted) {
        let distance = value / count - target
        total += distance * distance
      }
      return total / Double(max(wanted.count, 1))
    }
  }

  private init(
    answers: [[Double]], rounds: Int, loss: (_ sum: [Double], _ count: Double) -> Double
  ) {
    guard let samples = answers.first?.count, answers.allSatisfy({ $0.count == samples }),
      samples > 0, rounds > 0
    else {
      fatalError(
        "EnsembleSelection got models with \(answers.map(\.count)) answers and \(rounds) rounds; it "
          + "needs models that answer the same samples, and a round.")
    }
    var sum = [Double](repeating: 0, count: samples)
    var counts = [Int](repeating: 0, count: answers.count)
    var best: (loss: Double, counts: [Int])?
    for round in 1...rounds {
      var choice: (model: Int, loss: Double, sum: [Double])?
      for (model, answer) in answers.enumerated() {
        let candidate = zip(sum, answer).map { $0 + $1 }
        let value = loss(candidate, Double(round))
        if choice.map({ value < $0.loss }) ?? true { choice = (model, value, candidate) }
      }
      guard let choice else { break }
      sum = choice.sum
      counts[choice.model] += 1
      if best.map({ choice.loss < $0.loss }) ?? true { best = (choice.loss, counts) }
    }
    let chosen = best?.counts ?? counts
    let total = Double(max(chosen.reduce(0, +), 1))
    weights = chosen.map { Double($0) / total }
    self.loss = best?.loss ?? .nan
  }
}
