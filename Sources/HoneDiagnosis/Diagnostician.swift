public import HoneRecords
import HoneText

/// Applies rules to a run's records and orders what they find: the earliest cause first, each
/// consequence with the findings that explain it.
public struct Diagnostician: Sendable {
  /// Epochs with a finite training loss below which nothing is called healthy: the slope and the
  /// overfitting rules need that many points.
  public static let minimumEpochs = 5

  /// The confidence below which a warning is a hint: what is about as likely wrong as right.
  public static let leastConfidence = 0.6

  /// The rules that are asked, in any order.
  public var rules: [any Rule]
  /// What the run is held against.
  public var aims: Aims

  /// A diagnostician with the rules and aims given.
  public init(rules: [any Rule] = Diagnostician.standardRules, aims: Aims = Aims()) {
    self.rules = rules
    self.aims = aims
  }

  /// Every rule that Hone ships.
  public static var standardRules: [any Rule] {
    [
      CorruptSamplesRule(), ClassImbalanceRule(), ValidationTooSmallRule(), NonFiniteLossRule(),
      InitialLossRule(), InputScaleRule(), TargetScaleRule(), LearningRateTooHighRule(),
      LearningRateTooLowRule(), ExplodingGradientRule(), OscillatingLossRule(), NotLearningRule(),
      UnderfitEpochsRule(), UnderfitCapacityRule(), OverRegularisedRule(), OverfitRule(),
      LossPlateauRule(), DataLoaderBottleneckRule(), OptimizerUnsuitableRule(),
    ] + layerRules
  }

  /// The rules about layers, wiring and data as they reached the model.
  private static var layerRules: [any Rule] {
    [
      LossActivationMismatchRule(), LossReductionRule(), GradientFlowRule(),
      HiddenActivationRule(), SymmetricInitialisationRule(), InitialisationScaleRule(),
      VanishingGradientRule(), DyingReLURule(), SaturatedActivationRule(), ActivationScaleRule(),
      BatchNormSmallBatchRule(), TrainEvalInconsistencyRule(), DropoutBeforeBatchNormRule(),
      BatchSizeUnsuitableRule(), FrozenParametersRule(), LabelNoiseRule(),
      DistributionShiftRule(), SplitLeakageRule(), AugmentationTooStrongRule(),
      SlowConvergenceRule(), OverconfidentRule(),
    ]
  }

  /// What the records say of the run.
  ///
  /// The verdict is `problems` where a finding is at least a warning, `insufficientEvidence` where
  /// none is and fewer than ``minimumEpochs`` epochs were seen, and `healthy` otherwise.
  public func diagnose(_ evidence: RunEvidence) -> DiagnosisRecord {
    var findings = rules.compactMap { $0.evaluate(evidence) }
    for index in findings.indices
    where findings[index].severity == .warning
      && findings[index].confidence < Self.leastConfidence
    {
      findings[index].severity = .info
    }
    findings.sort { CausalOrder.precedes($0, $1) }
    let present = Set(findings.map(\.id))
    for index in findings.indices {
      findings[index].causes = CausalOrder.causes(of: findings[index].id).filter(present.contains)
    }
    let seen = evidence.epochs.count { $0.trainLoss.isFinite }
    let verdict: DiagnosisRecord.Verdict
    if findings.contains(where: { $0.severity >= .warning }) {
      verdict = .problems
    } else {
      verdict = seen < Self.minimumEpochs ? .insufficientEvidence : .healthy
    }
    var record = DiagnosisRecord(
      run: evidence.run.id, verdict: verdict, findings: findings,
      note: note(verdict, findings: findings, epochs: seen))
    record.decision = DecisionTree(aims: aims).walk(evidence, findings: findings)
    return record
  }

  /// The name of what a run lacks: `failed`, `stuck`, `behindNeighbours`; nil where it lacks nothing.
  package static func shortfall(of evidence: RunEvidence) -> String? {
    switch Shortfall(evidence) {
    case .failed: "failed"
    case .stuck: "stuck"
    case .behindNeighbours: "behindNeighbours"
    case nil: nil
    }
  }

  /// The share of the loss of knowing nothing that the run has learned, late in the run.
  package static func explained(of evidence: RunEvidence) -> Double? {
    LearningCurves(evidence).explained
  }

  private func note(
    _ verdict: DiagnosisRecord.Verdict, findings: [Finding], epochs: Int
  ) -> Localized {
    switch verdict {
    case .problems:
      let first = findings.first { $0.severity >= .warning }
      let title = first?.id.title ?? Localized(verbatim: "")
      if findings.count == 1 {
        return Localized("One finding: \(title.english).", korean: "진단 1건: \(title.korean)")
      }
      return Localized(
        "\(findings.count) findings. Start with the earliest cause: \(title.english).",
        korean: "진단 \(findings.count)건입니다. 가장 앞선 원인부터 해결하십시오: \(title.korean)")
    case .healthy:
      return Localized(
        "No fault shows in \(epochs) epochs.", korean: "에폭 \(epochs)개에서 문제가 보이지 않습니다.")
    case .insufficientEvidence:
      let missing = Self.minimumEpochs - epochs
      return Localized(
        "No fault shows in \(epochs) epoch(s), too few to judge. Train \(missing) more.",
        korean: "에폭 \(epochs)개에서는 문제가 보이지 않지만 판단하기에 부족합니다. 에폭 \(missing)개를 더 학습하십시오.")
    }
  }
}
