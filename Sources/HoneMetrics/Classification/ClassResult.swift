import HoneNumerics

/// How well one class is recognized: the four counts of its decisions and the ratios of them.
///
/// A ratio without cases is 0, as scikit-learn's `zero_division=0` has it.
public struct ClassResult: Sendable, Equatable {
  /// Samples of the class.
  public let support: Int
  /// Samples taken for the class.
  public let predicted: Int
  /// Samples of the class that were taken for it: true positives.
  public let correct: Int
  /// All samples, of this class and others.
  public let samples: Int

  /// Samples of other classes that were taken for the class.
  public var falsePositives: Int { predicted - correct }
  /// Samples of the class that were taken for others.
  public var falseNegatives: Int { support - correct }
  /// Samples of other classes that were not taken for the class.
  public var trueNegatives: Int { samples - support - falsePositives }

  /// Of the samples taken for the class, the share that are of it: TP / (TP + FP).
  public var precision: Double { ratio(correct, predicted) }
  /// Of the class's samples, the share found: TP / (TP + FN), also called sensitivity.
  public var recall: Double { ratio(correct, support) }
  /// Of the samples of other classes, the share not taken for this one: TN / (TN + FP).
  public var specificity: Double { ratio(trueNegatives, samples - support) }
  /// The harmonic mean of precision and recall.
  public var f1: Double { fBeta(1) }

  /// The weighted harmonic mean of precision and recall (van Rijsbergen 1979):
  /// (1 + β²) TP / ((1 + β²) TP + β² FN + FP).
  /// - Parameter beta: how many times as much recall counts as precision; positive.
  public func fBeta(_ beta: Double) -> Double {
    guard beta > 0, beta.isFinite else {
      fatalError("fBeta got beta \(beta); it must be a positive number, 1 for F1.")
    }
    let square = beta * beta
    let whole = square * Double(support) + Double(predicted)
    return whole == 0 ? 0 : (1 + square) * Double(correct) / whole
  }
}

private func ratio(_ part: Int, _ whole: Int) -> Double {
  whole == 0 ? 0 : Double(part) / Double(whole)
}

extension [ClassResult] {
  /// One figure of all classes.
  /// - Parameter present: whether macro means leave out the classes that occur neither among labels
  ///   nor among predictions, as scikit-learn does for exclusive classes.
  func averaged(
    _ average: ClassAverage, onlyPresent present: Bool = true, _ value: (ClassResult) -> Double
  ) -> Double {
    switch average {
    case .macro:
      let counted = present ? filter { $0.support + $0.predicted > 0 } : self
      return counted.map(value).mean()
    case .weighted:
      let total = reduce(0) { $0 + $1.support }
      return total == 0 ? 0 : map { value($0) * Double($0.support) }.sum() / Double(total)
    case .micro: return value(together)
    }
  }

  /// The decisions of all classes as if they were one class's.
  private var together: ClassResult {
    ClassResult(
      support: reduce(0) { $0 + $1.support }, predicted: reduce(0) { $0 + $1.predicted },
      correct: reduce(0) { $0 + $1.correct }, samples: reduce(0) { $0 + $1.samples })
  }
}
