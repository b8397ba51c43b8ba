import Foundation
import HoneData
import HoneDiagnosis
import HoneImprove
import HoneRecords

/// What remedies made of a case: the one that was proven, its paired gain, what it cost.
struct CaseImprovement: Codable {
  /// The proven remedies; empty where none was.
  var remedies: [String] = []
  var change: [String: ConfigurationValue] = [:]
  var baselineMetric: Double?
  var metric: Double?
  /// The gain on samples that chose nothing, and its 95 % interval.
  var gain: Double?
  var interval: [Double]?
  /// The largest gain that was put to the proof and not kept.
  var unproven: [ExperimentRecord] = []
  var raced: [ScreeningRecord] = []
  /// Random search with the race's time, in the same unit.
  var randomGain: Double?
  var sameAgain: Double?
  /// Epochs that the unchanged recipe trained for.
  var epochs: Int?
  var seeds = 0
  var folds = 0
  /// One where the short race was enough, two where a longer one followed.
  var races = 0
  var baselineSeconds = 0.0
  var raceSeconds = 0.0
  var proofSeconds = 0.0
  var controlSeconds = 0.0
  var seconds = 0.0
  var failure: String?

  /// Whether a gain was proven.
  var isProven: Bool { !remedies.isEmpty && (interval?.first ?? -1) > 0 }

  /// One line for people.
  var line: String {
    func number(_ value: Double?) -> String { value.map { String(format: "%.3f", $0) } ?? "-" }
    let bounds = (interval ?? []).map { String(format: "%+.3f", $0) }.joined(separator: ", ")
    return "\(isProven ? "proven" : "not proven") \(remedies.joined(separator: ", ")) "
      + "\(number(baselineMetric)) to \(number(metric)), gain \(number(gain)) [\(bounds)], "
      + "random \(number(randomGain)), same again \(number(sameAgain)), \(seeds) x \(folds), "
      + "race \(number(extra)) of training, \(number(seconds)) s \(failure ?? "")"
  }

  /// The time of the race for each second of the case's own training.
  var extra: Double { raceSeconds / max(baselineSeconds, 1e-9) }
}

extension CaseRun {
  /// Race seconds for each second of the case's own training: what the best published repairer took in
  /// the median (AUTOTRAINER's table of models, 1.76).
  static let raceShare = 1.7
  /// Runs that a budget holds at least: those of the race, and a few seeds each of control, remedy and controls.
  ///
  /// The baseline's run is shortened to fit, as that of `hone improve` is.
  static let leastRuns = 16.0

  /// Tries remedies on the case that a run was made of.
  /// - Parameters:
  ///   - evidence: the run.
  ///   - planned: the epochs that it was to train, where it did not come to its end.
  ///   - budget: seconds for everything.
  func improvement(
    of evidence: RunEvidence, planned: Int? = nil, budget: Double, seeds: Int
  ) -> CaseImprovement {
    var result = CaseImprovement()
    let started = ContinuousClock.now
    do {
      try improve(evidence, planned, budget: budget, seeds: seeds, &result)
    } catch {
      result.failure = "\(error)"
    }
    result.seconds = started.duration(to: .now) / .seconds(1)
    return result
  }

  private func improve(
    _ evidence: RunEvidence, _ planned: Int?, budget: Double, seeds: Int,
    _ result: inout CaseImprovement
  ) throws {
    var data = try CaseData(record, folder: folder, home: home, seed: self.seed)
    let whole = data.train.count
    if evidence.run.task.trainSamples < whole {
      let count = evidence.run.task.trainSamples
      data.train = (0..<count).map { data.train[$0 * whole / count] }
      data.validation = Array(data.validation.prefix(1000))
    }
    let pool = Array(Set(data.train + data.validation)).sorted()
    func subject(epochs: Int) -> CaseSubject {
      let written = max(1, Int(record.epochs.rounded(.up)))
      return CaseSubject(
        record: record, cased: data, pool: pool, preflight: evidence.run.preflight,
        epochShare: min(1, Double(max(1, epochs)) / Double(written)))
    }
    var epochs = planned ?? evidence.epochs.count
    var tried = subject(epochs: epochs)
    var baseline = evidence
    baseline.run.configuration = tried.configuration(with: [:]) ?? "{}"
    let own = evidence.epochs.map(\.seconds).reduce(0, +)
    // Of a run that did not come to its end, what it would have taken.
    result.baselineSeconds =
      planned == nil
      ? max(own, 1e-3)
      : try tried.length(on: Split(train: data.train, validation: data.validation, test: []))
        .seconds
    let started = ContinuousClock.now
    let diagnosis = Diagnostician().diagnose(baseline)
    let longest = budget / Self.leastRuns
    if result.baselineSeconds > longest, epochs > 1 {
      // Too long to be repeated: all recipes train for fewer epochs.
      let before = epochs
      epochs = max(1, Int(Double(epochs) * longest / result.baselineSeconds))
      result.baselineSeconds *= Double(epochs) / Double(before)
      tried = subject(epochs: epochs)
      baseline.run.status = .interrupted
    } else if planned == nil, baseline.run.status == .interrupted {
      // What the runner shortened and then finished is a whole run of the recipe that is improved.
      baseline.run.status = .completed
    }
    result.epochs = epochs
    // A race that is no longer than published ones first; where it proves nothing, one as long as the
    // budget allows, if what is left of it holds half of what one series needs.
    for (number, race) in [Self.raceShare * result.baselineSeconds, nil].enumerated() {
      let left = budget - started.duration(to: .now) / .seconds(1)
      let needed = number == 0 ? 0 : Self.leastRuns / 2 * result.baselineSeconds
      guard result.remedies.isEmpty, left > needed else { return }
      var options = ImprovementOptions(budgetSeconds: max(left, 1e-3), seeds: seeds)
      // Samples that failed to prove one race are drawn anew for the next, and both share the error.
      options.seed = self.seed &+ 1_000_003 &* UInt64(number)
      options.falseAcceptance /= 2
      options.rounds = 1
      options.raceSeconds = race
      let outcome = try ExperimentSeries(
        tried, baseline: baseline, diagnosis: diagnosis, options: options
      ).run()
      result.races = number + 1
      fill(&result, outcome)
    }
  }

  private func fill(_ result: inout CaseImprovement, _ outcome: SeriesOutcome) {
    result.remedies = outcome.kept.map(\.id)
    result.change = outcome.change
    result.baselineMetric = outcome.baselineMetric
    result.metric = outcome.metric
    result.gain = outcome.gain?.delta
    result.interval = outcome.gain?.interval
    result.unproven = outcome.records.filter { $0.decision != .kept }
    result.raced = outcome.screened
    result.randomGain = outcome.controls.first { $0.remedy == "random-search" }?.delta
    result.sameAgain = outcome.controls.first { $0.remedy == "same-again" }?.delta
    result.seeds = outcome.design.seeds
    result.folds = outcome.design.folds
    result.raceSeconds += outcome.design.raceSeconds
    result.proofSeconds += outcome.design.proofSeconds
    result.controlSeconds += outcome.design.controlSeconds
  }
}
