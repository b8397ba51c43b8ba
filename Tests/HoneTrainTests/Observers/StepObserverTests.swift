import HoneData
import HoneRecords
import HoneTensor
import Testing

@testable import HoneTrain

@Suite struct StepObserverTests {
  /// Keeps what it sees of steps.
  private final class Witness: StepObserver {
    let plan: TrainingPlan
    var seen: [(step: Int, epoch: Int, samples: [Int], hasGradients: Bool)] = []

    init(_ plan: TrainingPlan) { self.plan = plan }

    func receive(_ event: TrainingEvent) {}

    func lookInto(step: Int, epoch: Int, batches: [HostBatch]) {
      let hasGradients = plan.namedParameters.allSatisfy { $0.parameter.gradient != nil }
      seen.append((step, epoch, batches.map(\.count), hasGradients))
    }
  }

  @Test("each step shows its batches and gradients once, and the run is as it would have been")
  func shows() throws {
    var lab = Lab()
    lab.change = { $0.accumulation = 2 }
    let plan = try lab.plan
    let witness = Witness(plan)
    let watched = try Trainer(plan, record: lab.record(), observers: [witness]).train()
    // 200 samples in batches of 32, two of them a step.
    #expect(witness.seen.map(\.step) == Array(1...12))
    #expect(witness.seen.map(\.epoch) == [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3])
    #expect(witness.seen.prefix(4).map(\.samples) == [[32, 32], [32, 32], [32, 32], [8]])
    #expect(witness.seen.allSatisfy { $0.hasGradients })
    let plain = try lab.train()
    #expect(watched.kept == plain.kept)
  }
}
