/// Finds wrong labels by what models that had not seen them say (confident learning: Northcutt, Jiang
/// and Chuang 2021, arXiv 1911.00068), with the semantics of cleanlab's `prune_by_noise_rate`.
public struct ConfidentLearning: Sendable, Equatable {
  /// A sample whose label is probably wrong.
  public struct Issue: Sendable, Equatable {
    /// The position among the samples given.
    public let position: Int
    /// The label it has.
    public let label: Int
    /// The class that the model gives it.
    public let suggestion: Int
    /// The probability of the label it has; the smaller the surer.
    public let selfConfidence: Double
  }

  /// The mean probability that samples of a class get for it; not a number where it has none.
  public let thresholds: [Double]
  /// `[label][true class]`: samples by their label and the class they confidently belong to.
  public let confidentJoint: [[Int]]
  /// `[label][true class]`: the same, brought to the number of samples of each label.
  public let joint: [[Double]]
  /// What is probably wrong, the surest first.
  public let issues: [Issue]

  /// The share of samples that are labeled wrongly, by the joint distribution.
  public var noiseShare: Double {
    let whole = joint.reduce(0) { $0 + $1.reduce(0, +) }
    let right = joint.indices.reduce(0) { $0 + joint[$1][$1] }
    return whole > 0 ? 1 - right / whole : 0
  }

  /// Judges labels by out-of-sample probabilities.
  /// - Precondition: there are as many labels as rows, each row has a probability for each class, and
  ///   labels are classes.
  public init(labels: [Int], probabilities: [[Double]], classes: Int) {
    guard labels.count == probabilities.count,
      probabilities.allSatisfy({ $0.count == classes }), labels.allSatisfy({ 0..<classes ~= $0 })
    else {
      fatalError(
        "ConfidentLearning got \(labels.count) labels and \(probabilities.count) rows for "
          + "\(classes) classes: each label needs a row with a probability of each class.")
    }
    let thresholds = Self.thresholds(labels, probabilities, classes)
    self.thresholds = thresholds
    confidentJoint = Self.confidentJoint(labels, probabilities, thresholds)
    joint = Self.calibrated(confidentJoint, labels, classes)
    issues = Self.issues(labels, probabilities, joint)
  }

  private static func thresholds(
    _ labels: [Int], _ probabilities: [[Double]], _ classes: Int
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: classes)
    var counts = [Double](repeating: 0, count: classes)
    for (label, row) in zip(labels, probabilities) {
      sums[label] += row[label]
      counts[label] += 1
    }
    return zip(sums, counts).map { $1 > 0 ? $0 / $1 : .nan }
  }

  /// Counts a sample for the class that it reaches the threshold of; for the most probable of all where
  /// it reaches several, for none where it reaches none.
  ///
  /// A class keeps at least one of its own, so that it is not counted away.
  private static func confidentJoint(
    _ labels: [Int], _ probabilities: [[Double]], _ thresholds: [Double]
  ) -> [[Int]] {
    let classes = thresholds.count
    var joint = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    for (label, row) in zip(labels, probabilities) {
      let confident = row.indices.filter { row[$0] >= thresholds[$0] - 1e-6 }
      guard let only = confident.first else { continue }
      joint[label][confident.count == 1 ? only : largest(row)] += 1
    }
    for label in joint.indices where joint[label][label] == 0 { joint[label][label] = 1 }
    return joint
  }

  /// Rows to the number of samples of each label, and all to the number of samples.
  private static func calibrated(
    _ joint: [[Int]], _ labels: [Int], _ classes: Int
  ) -> [[Double]] {
    var counts = [Double](repeating: 0, count: classes)
    for label in labels { counts[label] += 1 }
    let rows = zip(joint, counts).map { row, count in
      let sum = Double(row.reduce(0, +))
      return row.map { sum > 0 ? Double($0) / sum * count : 0 }
    }
    let whole = rows.reduce(0) { $0 + $1.reduce(0, +) }
    guard whole > 0 else { return rows }
    return rows.map { row in row.map { $0 / whole * Double(labels.count) } }
  }

  /// As many samples of each label and other class as the joint distribution says, those whose margin
  /// between the other class and their label is largest; none that the model gives its own label.
  private static func issues(
    _ labels: [Int], _ probabilities: [[Double]], _ joint: [[Double]]
  ) -> [Issue] {
    var chosen: Set<Int> = []
    let members = Dictionary(grouping: labels.indices) { labels[$0] }
    for (label, positions) in members where positions.count > minimumToKeep {
      let wrong = rounded(joint[label])
      for other in joint.indices where other != label && wrong[other] > 0 {
        let margins = positions.map { probabilities[$0][other] - probabilities[$0][label] }
        let order = positions.indices.sorted { (margins[$1], $0) < (margins[$0], $1) }
        chosen.formUnion(order.prefix(wrong[other]).map { positions[$0] })
      }
    }
    let found = chosen.compactMap { position -> Issue? in
      let row = probabilities[position]
      let best = largest(row)
      guard best != labels[position] else { return nil }
      return Issue(
        position: position, label: labels[position], suggestion: best,
        selfConfidence: row[labels[position]])
    }
    return found.sorted {
      ($0.selfConfidence, $0.position) < ($1.selfConfidence, $1.position)
    }
  }

  /// Whole numbers with the sum of the row, by largest remainders.
  private static func rounded(_ row: [Double]) -> [Int] {
    var whole = row.map { Int($0) }
    let rest = Int(row.reduce(0, +).rounded()) - whole.reduce(0, +)
    let order = row.indices.sorted {
      (row[$1] - row[$1].rounded(.down), $0) < (row[$0] - row[$0].rounded(.down), $1)
    }
    for index in order.prefix(max(0, rest)) { whole[index] += 1 }
    return whole
  }

  /// The first of the largest.
  private static func largest(_ row: [Double]) -> Int {
    row.indices.max { (row[$0], $1) < (row[$1], $0) } ?? 0
  }

  /// Of each class at least this many samples are never pruned.
  private static let minimumToKeep = 1
}
