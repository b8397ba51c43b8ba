public import HoneRecords
public import HoneText

extension FindingName {
  /// What people call the finding.
  public var title: Localized {
    dynamicsTitle ?? fitTitle ?? setUpTitle ?? dataTitle ?? Localized(verbatim: rawValue)
  }

  private var dynamicsTitle: Localized? {
    switch self {
    case .vanishingGradient: Localized("Vanishing gradients", korean: "기울기 소실")
    case .explodingGradient: Localized("Exploding gradients", korean: "기울기 폭주")
    case .dyingReLU: Localized("Dying ReLU units", korean: "죽은 ReLU 유닛")
    case .saturatedActivation: Localized("Saturated activations", korean: "활성값 포화")
    case .activationScale: Localized("Scale of activations", korean: "활성값의 규모")
    case .oscillatingLoss: Localized("Oscillating loss", korean: "손실 진동")
    case .slowConvergence: Localized("Slow convergence", korean: "느린 수렴")
    case .learningRateTooHigh: Localized("Learning rate too high", korean: "지나치게 높은 학습률")
    case .learningRateTooLow: Localized("Learning rate too low", korean: "지나치게 낮은 학습률")
    case .nonFiniteLoss: Localized("Loss is not finite", korean: "유한하지 않은 손실")
    case .lossPlateau: Localized("Loss plateau", korean: "손실 정체")
    case .notLearning: Localized("Not learning", korean: "학습되지 않음")
    case .optimizerUnsuitable: Localized("Unsuitable optimizer", korean: "부적합한 최적화 기법")
    default: nil
    }
  }

  private var fitTitle: Localized? {
    switch self {
    case .underfitCapacity: Localized("Underfitting: capacity", korean: "과소적합: 모델 용량 부족")
    case .underfitEpochs: Localized("Underfitting: too few epochs", korean: "과소적합: 에폭 부족")
    case .overfit: Localized("Overfitting", korean: "과대적합")
    case .overRegularised: Localized("Regularization too strong", korean: "지나친 규제")
    case .overconfident: Localized("Overconfident predictions", korean: "과신하는 예측")
    default: nil
    }
  }

  private var setUpTitle: Localized? {
    switch self {
    case .symmetricInitialisation: Localized("Symmetric initialization", korean: "대칭적인 초기화")
    case .initialisationScale: Localized("Scale of the initialization", korean: "초기화의 규모")
    case .initialLoss: Localized("Initial loss", korean: "초기 손실")
    case .inputScale: Localized("Scale of the inputs", korean: "입력의 규모")
    case .targetScale: Localized("Scale of the targets", korean: "목표값의 규모")
    case .hiddenActivation: Localized("Hidden activation", korean: "은닉층 활성화 함수")
    case .lossActivationMismatch:
      Localized("Loss and output do not match", korean: "손실 함수와 출력층의 불일치")
    case .lossReduction: Localized("Reduction of the loss", korean: "손실 집계 방식")
    case .gradientFlow: Localized("Gradient flow", korean: "기울기 흐름")
    case .batchNormSmallBatch:
      Localized("Batch normalization on small batches", korean: "작은 배치에서의 배치 정규화")
    case .trainEvalInconsistency:
      Localized("Training and evaluation differ", korean: "학습 모드와 평가 모드의 불일치")
    case .dropoutBeforeBatchNorm:
      Localized("Dropout before batch normalization", korean: "배치 정규화 앞의 드롭아웃")
    case .batchSizeUnsuitable: Localized("Unsuitable batch size", korean: "부적합한 배치 크기")
    case .frozenParameters: Localized("Frozen parameters", korean: "고정된 매개변수")
    case .dataLoaderBottleneck: Localized("Data loading is the bottleneck", korean: "데이터 로딩 병목")
    default: nil
    }
  }

  private var dataTitle: Localized? {
    switch self {
    case .classImbalance: Localized("Class imbalance", korean: "클래스 불균형")
    case .labelNoise: Localized("Wrong labels", korean: "레이블 오류")
    case .distributionShift: Localized("Splits differ", korean: "분할 간 분포 차이")
    case .splitLeakage: Localized("Leakage between splits", korean: "분할 간 데이터 누출")
    case .validationTooSmall: Localized("Validation split too small", korean: "검증 표본 부족")
    case .corruptSamples: Localized("Corrupt samples", korean: "손상된 표본")
    case .constantFeature: Localized("Constant feature", korean: "변하지 않는 특성")
    case .missingValues: Localized("Missing values", korean: "결측값")
    case .mixedValueRanges: Localized("Mixed value ranges", korean: "섞인 값 범위")
    case .duplicateSamples: Localized("Duplicate samples", korean: "중복 표본")
    case .outliers: Localized("Outliers", korean: "이상값")
    case .augmentationTooStrong: Localized("Augmentation too strong", korean: "지나친 데이터 증강")
    default: nil
    }
  }
}
