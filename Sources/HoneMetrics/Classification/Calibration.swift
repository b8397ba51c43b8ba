public import HoneRecords

/// How far a classifier's confidence can be trusted: its reliability diagram in numbers.
public struct Calibration: Sendable, Equatable {
  /// Bins of equal width over 0...1, each without its lower and with its upper bound.
  public let bins: [CalibrationBin]
  /// The mean over samples of the distance between their bin's confidence and accuracy.
  ///
  /// This is the expected calibration error (Guo, Pleiss, Sun and Weinberger 2017, arXiv 1706.04599);
  /// not a number where a confidence is none.
  public let error: Double

  /// The calibration of answers.
  /// - Parameters:
  ///   - confidences: the probability of each sample's answer.
  ///   - scores: 1 where the answer was right, 0 where it was wrong.
  ///   - count: how many bins.
  public init(confidences: [Double], scores: [Double], bins count: Int = 15) {
    guard confidences.count == scores.count, count > 0 else {
      fatalError(
        "Calibration got \(confidences.count) confidences, \(scores.count) scores and \(count) "
          + "bins.")
    }
    var samples = [Int](repeating: 0, count: count)
    var confidence = [Double](repeating: 0, count: count)
    var correct = [Double](repeating: 0, count: count)
    for (value, score) in zip(confidences, scores) where !value.isNaN {
      let bin = min(max(Int((value * Double(count)).rounded(.up)) - 1, 0), count - 1)
      samples[bin] += 1
      confidence[bin] += value
      correct[bin] += score
    }
    bins = (0..<count).map { bin in
      let number = Double(max(1, samples[bin]))
      return CalibrationBin(
        samples: samples[bin], confidence: confidence[bin] / number,
        accuracy: correct[bin] / number)
    }
    let distance = zip(correct, confidence).reduce(0) { $0 + abs($1.0 - $1.1) }
    error =
      confidences.isEmpty || confidences.contains(where: \.isNaN)
      ? .nan : distance / Double(confidences.count)
  }
}
