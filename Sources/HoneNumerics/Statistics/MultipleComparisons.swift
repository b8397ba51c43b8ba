/// Corrections for asking several questions of the same data.
public enum MultipleComparisons {
  /// P-values times their number (Bonferroni), at most 1.
  public static func bonferroni(_ pValues: [Double]) -> [Double] {
    pValues.map { min(1, $0 * Double(pValues.count)) }
  }

  /// P-values adjusted step by step from the smallest (Holm 1979): as safe as Bonferroni and never
  /// weaker.
  public static func holm(_ pValues: [Double]) -> [Double] {
    let order = pValues.indices.sorted { pValues[$0] < pValues[$1] }
    var adjusted = pValues
    var largest = 0.0
    for (rank, index) in order.enumerated() {
      largest = max(largest, min(1, pValues[index] * Double(pValues.count - rank)))
      adjusted[index] = largest
    }
    return adjusted
  }

  /// The confidence level that each of several intervals needs so that all hold at `level`
  /// together (Bonferroni).
  public static func level(_ level: Double, of comparisons: Int) -> Double {
    1 - (1 - level) / Double(max(1, comparisons))
  }
}
