import Foundation
import HoneData
import HoneModels
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor
import Testing

@testable import HoneTrain

@Suite struct HandleLeakTests {
  /// In a process of its own: the count is the process's, and other tests run beside this one.
  @Test("steps, epochs and evaluations leave no tensor handle behind")
  func steady() async {
    await #expect(processExitsWith: .success) {
      var lab = Lab()
      lab.epochs = 4
      lab.model = { stream in
        CNN(
          inputs: 1, height: 8, width: 8, outputs: 10, options: .init(width: 4, dropout: 0.2),
          using: &stream)
      }
      lab.change = {
        $0.clipping = .norm(1)
        $0.penalty = WeightPenalty(l2: 1e-4)
        $0.maxNorm = MaxNorm(3)
        $0.accumulation = 2
      }
      var counts: [Int] = []
      let observer = ClosureObserver { event in
        switch event {
        case .step, .epoch: counts.append(Tensor.liveCount)
        default: break
        }
      }
      let outcome = try lab.train(observers: [observer])
      // The first step makes the optimiser's slots.
      let later = Set(counts.dropFirst())
      guard outcome.history.count == 4, counts.count == 20, later.count == 1 else {
        print("Handles after steps and epochs: \(counts)")
        exit(1)
      }
    }
  }
}
