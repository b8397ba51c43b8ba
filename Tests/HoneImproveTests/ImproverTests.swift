import HoneAssembly
import HoneConfiguration
import HoneData
import HoneRecords
import Synchronization
import Testing

@testable import HoneImprove

@Suite struct ImproverTests {
  /// Digits with a network that was given too little time and too small steps.
  private func starved() -> Configuration {
    var configuration = Configuration()
    configuration.data.source = "digits"
    configuration.data.batchSize = 64
    configuration.model.architecture = .mlp(widths: [32])
    configuration.optimizer.method = .adamW(learningRate: 1e-4)
    configuration.training.epochs = 4
    configuration.training.threads = 1
    // Most samples judge: little is to be trained, and the gain is seen well.
    configuration.data.test = .fraction(0.6)
    return configuration
  }

  @Test("a starved run is improved with proof, on samples that were never trained on")
  func improves() throws {
    let configuration = starved()
    let data = try configuration.openData(home: nil)
    // What fits the budget is other tests' business: here all of it fits.
    var options = ImprovementOptions(budgetSeconds: 10_000, seeds: 2)
    options.rounds = 1
    options.raceSeconds = 0.3
    let improver = try Improver(configuration, data: data, options: options)
    let improvement = try improver.run()
    let record = improvement.record
    #expect(try #require(record.screened).count >= 6)
    #expect(record.controls?.map(\.remedy).first == "same-again")
    #expect(record.experiments.contains { $0.decision == .kept })
    for experiment in record.experiments {
      #expect(experiment.interval[0] <= experiment.delta)
      #expect(experiment.delta <= experiment.interval[1])
      #expect(experiment.decision != .kept || experiment.interval[0] > 0)
    }
    #expect(record.spentSeconds <= 1.02 * record.budgetSeconds)
    let gain = try #require(record.testGain)
    #expect(gain.interval[0] > 0)
    let before = try #require(record.baseline.test?.metric)
    let after = try #require(record.final.test?.metric)
    #expect(abs((after - before) - gain.delta) < 1e-9)
  }

  @Test("a run that diverges in its first epoch is mended")
  func diverged() throws {
    var configuration = starved()
    configuration.optimizer.method = .sgd(learningRate: 1e20)
    let data = try configuration.openData(home: nil)
    var options = ImprovementOptions(budgetSeconds: 10_000, seeds: 2)
    options.rounds = 1
    // Enough for the whole race on a machine that is busy with other things, too.
    options.raceSeconds = 60
    let record = try Improver(configuration, data: data, options: options).run().record
    #expect(record.baseline.status == .diverged)
    #expect(record.baseline.epochs == 0)
    #expect(record.final.status == .completed)
    #expect(record.experiments.contains { $0.decision == .kept })
    #expect(try #require(record.testGain).interval[0] > 0)
  }

  @Test("a stop between runs ends the improvement")
  func interrupted() throws {
    let configuration = starved()
    let data = try configuration.openData(home: nil)
    let arms = Mutex(0)
    let improver = try Improver(
      configuration, data: data, options: ImprovementOptions(budgetSeconds: 60, seeds: 2),
      observe: { event in
        if case .armEnded = event { arms.withLock { $0 += 1 } }
      }, stopRequested: { arms.withLock { $0 >= 3 } })
    #expect(throws: ImprovementError.interrupted(experiments: 0)) { try improver.run() }
  }

  @Test("a budget that is spent leaves experiments out and says so")
  func budget() throws {
    let configuration = starved()
    let data = try configuration.openData(home: nil)
    let skipped = Mutex(0)
    let improver = try Improver(
      configuration, data: data, options: ImprovementOptions(budgetSeconds: 0.01, seeds: 2),
      observe: { event in
        if case .budgetSpent(let remaining) = event { skipped.withLock { $0 = remaining } }
      })
    let improvement = try improver.run()
    #expect(improvement.record.experiments.isEmpty)
    #expect(skipped.withLock { $0 } >= 6)
    #expect(improvement.record.final == improvement.record.baseline)
  }
}
