import HoneNumerics

extension ConfusionMatrix {
  /// How disagreements count for Cohen's kappa.
  public enum KappaWeights: Sendable {
    /// All alike.
    case none
    /// By the distance of classes, for ordered classes.
    case linear
    /// By the squared distance of classes, for ordered classes.
    case quadratic
  }

  /// The share of samples that were right; not a number without samples.
  public var accuracy: Double {
    let correct = counts.indices.reduce(0) { $0 + counts[$1][$1] }
    return samples == 0 ? .nan : Double(correct) / Double(samples)
  }

  /// The mean recall of the classes that have samples (Brodersen and others 2010).
  public var balancedAccuracy: Double {
    perClass.filter { $0.support > 0 }.map(\.recall).mean()
  }

  /// Of the samples taken for a class, the share that are of it.
  public func precision(_ average: ClassAverage) -> Double {
    perClass.averaged(average) { $0.precision }
  }

  /// Of a class's samples, the share found.
  public func recall(_ average: ClassAverage) -> Double {
    perClass.averaged(average) { $0.recall }
  }

  /// Of the samples of other classes, the share not taken for a class.
  public func specificity(_ average: ClassAverage) -> Double {
    perClass.averaged(average) { $0.specificity }
  }

  /// The weighted harmonic mean of precision and recall; F1 for a beta of 1.
  /// - Parameters:
  ///   - beta: how many times as much recall counts as precision.
  ///   - average: how classes become one figure.
  public func fBeta(_ beta: Double, _ average: ClassAverage) -> Double {
    perClass.averaged(average) { $0.fBeta(beta) }
  }

  /// The correlation of predicted and true classes (Gorodkin 2004); 0 where either never varies.
  public var matthewsCorrelation: Double {
    let results = perClass
    let total = Double(samples)
    let correct = results.map { Double($0.correct) }.sum()
    let joint = results.map { Double($0.support) * Double($0.predicted) }.sum()
    let truth = total * total - results.map { Double($0.support) * Double($0.support) }.sum()
    let guess = total * total - results.map { Double($0.predicted) * Double($0.predicted) }.sum()
    return truth * guess == 0 ? 0 : (correct * total - joint) / (truth * guess).squareRoot()
  }

  /// Agreement beyond chance (Cohen 1960; with weights 1968); nil where chance alone agrees fully,
  /// as when only one class occurs.
  public func cohenKappa(_ weights: KappaWeights = .none) -> Double? {
    let results = perClass
    let total = Double(samples)
    var observed: [Double] = []
    var expected: [Double] = []
    for row in counts.indices {
      for column in counts.indices where row != column {
        let distance = Double(abs(row - column))
        let weight: Double =
          switch weights {
          case .none: 1
          case .linear: distance
          case .quadratic: distance * distance
          }
        observed.append(weight * Double(counts[row][column]))
        expected.append(
          weight * Double(results[row].support) * Double(results[column].predicted) / total)
      }
    }
    let chance = expected.sum()
    return chance > 0 ? 1 - observed.sum() / chance : nil
  }
}
