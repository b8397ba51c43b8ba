import HoneNumerics

/// The area under the ROC curve: the probability that a positive sample scores above a negative one,
/// ties counting half (Hanley and McNeil 1982), by one sort.
/// - Returns: nil where there are no positive or no negative samples or a score is not a number.
public func areaUnderROC(scores: [Float], isPositive: [Bool]) -> Double? {
  guard scores.count == isPositive.count else {
    fatalError("areaUnderROC got \(scores.count) scores and \(isPositive.count) labels.")
  }
  let positives = isPositive.count { $0 }
  let negatives = isPositive.count - positives
  guard positives > 0, negatives > 0, !scores.contains(where: \.isNaN) else { return nil }
  let order = scores.indices.sorted { scores[$0] < scores[$1] }
  var negativesBelow = 0
  var doubledWins = 0
  var start = 0
  while start < order.count {
    var end = start
    var tiedPositives = 0
    while end < order.count, scores[order[end]] == scores[order[start]] {
      if isPositive[order[end]] { tiedPositives += 1 }
      end += 1
    }
    let tiedNegatives = end - start - tiedPositives
    doubledWins += tiedPositives * (2 * negativesBelow + tiedNegatives)
    negativesBelow += tiedNegatives
    start = end
  }
  return Double(doubledWins) / (2 * Double(positives) * Double(negatives))
}

/// The area for class probabilities: of the second class for two, else the mean over classes against
/// their rest, classes without samples or without others left out.
func areaUnderROC(_ probabilities: [Float], labels: [Int], classes: Int) -> Double? {
  let considered = classes == 2 ? 1..<2 : 0..<classes
  let areas = considered.compactMap { index in
    areaUnderROC(
      scores: labels.indices.map { probabilities[$0 * classes + index] },
      isPositive: labels.map { $0 == index })
  }
  return areas.isEmpty ? nil : areas.mean()
}
