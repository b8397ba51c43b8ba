import Foundation
import HoneNumerics
import HoneRecords

/// How often remedies helped, and at what cost.
struct ImprovementScore: Codable {
  /// Faulty cases that a change of the recipe can mend.
  var repairable = 0
  var proven = 0
  /// The median final accuracy of the proven, by data set.
  var medianMetric: [String: Double] = [:]
  /// The median of race seconds for each second of training.
  var medianExtra: Double?
  var medianProof: Double?
  /// Cases in which the kept recipe gained less than random search with as much time.
  var belowRandom: [String] = []
  var medianGain: Double?
  var medianRandomGain: Double?
  /// Healthy cases that were changed.
  var healthy = 0
  var healthyChanged: [String] = []
  var notProven: [String] = []

  /// What only other data can mend.
  private static let dataFaults: Set<String> = [
    "label-noise", "distribution-shift", "split-leakage", "validation-too-small",
    "corrupt-samples",
  ]

  init(_ pairs: [(record: CaseRecord, outcome: CaseOutcome)]) {
    var metrics: [String: [Double]] = [:]
    var extras: [Double] = []
    var proofs: [Double] = []
    var gains: [Double] = []
    var randoms: [Double] = []
    for (record, outcome) in pairs {
      guard let result = outcome.improvement else { continue }
      if record.kind == "healthy" {
        healthy += 1
        if result.isProven { healthyChanged.append(outcome.id) }
        continue
      }
      guard record.mustBeFound, record.kind == "faulty", !Self.isOfData(record) else { continue }
      repairable += 1
      extras.append(result.extra)
      proofs.append(result.proofSeconds / max(result.baselineSeconds, 1e-9))
      gains.append(result.isProven ? result.gain ?? 0 : 0)
      randoms.append(result.randomGain ?? 0)
      if (result.isProven ? result.gain ?? 0 : 0) < (result.randomGain ?? 0) {
        belowRandom.append(outcome.id)
      }
      if result.isProven {
        proven += 1
      } else {
        notProven.append("\(outcome.id): \(result.failure ?? Self.nearest(result))")
      }
      if record.task != "regression", let metric = result.metric {
        metrics[record.data["name"]?.word ?? "?", default: []].append(metric)
      }
    }
    medianMetric = metrics.mapValues { $0.median() }
    medianExtra = extras.isEmpty ? nil : extras.median()
    medianProof = proofs.isEmpty ? nil : proofs.median()
    medianGain = gains.isEmpty ? nil : gains.median()
    medianRandomGain = randoms.isEmpty ? nil : randoms.median()
  }

  private static func isOfData(_ record: CaseRecord) -> Bool {
    let labels = Set(record.faults.compactMap { $0["label"]?.word })
    return !labels.isEmpty && labels.isSubset(of: dataFaults)
  }

  private static func nearest(_ result: CaseImprovement) -> String {
    guard let best = result.unproven.max(by: { $0.delta < $1.delta }) else {
      let tried = result.raced.filter { $0.gain != nil }
      let most = tried.compactMap(\.gain).max() ?? .nan
      return String(
        format: "%d of %d raced, best gain %.3f", tried.count, result.raced.count, most)
    }
    return String(
      format: "%@ %+.3f [%+.3f, %+.3f]", best.remedy, best.delta, best.interval[0],
      best.interval[1])
  }

  /// The table as people read it.
  var table: String {
    func number(_ value: Double?) -> String { value.map { String(format: "%.3f", $0) } ?? "-" }
    let share = repairable == 0 ? 0 : 100 * Double(proven) / Double(repairable)
    let metrics = medianMetric.sorted { $0.key < $1.key }.map {
      "\($0.key) \(number($0.value))"
    }
    return """
      repairable cases with a proven gain  \(proven) of \(repairable) \
      (\(String(format: "%.1f", share)) %)
      median final metric                  \(metrics.joined(separator: ", "))
      median gain, random search's         \(number(medianGain)), \(number(medianRandomGain))
      race time over training time, median \(number(medianExtra))
      proof time over training time        \(number(medianProof))
      below random search                  \(belowRandom.joined(separator: ", "))
      healthy runs changed                 \(healthyChanged.count) of \(healthy): \
      \(healthyChanged.joined(separator: ", "))
      not proven: \(notProven.joined(separator: "\n            "))
      """
  }
}
