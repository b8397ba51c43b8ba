import Foundation

/// How the diagnoses of some cases compare with their labels.
struct CaseScore: Codable {
  var manifestFaults = 0
  var flagged = 0
  var firstRight = 0
  var amongThree = 0
  var healthy = 0
  var healthyFlagged = 0
  var notGraded: [String] = []
  var missed: [String] = []
  var wrongFirst: [String] = []
  var falseAlarms: [String] = []
  var unavailable: [String: String] = [:]

  init(_ pairs: [(record: CaseRecord, outcome: CaseOutcome)]) {
    for (record, outcome) in pairs { add(record, outcome) }
  }

  private mutating func add(_ record: CaseRecord, _ outcome: CaseOutcome) {
    guard outcome.status == "ran" else {
      unavailable[outcome.id] = outcome.reason ?? outcome.status
      return
    }
    let problems = outcome.findings.filter { $0.severity != "info" }.map(\.id)
    let isFlagged = !problems.isEmpty
    if record.kind == "healthy" {
      // A control that itself came out badly is no control: two standard errors under the best.
      if let best = record.bestKnown, let metric = outcome.metric,
        metric < best - 2 * 2.squareRoot() * (best * (1 - best) / 300).squareRoot()
      {
        notGraded.append("\(outcome.id): ended at \(metric), best known \(best)")
        return
      }
      if outcome.shortfall != "none" {
        notGraded.append(
          "\(outcome.id): \(outcome.shortfall), \(isFlagged ? problems.joined(separator: ", ") : "not flagged")"
        )
        return
      }
      healthy += 1
      if isFlagged {
        healthyFlagged += 1
        falseAlarms.append("\(outcome.id): \(problems.joined(separator: ", "))")
      }
      return
    }
    guard record.mustBeFound else {
      notGraded.append("\(outcome.id): the fault has no measured effect")
      return
    }
    if record.isStochastic, outcome.shortfall == "none" {
      notGraded.append("\(outcome.id): the fault did not show in this run")
      return
    }
    manifestFaults += 1
    if isFlagged { flagged += 1 } else { missed.append(outcome.id) }
    let right = Set(record.labels)
    if let first = problems.first, right.contains(first) {
      firstRight += 1
    } else {
      wrongFirst.append(
        "\(outcome.id): \(problems.prefix(3).joined(separator: ", ")) for "
          + record.labels.joined(separator: ", "))
    }
    if problems.prefix(3).contains(where: right.contains) { amongThree += 1 }
  }

  /// The table as people read it.
  var table: String {
    func share(_ part: Int, _ whole: Int) -> String {
      whole == 0
        ? "-"
        : "\(part) of \(whole) (\(String(format: "%.1f", 100 * Double(part) / Double(whole))) %)"
    }
    return """
      manifest faults flagged     \(share(flagged, manifestFaults))
      first-named cause right     \(share(firstRight, manifestFaults))
      right among the first three \(share(amongThree, manifestFaults))
      healthy runs flagged        \(share(healthyFlagged, healthy))
      missed: \(missed.joined(separator: "; "))
      wrong first: \(wrongFirst.joined(separator: "\n             "))
      false alarms: \(falseAlarms.joined(separator: "; "))
      not graded: \(notGraded.joined(separator: "; "))
      unavailable: \(unavailable.map { "\($0.key): \($0.value)" }.sorted().joined(separator: "; "))
      """
  }
}
