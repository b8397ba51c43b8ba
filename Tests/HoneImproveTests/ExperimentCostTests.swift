import Foundation
import HoneRecords
import Testing

@testable import HoneImprove

@Suite struct ExperimentCostTests {
  /// A run of ten epochs over 1,000 samples that took so many seconds each.
  private func baseline(epochSeconds: Double) -> RunEvidence {
    let task = TaskRecord(
      kind: .multiclass, input: .table, sampleShape: [4], trainSamples: 1_000,
      validationSamples: 100, testSamples: 100)
    let run = RunRecord(
      id: "a", name: "a", created: Date(timeIntervalSince1970: 0), seed: 0, device: "cpu",
      precision: "fp32", threads: 1, parameters: 1, configuration: "{}", dataSource: "a",
      dataFingerprint: "", task: task, metric: "accuracy", metricIsBetterWhenLarger: true,
      command: [], environment: EnvironmentRecord(hone: "", system: "", processor: "", cores: 1))
    let epochs = (1...10).map {
      // The first epoch of a process is slow and says nothing.
      EpochRecord(
        epoch: $0, step: $0, trainLoss: 1, learningRate: 1, seconds: $0 == 1 ? 60 : epochSeconds)
    }
    return RunEvidence(run: run, epochs: epochs, steps: [])
  }

  private func cost(epochSeconds: Double, secondsLeft: Double = 100) -> ExperimentCost {
    ExperimentCost(
      secondsLeft: secondsLeft, arms: 11, seeds: 5, pool: 10_000,
      baseline: baseline(epochSeconds: epochSeconds))
  }

  @Test("cheap runs are cross-fitted on all samples")
  func cheap() {
    let cost = cost(epochSeconds: 0.001)
    #expect(cost.isCrossFitted && cost.trainLimit == nil)
  }

  @Test("dearer runs judge one part, then train on fewer samples, never on too few")
  func dear() throws {
    let one = cost(epochSeconds: 0.01)
    #expect(!one.isCrossFitted && one.trainLimit == nil)
    let few = cost(epochSeconds: 0.05)
    #expect(!few.isCrossFitted)
    #expect(try #require(few.trainLimit) < 7_200)
    #expect(cost(epochSeconds: 1_000).trainLimit == ExperimentCost.leastSamples)
    #expect(cost(epochSeconds: 1, secondsLeft: -5).trainLimit == ExperimentCost.leastSamples)
  }
}
