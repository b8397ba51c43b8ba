import HoneNumerics

/// Makes up rows of rare classes between neighboring ones (SMOTE: Chawla and others 2002,
/// arXiv 1106.1813), with names by the majority of the neighbors where columns have names (SMOTE-NC).
struct SMOTE: Sendable {
  /// Neighbors that are drawn from, at most.
  static let neighbors = 5

  /// `[rows][columns]`: the rows of one class.
  let rows: [[Double]]
  /// Whether each column holds names.
  let isName: [Bool]
  /// What each number is divided by before distances are measured.
  let scales: [Double]
  /// How far different names lie apart: the median of the deviations of the numbers, as scaled.
  let nameDistance: Double

  /// For each row its nearest others, the nearest first; fewer where the class is small.
  func nearest() -> [[Int]] {
    rows.indices.map { row in
      let distances = rows.indices.map { distance(row, $0) }
      return rows.indices.filter { $0 != row }
        .sorted { (distances[$0], $0) < (distances[$1], $1) }
        .prefix(Self.neighbors).map { $0 }
    }
  }

  /// A row between one and one of its neighbors.
  /// - Parameters:
  ///   - row: where it begins.
  ///   - neighbor: where it leads.
  ///   - step: how far it goes, 0...1.
  ///   - all: the neighbors of the row, whose most frequent names it takes.
  func synthetic(from row: Int, to neighbor: Int, step: Double, among all: [Int]) -> [Double] {
    rows[row].indices.map { column in
      let start = rows[row][column]
      guard !isName[column] else { return mostFrequent(column, all) ?? start }
      let end = rows[neighbor][column]
      guard start.isFinite, end.isFinite else { return start }
      return start + step * (end - start)
    }
  }

  /// So many rows, each from a row and a neighbor drawn at random.
  func make(_ count: Int, using stream: inout RandomStream) -> [[Double]] {
    let nearest = nearest()
    return (0..<count).map { _ in
      let row = stream.index(below: rows.count)
      let all = nearest[row]
      let step = stream.uniform()
      // A class of one sample can only be repeated.
      guard !all.isEmpty else { return rows[row] }
      return synthetic(
        from: row, to: all[stream.index(below: all.count)], step: step, among: all)
    }
  }

  private func distance(_ first: Int, _ second: Int) -> Double {
    var sum = 0.0
    for column in isName.indices {
      let (left, right) = (rows[first][column], rows[second][column])
      if isName[column] {
        let isSame = left == right || (left.isNaN && right.isNaN)
        if !isSame { sum += nameDistance * nameDistance }
      } else if left.isFinite, right.isFinite {
        let difference = (left - right) / scales[column]
        sum += difference * difference
      }
    }
    return sum
  }

  /// The most frequent name, of equally frequent ones the first; nil where it is missing.
  private func mostFrequent(_ column: Int, _ all: [Int]) -> Double? {
    var counts: [Double: Int] = [:]
    for row in all where !rows[row][column].isNaN { counts[rows[row][column], default: 0] += 1 }
    return counts.keys.min { (counts[$1] ?? 0, $0) < (counts[$0] ?? 0, $1) }
  }
}

extension Dataset {
  /// The data with made-up rows behind them, so that each class has as many training samples as the
  /// largest, and the training samples with those rows.
  ///
  /// Rows of rare classes are joined with their five nearest (SMOTE); numbers count by their standard
  /// deviation over the training samples, so that their units do not matter.
  /// - Precondition: the data are a table of classes.
  package func withSyntheticRows(
    balancing train: [Int], seed: UInt64
  ) -> (data: Dataset, train: [Int]) {
    guard case .table(let table) = samples, !labels.isEmpty else {
      fatalError("withSyntheticRows got \(source), which is no table of classes.")
    }
    let width = table.columns.count
    func row(_ sample: Int) -> [Double] {
      Array(table.values[(sample * width)..<((sample + 1) * width)])
    }
    let isName = table.columns.map { $0.levels != nil }
    let scales = (0..<width).map { column -> Double in
      let known = train.map { table.values[$0 * width + column] }.filter(\.isFinite)
      let deviation = known.standardDeviation()
      return !isName[column] && deviation > 0 ? deviation : 1
    }
    let members = Dictionary(grouping: train) { labels[$0] }
    let largest = members.values.map(\.count).max() ?? 0
    var values = table.values
    var lines = table.lines
    var newLabels = labels
    for label in members.keys.sorted() {
      let rows = (members[label] ?? []).map(row)
      let missing = largest - rows.count
      guard missing > 0 else { continue }
      var stream = RandomStream(seed: seed, "smote", Int(label))
      let made = SMOTE(
        rows: rows, isName: isName, scales: scales,
        nameDistance: Self.medianDeviation(rows, isName: isName, scales: scales)
      ).make(missing, using: &stream)
      values += made.flatMap { $0 }
      lines += [Int](repeating: 0, count: missing)
      newLabels += [Int32](repeating: label, count: missing)
    }
    let data = Dataset(
      source: source, labels: .classes(classes, newLabels),
      samples: .table(TableSamples(columns: table.columns, values: values, lines: lines)),
      fingerprint: fingerprint, reading: reading)
    return (data, train + Array(count..<newLabels.count))
  }

  private static func medianDeviation(
    _ rows: [[Double]], isName: [Bool], scales: [Double]
  ) -> Double {
    let deviations = isName.indices.filter { !isName[$0] }.map { column -> Double in
      let known = rows.map { $0[column] / scales[column] }.filter(\.isFinite)
      let deviation = known.standardDeviation()
      return deviation.isFinite ? deviation : 0
    }
    return deviations.isEmpty ? 1 : deviations.median()
  }
}
