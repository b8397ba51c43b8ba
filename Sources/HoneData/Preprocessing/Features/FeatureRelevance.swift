import HoneNumerics
import HoneRecords

/// Which features say something about the target.
struct FeatureRelevance {
  /// A feature of at most so many values is a name, not a quantity.
  private static let mostValuesOfNames = 2

  private let labels: [Int]
  private let targets: [Double]

  init(_ dataset: Dataset, rows: [Int]) {
    let isRegression = dataset.task == .regression
    labels = isRegression ? [] : rows.map { Int(dataset.labels[$0]) }
    targets = isRegression ? rows.map { Double(dataset.targets[$0]) } : []
  }

  /// The features with most mutual information with the target, in their order.
  func mostInformative(_ rows: [[Double]], count: Int) -> [Int] {
    let information = informations(rows)
    return information.indices.sorted {
      (information[$1], $0) < (information[$0], $1)
    }.prefix(count).sorted()
  }

  /// The mutual information of each feature with the target, in nats.
  func informations(_ rows: [[Double]]) -> [Double] {
    let width = rows.first?.count ?? 0
    return (0..<width).map { feature in
      let values = rows.map { $0[feature] }
      let distinct = Set(values).sorted()
      let isName = distinct.count <= Self.mostValuesOfNames
      let names = isName ? values.map { $0 == distinct[0] ? 0 : 1 } : []
      switch (isName, labels.isEmpty) {
      case (true, false): return MutualInformation.ofNames(names, labels)
      case (true, true): return MutualInformation.ofNumbers(targets, names: names)
      case (false, false): return MutualInformation.ofNumbers(values, names: labels)
      case (false, true): return MutualInformation.ofNumbers(values, targets)
      }
    }
  }

  /// The features to which a linear model with an L1 penalty gives a weight for any class, in their
  /// order; the one with the largest weight of all where the penalty is too strong for any.
  func sparse(_ rows: [[Double]], strength: Double) -> [Int] {
    var weights: [[Double]] = []
    if labels.isEmpty {
      weights = [SparseLinearModel.squared(rows, targets: standardizedTargets, strength: strength)]
    } else {
      let classes = Set(labels).sorted()
      // Two classes need one model; the second class is its positive one.
      for label in classes.count == 2 ? [classes[1]] : classes {
        weights.append(
          SparseLinearModel.logistic(
            rows, isPositive: labels.map { $0 == label }, strength: strength))
      }
    }
    let width = rows.first?.count ?? 0
    let kept = (0..<width).filter { feature in weights.contains { $0[feature] != 0 } }
    return kept.isEmpty ? mostInformative(rows, count: 1) : kept
  }

  private var standardizedTargets: [Double] {
    let mean = targets.mean()
    let deviation = targets.standardDeviation()
    return targets.map { ($0 - mean) / (deviation > 0 ? deviation : 1) }
  }
}
