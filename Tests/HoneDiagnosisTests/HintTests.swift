import Foundation
import HoneRecords
import HoneText
import Testing

@testable import HoneDiagnosis

/// What looks like a fault at first sight and is none, beside the fault that it looks like.
struct HintTests {
  @Test("a loss that rises while as many answers stay right is overconfidence, not overfitting")
  func overconfidence() {
    var evidence = SyntheticRun(
      floor: 0.01, timeConstant: 3, validationDrift: { max(0, Double($0) - 10) * 0.008 }
    ).evidence()
    #expect(OverfitRule().evaluate(evidence) != nil)
    for index in evidence.epochs.indices {
      evidence.epochs[index].validationMetric = min(0.97, 0.7 + 0.03 * Double(index))
    }
    #expect(OverfitRule().evaluate(evidence) == nil)
    #expect(OverconfidentRule().evaluate(evidence)?.severity == .info)
  }

  @Test("where much of what was learned does not carry over it is overfitting all the same")
  func wideGap() {
    var evidence = SyntheticRun(
      floor: 0.01, timeConstant: 3, gap: 0.4, validationDrift: { max(0, Double($0) - 10) * 0.008 }
    ).evidence()
    for index in evidence.epochs.indices { evidence.epochs[index].validationMetric = 0.7 }
    #expect(OverfitRule().evaluate(evidence) != nil)
  }

  /// A run whose loss jumped once, with gradient norms of 400 steps.
  private func run(_ norm: (Int) -> Double) -> RunEvidence {
    var evidence = SyntheticRun().evidence()
    evidence.steps = (0..<400).map { step in
      StepRecord(
        step: step, epoch: 1 + step / 80, loss: step == 1 ? 20 : 2, learningRate: 0.1,
        gradientNorm: norm(step))
    }
    return evidence
  }

  @Test("gradients that shrink as a run converges do not explode; single ones far above do")
  func gradients() {
    let converging = run { 100 * exp(-Double($0) / 25) }
    #expect(ExplodingGradientRule().evaluate(converging) == nil)
    let exploding = run { $0 % 60 == 30 ? 500 : 1 }
    #expect(ExplodingGradientRule().evaluate(exploding)?.severity == .critical)
  }

  @Test("a loss that is lowest at the end has not risen, whatever the median of the last epochs")
  func falling() {
    var evidence = SyntheticRun(epochs: 6).evidence()
    for (index, loss) in [2.0, 1.2, 0.8, 0.6, 0.5, 0.3].enumerated() {
      evidence.epochs[index].validationLoss = loss
      evidence.epochs[index].validationMetric = 0.8
    }
    #expect(OverconfidentRule().evaluate(evidence) == nil)
  }

  @Test("a model that answers well has learned something, however large its loss")
  func largeLoss() {
    var evidence = SyntheticRun(floor: 0.999, noise: 0).evidence()
    #expect(NotLearningRule().evaluate(evidence) != nil)
    for index in evidence.epochs.indices { evidence.epochs[index].validationMetric = 0.82 }
    #expect(NotLearningRule().evaluate(evidence) == nil)
  }

  @Test(
    "a layer that gets gradients and never moves is frozen, whatever the configuration spells out")
  func frozen() {
    var run = LayerRun()
    run.states { if $0 == 2 { $1.update = 0 } }
    run.evidence.run.configuration = run.evidence.run.configuration.replacingOccurrences(
      of: "\"name\":\"mlp\"", with: "\"name\":\"mlp\",\"freeze\":\"none\"")
    #expect(run.problems.contains(.frozenParameters))
    run.evidence.run.configuration = run.evidence.run.configuration.replacingOccurrences(
      of: "\"freeze\":\"none\"", with: "\"freeze\":\"backbone\"")
    #expect(!run.problems.contains(.frozenParameters))
  }

  @Test(
    "an evaluation that jumps, and is far above training even at its best, shows the modes apart")
  func jumping() {
    var run = LayerRun()
    run.fact(0) { $0.followers = ["batchNorm", "relu"] }
    for index in run.evidence.epochs.indices {
      run.evidence.epochs[index].trainLoss = 0.6
      run.evidence.epochs[index].trainEvaluationLoss = index.isMultiple(of: 2) ? 160 : 1_500
    }
    #expect(ModeGap(run.evidence) != nil)
    for index in run.evidence.epochs.indices {
      run.evidence.epochs[index].trainEvaluationLoss = 0.6
    }
    #expect(ModeGap(run.evidence) == nil)
  }

  @Test("the noise of tiny batches' statistics is theirs, and no regularization")
  func tinyBatches() {
    var run = LayerRun(floor: 0.5)
    run.fact(0) { $0.followers = ["batchNorm", "relu"] }
    run.wire { $0.batchSize = 2 }
    for index in run.evidence.epochs.indices {
      run.evidence.epochs[index].trainLoss =
        (run.evidence.epochs[index].trainEvaluationLoss ?? 0) + 0.6
    }
    #expect(run.problems.contains(.batchNormSmallBatch))
    #expect(!run.problems.contains(.overRegularised))
    run.wire { $0.batchSize = 64 }
    #expect(!run.problems.contains(.batchNormSmallBatch))
  }

  private struct Guess: Rule {
    let id = FindingName.oscillatingLoss
    let confidence: Double

    func evaluate(_ evidence: RunEvidence) -> Finding? {
      Finding(
        id: id, severity: .warning, confidence: confidence, epoch: nil, evidence: [],
        remedies: [], message: Localized("", korean: ""))
    }
  }

  @Test("a warning about as likely wrong as right is a hint")
  func confidence() {
    let evidence = SyntheticRun().evidence()
    let unsure = Diagnostician(rules: [Guess(confidence: 0.55)]).diagnose(evidence)
    #expect(unsure.findings.first?.severity == .info)
    #expect(unsure.verdict == .healthy)
    let sure = Diagnostician(rules: [Guess(confidence: 0.65)]).diagnose(evidence)
    #expect(sure.verdict == .problems)
  }
}
