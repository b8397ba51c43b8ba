import Foundation
public import HoneRecords
import HoneText

/// Some classes are rare, and the model is worse on them.
public struct ClassImbalanceRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.classImbalance

  /// The most frequent class over the rarest.
  static let largestRatio = 10.0

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    let counts = evidence.run.task.classCounts.filter { $0 > 0 }
    guard let most = counts.max(), let least = counts.min(), counts.count > 1 else { return nil }
    let ratio = Double(most) / Double(least)
    guard ratio > Self.largestRatio else { return nil }
    var evidenceList = [
      Evidence(
        signal: "classCountRatio", value: ratio, threshold: Self.largestRatio, comparison: .above,
        source: "Buda et al. 2018: accuracy suffers from ratios of about 10")
    ]
    var severity = Finding.Severity.info
    var confidence = Confidence.above(ratio, threshold: Self.largestRatio)
    if let test = evidence.run.test, !test.confusion.isEmpty {
      let recall = Recall(test.confusion, counts: evidence.run.task.classCounts, most: most)
      // Measured and harmless: the model copes with the imbalance.
      guard recall.loss > 2 * recall.error else { return nil }
      severity = .warning
      confidence = min(confidence, Confidence.beyond(recall.loss / recall.error - 2))
      evidenceList.append(
        Evidence(
          signal: "recallOfRareBelowFrequent", value: recall.loss, threshold: 2 * recall.error,
          comparison: .above, source: "two standard errors of the difference of mean recalls"))
    }
    return Finding(
      id: id, severity: severity, confidence: confidence, evidence: evidenceList,
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "The most frequent class has \(Formatting.significant(ratio)) times the samples of the rarest. Accuracy hides "
          + "errors on rare classes: judge by balanced accuracy or F1, then weight or resample.",
        korean: "가장 많은 클래스의 표본이 가장 적은 클래스의 \(Formatting.significant(ratio))배입니다. 정확도로는 드문 클래스의 "
          + "오류가 드러나지 않으므로 균형 정확도나 F1로 평가하고, 클래스 가중치나 재표집을 사용하십시오."))
  }

  /// The mean recall of the classes that are rare in training against that of the others: what it costs
  /// them, whatever their shares among the samples that are judged.
  private struct Recall {
    /// How much better the frequent classes are recognized.
    var loss: Double
    /// The standard error of that.
    var error: Double

    init(_ confusion: [[Int]], counts: [Int], most: Int) {
      var recalls: (rare: [Double], frequent: [Double]) = ([], [])
      var variances = (rare: 0.0, frequent: 0.0)
      for (index, row) in confusion.enumerated() {
        let samples = row.reduce(0, +)
        guard samples > 0, index < row.count else { continue }
        // Agresti and Coull's centre keeps the error of a class without mistakes above zero.
        let share = (Double(row[index]) + 2) / (Double(samples) + 4)
        let variance = share * (1 - share) / Double(samples)
        let recall = Double(row[index]) / Double(samples)
        let isRare =
          index < counts.count
          && Double(counts[index]) * ClassImbalanceRule.largestRatio < Double(most)
        if isRare {
          recalls.rare.append(recall)
          variances.rare += variance
        } else {
          recalls.frequent.append(recall)
          variances.frequent += variance
        }
      }
      let (few, many) = (Double(max(recalls.rare.count, 1)), Double(max(recalls.frequent.count, 1)))
      loss =
        recalls.rare.isEmpty || recalls.frequent.isEmpty
        ? 0 : recalls.frequent.reduce(0, +) / many - recalls.rare.reduce(0, +) / few
      let variance = variances.rare / (few * few) + variances.frequent / (many * many)
      error = max(variance.squareRoot(), .leastNonzeroMagnitude)
    }
  }
}
