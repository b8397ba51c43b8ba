import HoneNumerics

/// How well one class is recognized.
public struct ClassResult: Sendable, Equatable {
  /// Samples of the class.
  public let support: Int
  /// Samples taken for the class.
  public let predicted: Int
  /// Samples of the class that were taken for it.
  public let correct: Int

  /// Of the samples taken for the class, the share that are of it; 0 where there are none.
  public var precision: Double { predicted == 0 ? 0 : Double(correct) / Double(predicted) }
  /// Of the class's samples, the share found; 0 where there are none.
  public var recall: Double { support == 0 ? 0 : Double(correct) / Double(support) }
  /// The harmonic mean of precision and recall; 0 where there are no samples on either side.
  public var f1: Double {
    support + predicted == 0 ? 0 : 2 * Double(correct) / Double(support + predicted)
  }
}

extension [ClassResult] {
  /// The mean over classes that occur among labels or predictions, as scikit-learn takes it.
  func macro(_ value: (ClassResult) -> Double) -> Double {
    let present = filter { $0.support + $0.predicted > 0 }
    return present.map(value).mean()
  }

  /// The mean over samples' classes.
  func weighted(_ value: (ClassResult) -> Double) -> Double {
    let total = reduce(0) { $0 + $1.support }
    return total == 0 ? 0 : map { value($0) * Double($0.support) }.sum() / Double(total)
  }

  /// F1 of all decisions together.
  var f1Micro: Double {
    let correct = reduce(0) { $0 + $1.correct }
    let total = reduce(0) { $0 + $1.support + $1.predicted }
    return total == 0 ? 0 : 2 * Double(correct) / Double(total)
  }
}
