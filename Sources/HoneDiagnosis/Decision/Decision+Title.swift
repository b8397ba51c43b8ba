public import HoneRecords
public import HoneText

extension DecisionRecord.Question {
  /// The question as people ask it.
  public var title: Localized {
    switch self {
    case .setUp: Localized("Is the set-up sound?", korean: "설정이 올바른가?")
    case .judgement:
      Localized("Can the result be judged?", korean: "결과를 판단할 수 있는가?")
    case .bias:
      Localized("Is the training metric acceptable (bias)?", korean: "학습 성능이 충분한가(편향)?")
    case .variance:
      Localized("Does it carry over to new data (variance)?", korean: "새 데이터에도 통하는가(분산)?")
    case .shift:
      Localized("Are later data of the same kind?", korean: "이후의 데이터도 같은 분포인가?")
    case .overtuning:
      Localized("Is the validation result honest?", korean: "검증 결과를 믿을 수 있는가?")
    }
  }
}

extension ErrorBudget.Kind {
  /// What people call the part.
  public var title: Localized {
    switch self {
    case .unavoidable: Localized("unavoidable", korean: "피할 수 없는 오차")
    case .bias: Localized("avoidable bias", korean: "줄일 수 있는 편향")
    case .variance: Localized("variance", korean: "분산")
    case .shift: Localized("distribution shift", korean: "분포 차이")
    case .overtuning: Localized("over-tuned validation", korean: "검증 과적합")
    }
  }
}
