import HoneNumerics

/// The linear correlation of two lists (Pearson 1895); nil where either never varies or there are
/// fewer than two pairs.
/// - Precondition: lists of equal length.
public func pearsonCorrelation(_ first: [Double], _ second: [Double]) -> Double? {
  guard first.count == second.count else {
    fatalError("pearsonCorrelation got \(first.count) and \(second.count) values.")
  }
  guard first.count > 1 else { return nil }
  let (a, b) = (first.mean(), second.mean())
  let left = first.map { $0 - a }
  let right = second.map { $0 - b }
  let spread =
    left.map { $0 * $0 }.sum().squareRoot() * right.map { $0 * $0 }.sum().squareRoot()
  guard spread > 0 else { return nil }
  let value = zip(left, right).map { $0 * $1 }.sum() / spread
  // Rounding must not make a perfect correlation more than perfect.
  return Swift.min(1, Swift.max(-1, value))
}

/// The correlation of the ranks of two lists, ties sharing their mean rank (Spearman 1904); nil
/// where either never varies or there are fewer than two pairs.
/// - Precondition: lists of equal length.
public func spearmanCorrelation(_ first: [Double], _ second: [Double]) -> Double? {
  pearsonCorrelation(ranks(first), ranks(second))
}

/// The rank of each value from 1, equal values sharing their mean rank.
private func ranks(_ values: [Double]) -> [Double] {
  let order = values.indices.sorted { values[$0] < values[$1] }
  var ranks = [Double](repeating: 0, count: values.count)
  var start = 0
  while start < order.count {
    var end = start + 1
    while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
    let shared = Double(start + 1 + end) / 2
    for place in start..<end { ranks[order[place]] = shared }
    start = end
  }
  return ranks
}
