/// Decides on several gains at once so that the chance of keeping anything that does not help stays
/// bounded (Holm 1979): the clearest gain is held to the strictest level, the next to a milder one, until
/// one fails.
struct StepDown {
  /// For each gain the confidence level of the two-sided interval that it is held to.
  let levels: [Double]
  /// The order in which they are decided: the smallest p-value first.
  let order: [Int]

  /// - Parameters:
  ///   - pValues: one-sided, of the hypothesis that there is no gain.
  ///   - falseAcceptance: the chance at most that anything is kept that does not help.
  init(pValues: [Double], falseAcceptance: Double) {
    order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    var levels = [Double](repeating: 0, count: pValues.count)
    for (rank, index) in order.enumerated() {
      levels[index] = 1 - 2 * falseAcceptance / Double(pValues.count - rank)
    }
    self.levels = levels
  }

  /// Which gains are kept, given which intervals lie above zero.
  func kept(isAbove: [Bool]) -> [Bool] {
    var kept = [Bool](repeating: false, count: isAbove.count)
    for index in order {
      guard isAbove[index] else { break }
      kept[index] = true
    }
    return kept
  }
}
