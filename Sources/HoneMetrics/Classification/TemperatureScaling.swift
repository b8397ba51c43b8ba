import Foundation

/// The one number that a classifier's logits are divided by so that its probabilities hold: the
/// temperature of least log loss on samples that it was not trained on (Guo, Pleiss, Sun and Weinberger
/// 2017, arXiv 1706.04599).
///
/// The order of classes stays, and with it accuracy.
public struct TemperatureScaling: Sendable, Equatable {
  /// What logits are divided by: above 1 where the classifier was too sure.
  public let temperature: Double

  /// A hundredth and a hundred times as sure: beyond that the samples say nothing.
  private static let range = 0.01...100.0

  /// The temperature of least log loss.
  /// - Parameters:
  ///   - logits: `[samples, classes]`, row-major.
  ///   - labels: the true class of each sample.
  ///   - classes: how many classes there are.
  /// - Returns: nil without samples, or where a logit is not finite.
  /// - Precondition: a row for each label.
  public init?(fitting logits: [Float], labels: [Int], classes: Int) {
    guard logits.count == labels.count * classes else {
      fatalError(
        "TemperatureScaling got \(logits.count) logits for \(labels.count) labels and \(classes) "
          + "classes; it needs one for each class of each sample.")
    }
    guard !labels.isEmpty, logits.allSatisfy(\.isFinite) else { return nil }
    // The loss is convex in the inverse temperature: its slope changes sign at most once.
    var (low, high) = (1 / Self.range.upperBound, 1 / Self.range.lowerBound)
    for _ in 0..<60 {
      let middle = (low * high).squareRoot()
      if Self.slope(logits, labels, classes, inverse: middle) > 0 {
        high = middle
      } else {
        low = middle
      }
    }
    temperature = 1 / (low * high).squareRoot()
  }

  /// The logits over the temperature.
  public func scaled(_ logits: [Float]) -> [Float] {
    logits.map { Float(Double($0) / temperature) }
  }

  /// The derivative of the log loss by the inverse temperature: over samples, the expected logit less
  /// the true class's.
  private static func slope(
    _ logits: [Float], _ labels: [Int], _ classes: Int, inverse: Double
  ) -> Double {
    var total = 0.0
    for (sample, label) in labels.enumerated() {
      let row = logits[(sample * classes)..<((sample + 1) * classes)]
      let largest = Double(row.max() ?? 0)
      var (sum, moment) = (0.0, 0.0)
      for logit in row {
        let weight = exp((Double(logit) - largest) * inverse)
        sum += weight
        moment += weight * Double(logit)
      }
      total += moment / sum - Double(row[row.startIndex + label])
    }
    return total
  }
}
