/// Counts of samples by true class (row) and predicted class (column), gathered batch by batch in
/// constant memory.
///
/// ```swift
/// var matrix = ConfusionMatrix(classes: 3)
/// try matrix.add(labels: [0, 2, 1], predictions: [0, 2, 2])
/// matrix.fBeta(2, .macro)
/// ```
public struct ConfusionMatrix: Sendable, Equatable {
  /// `[true class][predicted class]`.
  public private(set) var counts: [[Int]]

  /// A matrix of nothing yet.
  /// - Precondition: at least one class.
  public init(classes: Int) {
    guard classes > 0 else {
      fatalError("ConfusionMatrix got \(classes) classes; it needs at least one.")
    }
    counts = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
  }

  /// A matrix of known counts.
  /// - Precondition: a square of numbers of at least 0.
  public init(counts: [[Int]]) {
    guard !counts.isEmpty,
      counts.allSatisfy({ $0.count == counts.count && $0.allSatisfy { $0 >= 0 } })
    else { fatalError("ConfusionMatrix got \(counts); it needs a square of counts.") }
    self.counts = counts
  }

  /// How many classes there are.
  public var classes: Int { counts.count }

  /// How many samples were counted.
  public var samples: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }

  /// Adds a batch.
  /// - Throws: `MetricError` where a class is out of range or the lists differ in length; nothing is
  ///   added then.
  public mutating func add(labels: [Int], predictions: [Int]) throws(MetricError) {
    guard labels.count == predictions.count else {
      throw .lengths(name: "predictions", found: predictions.count, expected: labels.count)
    }
    try MetricError.checkClasses(labels, "labels", classes: classes)
    try MetricError.checkClasses(predictions, "predictions", classes: classes)
    for (label, prediction) in zip(labels, predictions) { count(label, prediction) }
  }

  /// Adds the counts of another matrix of the same classes.
  public mutating func merge(_ other: ConfusionMatrix) {
    guard other.classes == classes else {
      fatalError("ConfusionMatrix of \(classes) classes cannot merge one of \(other.classes).")
    }
    for row in counts.indices {
      for column in counts.indices { counts[row][column] += other.counts[row][column] }
    }
  }

  /// Counts a sample of checked classes so many times.
  mutating func count(_ label: Int, _ prediction: Int, times: Int = 1) {
    counts[label][prediction] += times
  }

  /// Each class's decisions, in the order of classes.
  public var perClass: [ClassResult] {
    let samples = samples
    return counts.indices.map { index in
      ClassResult(
        support: counts[index].reduce(0, +), predicted: counts.reduce(0) { $0 + $1[index] },
        correct: counts[index][index], samples: samples)
    }
  }
}
