import Foundation
import HoneDiagnosis
import HoneRecords
import HoneText
import Testing

/// Each rule against a run that differs from a healthy one in its fault alone.
struct FaultyTwinTests {
  private func findings(_ evidence: RunEvidence) -> [FindingName] {
    Diagnostician().diagnose(evidence).findings.map(\.id)
  }

  @Test("a validation loss that turns up while training goes on is overfitting", arguments: 0..<20)
  func overfit(seed: Int) throws {
    let run = SyntheticRun(
      floor: 0.01, timeConstant: 4, seed: UInt64(seed),
      validationDrift: { max(0, Double($0) - 10) * 0.02 })
    let finding = try #require(OverfitRule().evaluate(run.evidence()))
    #expect((7...15).contains(finding.epoch ?? 0))
    #expect(finding.confidence > 0.9)
    #expect(finding.remedies.first?.id == "early-stopping")
  }

  @Test("a gap that swallows a third of what was learned is overfitting")
  func wideGap() {
    let run = SyntheticRun(isRegression: true, floor: 0.01, timeConstant: 3, gap: 0.35)
    #expect(findings(run.evidence()) == [.overfit])
  }

  @Test("a run cut off while its loss falls needs more epochs", arguments: 0..<20)
  func epochs(seed: Int) throws {
    let run = SyntheticRun(timeConstant: 20, seed: UInt64(seed))
    let finding = try #require(UnderfitEpochsRule().evaluate(run.evidence()))
    #expect(finding.remedies.first?.change["training.epochs"] == .integer(60))
  }

  @Test("a small model that settles far from the data underfits")
  func capacity() {
    let run = SyntheticRun(floor: 0.6, timeConstant: 3, gap: 0.01, parameters: 300)
    #expect(findings(run.evidence()) == [.underfitCapacity])
  }

  @Test("a large model that settles far from the data is not called too small")
  func noise() {
    let run = SyntheticRun(floor: 0.6, timeConstant: 3, gap: 0.01, parameters: 1_000_000)
    #expect(UnderfitCapacityRule().evaluate(run.evidence()) == nil)
  }

  @Test("a loss that is not a number is found at its first step")
  func nonFinite() throws {
    var evidence = SyntheticRun(epochs: 3).evidence()
    evidence.epochs[2].trainLoss = .nan
    evidence.steps = [
      StepRecord(step: 1, epoch: 1, loss: 2.3, learningRate: 1),
      StepRecord(step: 200, epoch: 3, loss: .nan, learningRate: 1),
    ]
    let diagnosis = Diagnostician().diagnose(evidence)
    let finding = try #require(diagnosis.findings.first { $0.id == .nonFiniteLoss })
    #expect(finding.epoch == 3)
    #expect(finding.message.english.contains("step 200"))
    #expect(diagnosis.verdict == .problems)
  }

  @Test("a loss that climbs above its start by large steps has too high a learning rate")
  func learningRate() throws {
    var evidence = SyntheticRun().evidence()
    for index in evidence.epochs.indices {
      evidence.epochs[index].updateRatio = 0.2
      evidence.epochs[index].trainLoss = index < 3 ? 2.0 : 30
      evidence.epochs[index].trainEvaluationLoss = index < 3 ? 2.0 : 30
      evidence.epochs[index].validationLoss = index < 3 ? 2.0 : 31
    }
    let diagnosis = Diagnostician().diagnose(evidence)
    #expect(diagnosis.findings.first?.id == .learningRateTooHigh)
    #expect(diagnosis.findings.first?.remedies.first?.id == "learning-rate")
  }

  @Test("raw pixels are named first, and explain what they cause")
  func causes() throws {
    var evidence = SyntheticRun(epochs: 3).evidence()
    evidence.run.preflight?.input = ValueSummary(
      mean: 70, standardDeviation: 90, minimum: 0, maximum: 255)
    evidence.run.preflight?.initialLoss = 60
    evidence.epochs[2].trainLoss = .infinity
    let found = Diagnostician().diagnose(evidence).findings
    #expect(found.first?.id == .inputScale)
    let loss = try #require(found.first { $0.id == .nonFiniteLoss })
    #expect(loss.causes.contains(.inputScale))
    let initial = try #require(found.first { $0.id == .initialLoss })
    #expect(initial.causes == [.inputScale])
  }

  @Test("inputs scaled twice are too small")
  func scaledTwice() {
    var evidence = SyntheticRun(timeConstant: 3).evidence()
    evidence.run.preflight?.input = ValueSummary(
      mean: 0.0005, standardDeviation: 0.001, minimum: 0, maximum: 0.0039)
    #expect(findings(evidence) == [.inputScale])
  }

  @Test("pixels between 0 and 1 are in scale")
  func unitPixels() {
    var evidence = SyntheticRun(timeConstant: 3).evidence()
    evidence.run.preflight?.input = ValueSummary(
      mean: 0.13, standardDeviation: 0.31, minimum: 0, maximum: 1)
    #expect(findings(evidence).isEmpty)
  }

  @Test("an untrained loss of five times the entropy is found")
  func initialLoss() {
    var evidence = SyntheticRun(timeConstant: 3).evidence()
    evidence.run.preflight?.initialLoss = 11.5
    #expect(findings(evidence) == [.initialLoss])
  }

  @Test("a bad beginning is a hint where training undid it, a warning where it did not")
  func undoneBeginning() {
    var evidence = SyntheticRun(timeConstant: 3).evidence()
    evidence.run.preflight?.initialLoss = 11.5
    #expect(InitialLossRule().evaluate(evidence)?.severity == .info)
    for index in evidence.epochs.indices { evidence.epochs[index].trainLoss = 9 }
    #expect(InitialLossRule().evaluate(evidence)?.severity == .warning)
  }

  @Test("first steps that throw weights and loss about are a rate too high, small ones are not")
  func blast() {
    var evidence = SyntheticRun(timeConstant: 3).evidence()
    evidence.steps = (1...20).map { step in
      StepRecord(
        step: step, epoch: 1, loss: step == 2 ? 500 : 2, learningRate: 0.1,
        updateRatio: step < 3 ? 0.4 : 0.01)
    }
    #expect(findings(evidence) == [.learningRateTooHigh])
    evidence.steps[1].loss = 2.5
    #expect(findings(evidence).isEmpty)
  }

  @Test("a run that was ended before its time is not blamed for its length")
  func interrupted() {
    var evidence = SyntheticRun(epochs: 10, timeConstant: 20).evidence()
    #expect(findings(evidence).contains(.underfitEpochs))
    evidence.run.status = .interrupted
    #expect(!findings(evidence).contains(.underfitEpochs))
  }

  @Test("targets of variance ten thousand are found before their loss")
  func targets() {
    let run = SyntheticRun(isRegression: true, timeConstant: 3, scale: 1e4)
    #expect(findings(run.evidence()) == [.targetScale])
  }

  @Test("a loss that stays at the entropy is not learning")
  func notLearning() {
    let run = SyntheticRun(floor: 0.999, timeConstant: 3, gap: 0, noise: 0.002)
    #expect(findings(run.evidence()) == [.notLearning])
  }

  @Test("tiny updates on a long fall call for a higher learning rate")
  func tooLow() {
    var evidence = SyntheticRun(timeConstant: 60, noise: 0.01).evidence()
    for index in evidence.epochs.indices { evidence.epochs[index].updateRatio = 1e-6 }
    let found = Diagnostician().diagnose(evidence).findings
    #expect(found.first?.id == .learningRateTooLow)
    #expect(found.first { $0.id == .underfitEpochs }?.causes == [.learningRateTooLow])
  }

  @Test("a training loss that jumps by a third of what was learned oscillates")
  func oscillation() {
    var evidence = SyntheticRun(timeConstant: 3).evidence()
    for index in evidence.epochs.indices where index > 3 {
      let jump = index.isMultiple(of: 2) ? 0.8 : 0
      evidence.epochs[index].trainEvaluationLoss = 0.4 + jump
      evidence.epochs[index].trainLoss = 0.4 + jump
      evidence.epochs[index].validationLoss = 0.45 + jump
    }
    #expect(findings(evidence).contains(.oscillatingLoss))
  }

  @Test("rare steps with huge gradients that move the loss explode")
  func exploding() {
    var evidence = SyntheticRun(timeConstant: 3).evidence()
    evidence.steps = (1...200).map { step in
      let isBad = step.isMultiple(of: 50)
      return StepRecord(
        step: step, epoch: 1 + step / 100, loss: isBad ? 40 : 2, learningRate: 0.1,
        gradientNorm: isBad ? 900 : 1)
    }
    #expect(findings(evidence).contains(.explodingGradient))
  }

  @Test("an imbalance that costs recall is a warning, a harmless one nothing")
  func imbalance() {
    var evidence = SyntheticRun(classes: 2, timeConstant: 3).evidence()
    evidence.run.task.classCounts = [9500, 500]
    evidence.run.test = EvaluationRecord(
      split: "test", samples: 1000, loss: 0.2, metric: 0.955, confusion: [[945, 5], [40, 10]])
    #expect(ClassImbalanceRule().evaluate(evidence)?.severity == .warning)
    evidence.run.test?.confusion = [[945, 5], [1, 49]]
    #expect(ClassImbalanceRule().evaluate(evidence) == nil)
  }

  @Test("what an imbalance costs shows in a balanced test split too")
  func imbalanceOnBalancedTest() {
    var evidence = SyntheticRun(classes: 3, timeConstant: 3).evidence()
    evidence.run.task.classCounts = [5000, 5000, 50]
    evidence.run.test = EvaluationRecord(
      split: "test", samples: 300, loss: 0.2, metric: 0.85,
      confusion: [[97, 3, 0], [4, 96, 0], [40, 0, 60]])
    #expect(ClassImbalanceRule().evaluate(evidence)?.severity == .warning)
  }

  @Test("thirty validation samples cannot show a difference")
  func smallValidation() throws {
    let run = SyntheticRun(floor: 0.2, timeConstant: 3, gap: 0, validationSamples: 30)
    let finding = try #require(ValidationTooSmallRule().evaluate(run.evidence()))
    #expect(finding.message.english.contains("30 validation samples"))
  }

  @Test("waiting for data is a hint and leaves the verdict healthy")
  func loader() {
    var evidence = SyntheticRun(timeConstant: 3).evidence()
    for index in evidence.epochs.indices { evidence.epochs[index].waitShare = 0.6 }
    let diagnosis = Diagnostician().diagnose(evidence)
    #expect(diagnosis.findings.map(\.id) == [.dataLoaderBottleneck])
    #expect(diagnosis.verdict == .healthy)
  }

  @Test("dropout that halves the fit of a model that does not fit is too strong")
  func overRegularised() {
    var evidence = SyntheticRun(floor: 0.5, timeConstant: 3, gap: 0).evidence()
    for index in evidence.epochs.indices {
      evidence.epochs[index].trainLoss = (evidence.epochs[index].trainEvaluationLoss ?? 0) + 0.6
    }
    #expect(findings(evidence).contains(.overRegularised))
  }

  @Test("a noisy plateau at a constant rate is a hint to let the rate decay")
  func plateau() {
    let run = SyntheticRun(epochs: 40, floor: 0.35, timeConstant: 3, gap: 0, noise: 0.12, seed: 4)
    #expect(LossPlateauRule().evaluate(run.evidence())?.severity == .info)
  }

  @Test("mini-batches under a method with line searches are named with both remedies")
  func unsuitableOptimizer() throws {
    var evidence = SyntheticRun().evidence()
    evidence.run.preflight?.stepNoise = StepNoiseRecord(samples: 128, total: 10_000)
    let finding = try #require(OptimizerUnsuitableRule().evaluate(evidence))
    #expect(finding.message.english.contains("128 of 10000"))
    #expect(finding.remedies.map(\.id) == ["whole-batch", "optimizer"])
    #expect(finding.evidence.first?.value == 128)
    evidence.run.preflight?.stepNoise = StepNoiseRecord(
      samples: 10_000, total: 10_000, isModelRandom: true)
    let dropout = try #require(OptimizerUnsuitableRule().evaluate(evidence))
    #expect(dropout.evidence.map(\.signal) == ["sourcesOfRandomness"])
    evidence.run.preflight?.stepNoise = StepNoiseRecord(samples: 10_000, total: 10_000)
    #expect(OptimizerUnsuitableRule().evaluate(evidence) == nil)
    evidence.run.preflight?.stepNoise = nil
    #expect(OptimizerUnsuitableRule().evaluate(evidence) == nil)
  }

  @Test("missing values in the input come before everything")
  func corrupt() {
    var evidence = SyntheticRun(epochs: 3).evidence()
    evidence.run.preflight?.input?.nonFinite = 3
    evidence.epochs[0].trainLoss = .nan
    let found = Diagnostician().diagnose(evidence).findings
    #expect(found.first?.id == .corruptSamples)
    #expect(found.first { $0.id == .nonFiniteLoss }?.causes.contains(.corruptSamples) == true)
  }

  @Test("every finding carries evidence, a confidence and both languages")
  func complete() {
    let runs = [
      SyntheticRun(timeConstant: 20), SyntheticRun(floor: 0.01, timeConstant: 3, gap: 0.4),
      SyntheticRun(floor: 0.6, timeConstant: 3, gap: 0.01, parameters: 300),
    ]
    for finding in runs.flatMap({ Diagnostician().diagnose($0.evidence()).findings }) {
      #expect(!finding.evidence.isEmpty && !finding.remedies.isEmpty)
      #expect((0.5...1).contains(finding.confidence))
      #expect(finding.message.korean.hasSuffix("니다.") || finding.message.korean.hasSuffix("시오."))
    }
  }
}
