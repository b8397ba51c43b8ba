public import HoneText

extension SearchError {
  /// What came, what was expected, what to do.
  public var explanation: Localized {
    switch self {
    case .emptySpace:
      Localized(
        "The search space has no parameter. Name at least one.",
        korean: "탐색 공간에 매개변수가 없습니다. 하나 이상 지정하십시오.")
    case .duplicateParameter(let name):
      Localized(
        "The search space names '\(name)' twice. Keep one of the two.",
        korean: "탐색 공간에 '\(name)'이(가) 두 번 나옵니다. 하나만 남기십시오.")
    case .unsuitableSampler(let sampler, let reason):
      Localized(
        "The sampler \(sampler) cannot search here: \(reason.english)",
        korean: "표본 추출기 \(sampler)은(는) 여기에 쓸 수 없습니다: \(reason.korean)")
    case .invalidPruner(let reason): reason
    case .invalidBudget:
      Localized(
        "The study's budget is empty. Give it at least one trial, a deadline, or a target.",
        korean: "연구의 예산이 비어 있습니다. 시행 수, 마감 시각 또는 목표값을 지정하십시오.")
    case .invalidSpecification(let path, let reason):
      Localized(
        "The search space is not understood at '\(path)': \(reason)",
        korean: "탐색 공간의 '\(path)'을(를) 해석할 수 없습니다: \(reason)")
    case .newerStudy(let version):
      Localized(
        "The study was written by a later version of Hone (format \(version)). Update Hone.",
        korean: "이 연구는 더 새로운 버전의 Hone이 작성했습니다(형식 \(version)). Hone을 업데이트하십시오.")
    default: rangeExplanation
    }
  }

  private var rangeExplanation: Localized {
    switch self {
    case .emptyRange(let name, let low, let high):
      Localized(
        "The range of '\(name)' goes from \(low) to \(high); the first must not be above the second, "
          + "and both must be finite.",
        korean: "'\(name)'의 범위가 \(low)에서 \(high)까지입니다. 하한은 상한보다 클 수 없고 둘 다 유한해야 합니다.")
    case .logOverZero(let name, let low):
      Localized(
        "The range of '\(name)' begins at \(low), but a log scale needs a positive beginning. Raise "
          + "it, or use the linear scale.",
        korean: "'\(name)'의 범위가 \(low)에서 시작하지만 로그 척도는 양수에서 시작해야 합니다. 하한을 올리거나 선형 척도를 "
          + "쓰십시오.")
    case .logitOutside(let name, let low, let high):
      Localized(
        "The range of '\(name)' goes from \(low) to \(high), but a logit scale needs numbers strictly "
          + "between 0 and 1.",
        korean: "'\(name)'의 범위가 \(low)에서 \(high)까지이지만 로짓 척도는 0과 1 사이의 값만 받습니다.")
    case .invalidStep(let name, let step):
      Localized(
        "The step of '\(name)' is \(step); it must be positive and no wider than the range.",
        korean: "'\(name)'의 간격이 \(step)입니다. 간격은 양수이고 범위보다 넓지 않아야 합니다.")
    case .noChoices(let name):
      Localized(
        "'\(name)' has no values to choose from. Name at least one.",
        korean: "'\(name)'에 고를 값이 없습니다. 하나 이상 지정하십시오.")
    case .duplicateChoice(let name, let value):
      Localized(
        "'\(name)' names the value \(value) twice. Keep one of the two.",
        korean: "'\(name)'에 값 \(value)이(가) 두 번 나옵니다. 하나만 남기십시오.")
    case .mixedChoices(let name, let values):
      Localized(
        "'\(name)' mixes kinds of values: \(values.joined(separator: ", ")). Use only texts, only "
          + "numbers or only truth values.",
        korean: "'\(name)'에 서로 다른 종류의 값이 섞여 있습니다: \(values.joined(separator: ", ")). 문자열, 숫자, "
          + "참/거짓 중 한 종류만 쓰십시오.")
    default: conditionExplanation
    }
  }

  private var conditionExplanation: Localized {
    switch self {
    case .unknownCondition(let name, let condition, let nearest):
      Localized(
        "'\(name)' depends on '\(condition)', which the space does not have."
          + (nearest.map { " Did you mean '\($0)'?" } ?? " Add it, or drop the condition."),
        korean: "'\(name)'이(가) 공간에 없는 '\(condition)'에 의존합니다."
          + (nearest.map { " '\($0)'을(를) 뜻합니까?" } ?? " 매개변수를 추가하거나 조건을 지우십시오."))
    case .impossibleCondition(let name, let condition, let value):
      Localized(
        "'\(name)' waits for '\(condition)' to be \(value), which it never is. Correct the value.",
        korean: "'\(name)'은(는) '\(condition)'이(가) \(value)일 때만 쓰이지만 그런 값은 없습니다. 값을 고치십시오.")
    case .circularCondition(let name):
      Localized(
        "The conditions of '\(name)' lead back to itself. Break the circle.",
        korean: "'\(name)'의 조건이 자기 자신으로 되돌아옵니다. 순환을 끊으십시오.")
    case .incompatibleChange(let name):
      Localized(
        "'\(name)' cannot change in this way while the study has trials: a range may change its "
          + "bounds and a choice its values, but not its kind.",
        korean: "시행이 있는 연구에서는 '\(name)'을(를) 이렇게 바꿀 수 없습니다. 범위의 경계나 선택지는 바꿀 수 있지만 종류는 바꿀 "
          + "수 없습니다.")
    case .unknownParameter(let name, let nearest):
      Localized(
        "The space has no parameter '\(name)'." + (nearest.map { " Did you mean '\($0)'?" } ?? ""),
        korean: "공간에 매개변수 '\(name)'이(가) 없습니다."
          + (nearest.map { " '\($0)'을(를) 뜻합니까?" } ?? ""))
    case .invalidValue(let name, let value):
      Localized(
        "'\(name)' cannot be \(value). Choose a value of its range.",
        korean: "'\(name)'은(는) \(value)이(가) 될 수 없습니다. 범위 안의 값을 고르십시오.")
    default: studyExplanation
    }
  }

  private var studyExplanation: Localized {
    switch self {
    case .wrongValueCount(let trial, let expected, let got):
      Localized(
        "Trial \(trial) gave \(got) values, but the study has \(expected) objectives.",
        korean: "시행 \(trial)이(가) 값을 \(got)개 보고했지만 연구의 목적은 \(expected)개입니다.")
    case .notRunning(let trial):
      Localized(
        "Trial \(trial) is no longer running here: it has ended or another worker has it. Its result "
          + "was dropped.",
        korean: "시행 \(trial)은(는) 더 이상 여기서 실행 중이 아닙니다. 이미 끝났거나 다른 작업자가 맡았으므로 결과를 버렸습니다.")
    case .tooFewTrials(let needed, let found):
      Localized(
        "This needs \(needed) completed trials, and the study has \(found). Run more first.",
        korean: "완료된 시행이 \(needed)개 필요하지만 \(found)개뿐입니다. 먼저 시행을 더 실행하십시오.")
    case .severalObjectives:
      Localized(
        "The study has several objectives; name one of them, or look at the Pareto front.",
        korean: "이 연구에는 목적이 여러 개입니다. 하나를 고르거나 파레토 전선을 보십시오.")
    case .notReproduced(let trial):
      Localized(
        "The suggestion of trial \(trial) comes out differently from what is stored: the study was "
          + "changed, or made by another version.",
        korean: "시행 \(trial)의 제안값이 저장된 값과 다르게 계산됩니다. 연구가 변경되었거나 다른 버전으로 만들어졌습니다.")
    default: Localized(verbatim: "")
    }
  }
}
