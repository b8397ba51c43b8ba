import Foundation
import HoneNumerics

/// Wilcoxon's signed-rank test (1945) that differences lie above zero; zeros count half to each side.
enum SignedRankTest {
  /// How many differences are tested exactly; with ties or zeros so many as SciPy does.
  private static let exactLimit = 50
  private static let exactTiedLimit = 13

  /// The probability of ranks as high as these where differences are as often above as below.
  static func upperPValue(_ differences: [Double]) -> Double {
    let sizes = differences.map(abs)
    let order = sizes.indices.sorted { sizes[$0] < sizes[$1] }
    // Twice the ranks, which are whole where ties share their mean.
    var doubled = [Int](repeating: 0, count: sizes.count)
    var hasTies = false
    var tieCorrection = 0.0
    var start = 0
    while start < order.count {
      var end = start
      while end + 1 < order.count, sizes[order[end + 1]] == sizes[order[start]] { end += 1 }
      for place in start...end { doubled[order[place]] = start + end + 2 }
      let length = Double(end - start + 1)
      hasTies = hasTies || end > start
      tieCorrection += length * length * length - length
      start = end + 1
    }
    let hasZeros = sizes.contains(0)
    let positive = differences.indices.reduce(0) {
      differences[$1] > 0 ? $0 + doubled[$1] : $0
    }
    let ranks = differences.indices.filter { differences[$0] != 0 }.map { doubled[$0] }
    if differences.count <= (hasTies || hasZeros ? exactTiedLimit : exactLimit) {
      return exact(ranks, positive)
    }
    let zeros = differences.indices.reduce(0) { differences[$1] == 0 ? $0 + doubled[$1] : $0 }
    let n = Double(differences.count)
    let statistic = Double(positive) / 2 + Double(zeros) / 4
    let deviation = ((n * (n + 1) * (2 * n + 1) - tieCorrection / 2) / 24).squareRoot()
    return NormalDistribution.cumulative(-(statistic - n * (n + 1) / 4) / deviation)
  }

  /// By counting the signs that give each sum of ranks.
  private static func exact(_ ranks: [Int], _ observed: Int) -> Double {
    var shares = [Double](repeating: 0, count: ranks.reduce(0, +) + 1)
    shares[0] = 1
    var highest = 0
    for rank in ranks {
      for sum in stride(from: highest, through: 0, by: -1) where shares[sum] > 0 {
        let half = shares[sum] / 2
        shares[sum] = half
        shares[sum + rank] += half
      }
      highest += rank
    }
    var tail = 0.0
    for sum in stride(from: shares.count - 1, through: observed, by: -1) { tail += shares[sum] }
    return tail
  }
}
