public import HoneText

extension MetricName {
  /// The metric's name for people.
  public var label: Localized { description.label }

  /// What the metric says, as a formula or in words.
  public var formula: Localized { description.formula }

  /// The paper that it is from; empty where it needs none.
  public var source: String {
    switch self {
    case .balancedAccuracy: "Brodersen et al. 2010"
    case .f1, .f1Macro, .f1Micro, .f1Weighted, .f2Macro, .fHalfMacro: "van Rijsbergen 1979"
    case .matthewsCorrelation: "Matthews 1975; Gorodkin 2004"
    case .cohenKappa: "Cohen 1960"
    case .rocAUC: "Hanley and McNeil 1982"
    case .prAUC: "Davis and Goadrich 2006"
    case .brierScore: "Brier 1950"
    case .calibrationError: "Guo et al. 2017, arXiv 1706.04599"
    case .spearmanCorrelation: "Spearman 1904"
    default: ""
    }
  }

  private var description: (label: Localized, formula: Localized) {
    switch self {
    case .accuracy, .topFiveAccuracy, .balancedAccuracy, .matthewsCorrelation, .cohenKappa,
      .subsetAccuracy, .hammingLoss:
      decisions
    case .rocAUC, .averagePrecision, .prAUC, .logLoss, .perplexity, .brierScore,
      .calibrationError:
      probabilities
    case .meanAbsoluteError, .meanSquaredError, .rootMeanSquaredError,
      .meanAbsolutePercentageError, .r2, .pearsonCorrelation, .spearmanCorrelation:
      numbers
    default: classFigures
    }
  }

  private var decisions: (Localized, Localized) {
    switch self {
    case .topFiveAccuracy:
      (
        Localized("top-5 accuracy", korean: "상위 5개 정확도"),
        Localized(
          "the share of samples whose class is among the five most probable",
          korean: "정답이 확률 상위 5개 클래스에 든 샘플의 비율")
      )
    case .balancedAccuracy:
      (
        Localized("balanced accuracy", korean: "균형 정확도"),
        Localized(
          "the mean recall of the classes that have samples", korean: "샘플이 있는 클래스별 재현율의 평균")
      )
    case .matthewsCorrelation:
      (
        Localized("Matthews correlation", korean: "매튜스 상관계수"),
        Localized(
          "the correlation of predicted and true classes; 0 by chance, 1 at best",
          korean: "예측 클래스와 실제 클래스의 상관; 우연이면 0, 최고 1")
      )
    case .cohenKappa:
      (
        Localized("Cohen's kappa", korean: "코헨의 카파"),
        Localized(
          "(p - e) / (1 - e): agreement p beyond the agreement e of chance",
          korean: "(p - e) / (1 - e): 우연의 일치율 e를 넘는 일치율 p")
      )
    case .subsetAccuracy:
      (
        Localized("subset accuracy", korean: "부분집합 정확도"),
        Localized(
          "the share of samples whose labels are all right", korean: "모든 레이블이 맞은 샘플의 비율")
      )
    case .hammingLoss:
      (
        Localized("Hamming loss", korean: "해밍 손실"),
        Localized("the share of wrong yes-or-no decisions", korean: "틀린 예/아니요 판정의 비율")
      )
    default:
      (
        Localized("accuracy", korean: "정확도"),
        Localized("the share of samples that are right", korean: "맞힌 샘플의 비율")
      )
    }
  }

  private var probabilities: (Localized, Localized) {
    switch self {
    case .rocAUC:
      (
        Localized("area under the ROC curve", korean: "ROC 곡선 아래 면적"),
        Localized(
          "the probability that a positive scores above a negative; over classes against the rest",
          korean: "양성이 음성보다 높은 점수를 받을 확률; 클래스마다 나머지와 견준 평균")
      )
    case .averagePrecision:
      (
        Localized("average precision", korean: "평균 정밀도(AP)"),
        Localized(
          "sum of (R[n] - R[n-1]) P[n] over thresholds", korean: "임계값에 걸친 (R[n] - R[n-1]) P[n]의 합")
      )
    case .prAUC:
      (
        Localized("area under the precision-recall curve", korean: "정밀도-재현율 곡선 아래 면적"),
        Localized(
          "by trapezoids, which flatters where points are few",
          korean: "사다리꼴 적분; 점이 적으면 실제보다 높게 나옴")
      )
    case .perplexity:
      (
        Localized("perplexity", korean: "퍼플렉서티"),
        Localized("exp of the log loss", korean: "로그 손실의 지수")
      )
    case .brierScore:
      (
        Localized("Brier score", korean: "브라이어 점수"),
        Localized(
          "the mean squared distance of probabilities from the truth; halved for two classes",
          korean: "확률과 정답의 거리 제곱 평균; 두 클래스면 절반")
      )
    case .calibrationError:
      (
        Localized("calibration error", korean: "보정 오차"),
        Localized(
          "the mean distance of confidence from accuracy over 15 bins of confidence",
          korean: "확신도 15개 구간에 걸친 확신도와 정확도 차이의 평균")
      )
    default:
      (
        Localized("log loss", korean: "로그 손실"),
        Localized(
          "the mean of -log p of the true class", korean: "정답 클래스 확률 p의 -log p 평균")
      )
    }
  }

  private var numbers: (Localized, Localized) {
    switch self {
    case .meanSquaredError:
      (
        Localized("mean squared error", korean: "평균 제곱 오차"),
        Localized("mean of (y - ŷ)²", korean: "(y - ŷ)²의 평균")
      )
    case .rootMeanSquaredError:
      (
        Localized("root mean squared error", korean: "평균 제곱근 오차"),
        Localized("square root of the mean of (y - ŷ)²", korean: "(y - ŷ)² 평균의 제곱근")
      )
    case .meanAbsolutePercentageError:
      (
        Localized("mean absolute percentage error", korean: "평균 절대 백분율 오차"),
        Localized(
          "mean of |y - ŷ| / |y|, as a fraction; huge where y is near 0",
          korean: "|y - ŷ| / |y|의 평균(분수); y가 0에 가까우면 매우 커짐")
      )
    case .r2:
      (
        Localized("R²", korean: "결정 계수(R²)"),
        Localized(
          "1 - Σ(y - ŷ)² / Σ(y - mean)²: the share of variance explained",
          korean: "1 - Σ(y - ŷ)² / Σ(y - 평균)²: 설명한 분산의 비율")
      )
    case .pearsonCorrelation:
      (
        Localized("Pearson correlation", korean: "피어슨 상관계수"),
        Localized(
          "the linear correlation of predictions and targets", korean: "예측과 목표의 선형 상관")
      )
    case .spearmanCorrelation:
      (
        Localized("Spearman correlation", korean: "스피어만 상관계수"),
        Localized("the correlation of their ranks", korean: "순위의 상관")
      )
    default:
      (
        Localized("mean absolute error", korean: "평균 절대 오차"),
        Localized("mean of |y - ŷ|", korean: "|y - ŷ|의 평균")
      )
    }
  }

  /// Figures of single classes: what they are of, and how classes become one.
  private var classFigures: (Localized, Localized) {
    let name = rawValue
    let (english, korean, formula): (String, String, Localized) =
      if name.hasPrefix("precision") {
        ("precision", "정밀도", Localized("TP / (TP + FP)", korean: "TP / (TP + FP)"))
      } else if name.hasPrefix("recall") {
        ("recall", "재현율", Localized("TP / (TP + FN)", korean: "TP / (TP + FN)"))
      } else if name.hasPrefix("specificity") {
        ("specificity", "특이도", Localized("TN / (TN + FP)", korean: "TN / (TN + FP)"))
      } else if name.hasPrefix("f2") {
        ("F2", "F2", Localized("5 P R / (4 P + R)", korean: "5 P R / (4 P + R)"))
      } else if name.hasPrefix("fHalf") {
        ("F0.5", "F0.5", Localized("1.25 P R / (0.25 P + R)", korean: "1.25 P R / (0.25 P + R)"))
      } else {
        ("F1", "F1", Localized("2 P R / (P + R)", korean: "2 P R / (P + R)"))
      }
    let over: Localized =
      switch averaged?.average {
      case .macro: Localized("mean over classes", korean: "클래스별 값의 평균")
      case .micro: Localized("over all decisions together", korean: "모든 판정을 합쳐 계산")
      case .weighted:
        Localized("mean over classes, weighted by samples", korean: "샘플 수로 가중한 클래스별 값의 평균")
      case nil: Localized("of the second of two classes", korean: "두 클래스 중 두 번째 클래스의 값")
      }
    let average = averaged.map { " (\($0.average.rawValue))" } ?? ""
    return (
      Localized("\(english)\(average)", korean: "\(korean)\(average)"),
      Localized(
        "\(formula.english), \(over.english)", korean: "\(formula.korean), \(over.korean)")
    )
  }
}
