import Foundation

/// Brings probabilities that were learned at some frequencies of classes to others: those of a balanced
/// sample to the natural ones, or to those where the model is used (Saerens, Latinne and Decaestecker
/// 2002).
public struct PriorCorrection: Sendable, Codable, Equatable {
  /// What is added to the logit of each class.
  public let logitOffsets: [Double]

  /// A correction from the frequencies in training to those that hold.
  /// - Parameters:
  ///   - training: the frequency of each class as the loss saw it, weights and draws included.
  ///   - actual: the frequency of each class where the model is used.
  /// - Precondition: as many of one as of the other, positive where the other is.
  public init(training: [Double], actual: [Double]) {
    guard training.count == actual.count else {
      fatalError(
        "PriorCorrection got \(training.count) frequencies in training and \(actual.count) actual ones."
      )
    }
    let sums = (training.reduce(0, +), actual.reduce(0, +))
    logitOffsets = zip(training, actual).map { seen, real in
      seen > 0 && real > 0 ? log(real / sums.1) - log(seen / sums.0) : 0
    }
  }

  /// Corrects a row of probabilities.
  public func corrected(_ probabilities: [Double]) -> [Double] {
    let weighted = zip(probabilities, logitOffsets).map { $0 * exp($1) }
    let sum = weighted.reduce(0, +)
    return sum > 0 ? weighted.map { $0 / sum } : probabilities
  }

  /// The frequencies of classes in unlabeled samples, by expectation and maximization over a model's
  /// probabilities (the same paper).
  /// - Parameters:
  ///   - probabilities: `[samples][classes]`, right at the frequencies in training.
  ///   - training: those frequencies.
  public static func estimatedPriors(
    _ probabilities: [[Double]], training: [Double], iterations: Int = 1_000
  ) -> [Double] {
    let whole = training.reduce(0, +)
    var priors = training.map { $0 / whole }
    for _ in 0..<iterations {
      let correction = PriorCorrection(training: training, actual: priors)
      var sums = [Double](repeating: 0, count: training.count)
      for row in probabilities {
        for (place, value) in correction.corrected(row).enumerated() { sums[place] += value }
      }
      let next = sums.map { $0 / Double(max(1, probabilities.count)) }
      let change = zip(next, priors).reduce(0) { max($0, abs($1.0 - $1.1)) }
      priors = next
      if change < 1e-10 { break }
    }
    return priors
  }
}
