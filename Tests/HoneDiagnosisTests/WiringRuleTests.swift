import Foundation
import HoneRecords
import Testing

@testable import HoneDiagnosis

@Suite("Rules about loss, outputs and data")
struct WiringRuleTests {
  @Test(
    "pairs of loss and output that do not fit are found",
    arguments: [
      (WiringRecord.Expectation.probabilities, "softmax", 1),
      (.logits, "softmax", 10), (.logits, "relu", 10), (.probabilities, "none", 10),
      (.values, "softmax", 10),
    ])
  func mismatch(expects: WiringRecord.Expectation, activation: String, outputs: Int) {
    var run = LayerRun()
    run.wire {
      $0.expects = expects
      $0.outputActivation = activation
      $0.outputs = outputs
    }
    #expect(run.problems.first == .lossActivationMismatch)
  }

  @Test(
    "pairs that fit raise nothing",
    arguments: [
      (WiringRecord.Expectation.logits, "none", 10), (.probabilities, "softmax", 10),
      (.probabilities, "sigmoid", 1), (.unknown, "relu", 10),
    ])
  func match(expects: WiringRecord.Expectation, activation: String, outputs: Int) {
    var run = LayerRun()
    run.wire {
      $0.expects = expects
      $0.outputActivation = activation
      $0.outputs = outputs
    }
    #expect(run.problems == [])
  }

  @Test("a sigmoid cannot reach targets below zero")
  func range() {
    var run = LayerRun()
    run.evidence.run.task.kind = .regression
    run.wire {
      $0.expects = .values
      $0.outputActivation = "sigmoid"
      $0.targets = ValueSummary(mean: 0, standardDeviation: 0.5, minimum: -1, maximum: 1)
    }
    #expect(run.problems.contains(.lossActivationMismatch))
    run.wire { $0.outputActivation = "tanh" }
    #expect(!run.problems.contains(.lossActivationMismatch))
  }

  @Test("a loss that doubles with the batch is a sum")
  func reduction() {
    var run = LayerRun()
    run.wire { $0.duplicationRatio = 2 }
    #expect(run.problems == [.lossReduction])
  }

  @Test("a loss over the batch dimension is a mismatch, an output over it a leak")
  func leaks() {
    var run = LayerRun()
    run.wire { $0.lossLeaks = true }
    #expect(run.problems == [.lossActivationMismatch])
    run = LayerRun()
    run.wire { $0.outputLeaks = true }
    #expect(run.problems == [.gradientFlow])
  }

  @Test("labels of one class come before every other cause")
  func labels() {
    var run = LayerRun()
    run.evidence.run.task.classCounts = [10_000] + [Int](repeating: 0, count: 9)
    run.wire { $0.duplicationRatio = 2 }
    #expect(run.problems.first == .labelNoise)
  }

  @Test("samples in both splits leak")
  func leakage() {
    var run = LayerRun()
    run.wire { $0.sharedSamples = 1 }
    #expect(run.problems == [])
    run.wire { $0.sharedSamples = 100 }
    #expect(run.problems == [.splitLeakage])
  }

  @Test("validation inputs on another scale are a shift")
  func shift() {
    var run = LayerRun()
    run.wire {
      $0.validationInput = ValueSummary(
        mean: 0.1, standardDeviation: 1.2, minimum: -3, maximum: 3)
    }
    #expect(run.problems == [])
    run.wire {
      $0.validationInput = ValueSummary(
        mean: 130, standardDeviation: 80, minimum: 0, maximum: 255)
    }
    #expect(run.problems == [.distributionShift])
  }

  @Test("batch normalization on tiny batches, and on others, is told apart")
  func modes() {
    var run = LayerRun()
    for place in 0..<6 { run.fact(place) { $0.followers = ["batchNorm", "relu"] } }
    #expect(run.problems == [])
    for place in run.evidence.epochs.indices {
      run.evidence.epochs[place].trainEvaluationLoss =
        run.evidence.epochs[place].trainLoss + 1.1
    }
    #expect(run.problems.contains(.trainEvalInconsistency))
    run.wire { $0.batchSize = 2 }
    #expect(run.problems.contains(.batchNormSmallBatch))
    #expect(!run.problems.contains(.trainEvalInconsistency))
  }

  @Test("dropout before batch normalization is a note until the modes disagree")
  func order() {
    var run = LayerRun()
    run.wire { $0.dropout = 0.5 }
    run.fact(1) { $0.followers = ["relu", "dropout", "batchNorm"] }
    #expect(run.problems == [])
    #expect(run.names.contains(.dropoutBeforeBatchNorm))
  }

  @Test("few steps of large batches are too few")
  func batchSize() {
    var run = LayerRun(floor: 0.2, epochs: 15)
    #expect(!run.names.contains(.batchSizeUnsuitable))
    run = LayerRun(floor: 0.6, epochs: 15)
    for place in run.evidence.epochs.indices {
      run.evidence.epochs[place].trainEvaluationLoss = 2.3 - 0.05 * Double(place)
    }
    run.wire {
      $0.batchSize = 10_000
      $0.stepsPerEpoch = 1
    }
    #expect(run.names.contains(.batchSizeUnsuitable))
  }

  @Test("a loss on changed samples far above that on the samples blames the augmentation")
  func augmentation() {
    var run = LayerRun(floor: 0.5)
    run.wire { $0.isAugmented = true }
    #expect(!run.names.contains(.augmentationTooStrong))
    for place in run.evidence.epochs.indices { run.evidence.epochs[place].trainLoss += 0.6 }
    #expect(run.names.contains(.augmentationTooStrong))
  }

  @Test("an underfit model is called so only where the neighbours do better")
  func capacity() {
    var run = LayerRun(floor: 0.5)
    run.evidence.run.parameters = 1000
    run.evidence.run.preflight?.neighbours = NeighbourRecord(
      neighbours: 15, samples: 2000, score: 0.5, error: 0.02)
    #expect(!run.problems.contains(.underfitCapacity))
    run.evidence.run.preflight?.neighbours = NeighbourRecord(
      neighbours: 15, samples: 2000, score: 0.95, error: 0.01)
    #expect(run.problems.contains(.underfitCapacity))
  }
}
