import Foundation
import HoneDiagnosis
import HoneNumerics
import HoneRecords
import HoneText
import Testing

/// Healthy curves of many shapes must stay without findings: at most one in twenty may raise one.
struct HealthyRunTests {
  @Test("healthy curves of many shapes raise at most five false alarms in a hundred")
  func healthyCurves() {
    expectFewAlarms { $0 }
  }

  @Test("the same curves without anything but losses and accuracies raise no more")
  func healthyCurvesFromElsewhere() {
    expectFewAlarms { evidence in
      var text = "epoch,loss,val_loss" + (evidence.run.task.kind == .regression ? "" : ",acc")
      for epoch in evidence.epochs {
        text += "\n\(epoch.epoch),\(epoch.trainLoss),\(epoch.validationLoss ?? 0)"
        if let metric = epoch.trainMetric { text += ",\(metric)" }
      }
      return try? CurveFile.read(csvText: text)
    }
  }

  private func expectFewAlarms(_ transform: (RunEvidence) -> RunEvidence?) {
    var alarms: [String] = []
    let runs = 200
    for index in 0..<runs {
      guard let evidence = transform(healthyRun(index).evidence()) else {
        Issue.record("the curves of run \(index) cannot be read back")
        continue
      }
      let diagnosis = Diagnostician().diagnose(evidence)
      if diagnosis.verdict != .healthy || !diagnosis.findings.isEmpty {
        let names = diagnosis.findings.map { "\($0.id.rawValue) \($0.confidence)" }
        alarms.append("\(index): \(names.joined(separator: ", "))")
      }
    }
    #expect(alarms.count * 20 <= runs, "\(alarms)")
  }

  /// A settled run: at least five time constants, a moderate gap, noise up to 6 %.
  private func healthyRun(_ index: Int) -> SyntheticRun {
    var stream = RandomStream(seed: 7, "shape", index)
    var run = SyntheticRun()
    run.isRegression = index.isMultiple(of: 2)
    run.classes = 2 + stream.index(below: 20)
    run.epochs = 12 + stream.index(below: 90)
    run.timeConstant = Double(run.epochs) / stream.uniform(5...15)
    run.floor = stream.uniform(0.002...0.25)
    run.gap = stream.uniform(0...0.12)
    run.noise = stream.uniform(0.002...0.06)
    run.scale = pow(10, stream.uniform(-3...1.5))
    run.validationSamples = 300 + stream.index(below: 9000)
    run.parameters = 500 + stream.index(below: 1_000_000)
    run.seed = UInt64(index)
    return run
  }

  @Test("a healthy run without validation or preflight numbers is healthy")
  func curvesOnly() {
    var evidence = SyntheticRun(epochs: 40).evidence()
    evidence.run.preflight = nil
    for index in evidence.epochs.indices {
      evidence.epochs[index].validationLoss = nil
      evidence.epochs[index].validationMetric = nil
    }
    #expect(Diagnostician().diagnose(evidence).verdict == .healthy)
  }

  @Test("two epochs without a fault are too few, and the note says how many are missing")
  func tooFew() {
    let diagnosis = Diagnostician().diagnose(SyntheticRun(epochs: 2, timeConstant: 0.4).evidence())
    #expect(diagnosis.verdict == .insufficientEvidence)
    #expect(diagnosis.note?.english.contains("Train 3 more") == true)
  }

  @Test("the same evidence gives the same diagnosis")
  func pure() {
    let evidence = SyntheticRun(floor: 0.5, gap: 0.4).evidence()
    #expect(Diagnostician().diagnose(evidence) == Diagnostician().diagnose(evidence))
  }
}
