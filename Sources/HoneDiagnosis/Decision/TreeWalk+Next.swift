import Foundation
import HoneRecords
import HoneText

extension TreeWalk {
  /// The next best action: what the first badly answered question asks for, else the largest part that
  /// the numbers leave open.
  var next: DecisionRecord.Action {
    guard let first = steps.first(where: { $0.answer == .bad })?.question ?? largestOpen else {
      return accept
    }
    switch first {
    case .setUp: return mend(setUpFinding, .setUp, "fix-set-up")
    case .judgement: return judge
    case .bias: return fitBetter
    case .variance: return generalize
    case .shift: return matchData
    case .overtuning: return freshData
    }
  }

  /// The open question with the largest part of the error.
  private var largestOpen: DecisionRecord.Question? {
    steps.filter { $0.answer == .unclear }.max { part(of: $0.question) < part(of: $1.question) }?
      .question
  }

  private func part(of question: DecisionRecord.Question) -> Double {
    switch question {
    case .bias: budget?[.bias]?.value ?? 0
    case .variance: budget?[.variance]?.value ?? 0
    case .shift: budget?[.shift]?.value ?? 0
    case .overtuning: budget?[.overtuning]?.value ?? 0
    case .setUp, .judgement: 0
    }
  }

  /// The first remedy of a finding.
  private func mend(
    _ finding: Finding?, _ question: DecisionRecord.Question, _ name: String
  ) -> DecisionRecord.Action {
    let remedy = finding?.remedies.first
    let title = finding?.id.title ?? Localized(verbatim: name)
    let hint = remedy?.rationale ?? finding?.message ?? title
    return DecisionRecord.Action(
      remedy?.id ?? name, question: question, finding: finding?.id, remedy: remedy,
      message: Localized(
        "\(title.english): \(hint.english)", korean: "\(title.korean): \(hint.korean)"))
  }

  private var judge: DecisionRecord.Action {
    if let finding = judgementFinding { return mend(finding, .judgement, "judge-better") }
    return DecisionRecord.Action(
      "add-validation", question: .judgement,
      message: Localized(
        "Hold back a part of the data for validation (data.validation: 0.1).",
        korean: "데이터의 일부를 검증용으로 남겨 두십시오(data.validation: 0.1)."))
  }

  /// What helps a model that underfits, from free to costly: go on, settle the steps, loosen, enlarge,
  /// look at the labels.
  private var fitBetter: DecisionRecord.Action {
    let order: [FindingName] = [
      .underfitEpochs, .oscillatingLoss, .learningRateTooLow, .slowConvergence, .lossPlateau,
      .overRegularised, .augmentationTooStrong, .batchSizeUnsuitable, .underfitCapacity,
    ]
    for name in order {
      if let finding = findings.first(where: { $0.id == name && !$0.remedies.isEmpty }) {
        return mend(finding, .bias, "fit-better")
      }
    }
    let catalogue = RemedyCatalogue(for: evidence.run)
    let fallbacks: [FindingName] = [.underfitCapacity, .learningRateTooLow, .underfitEpochs]
    if let remedy = fallbacks.flatMap(catalogue.remedies(for:)).first {
      return act(remedy, .bias)
    }
    return DecisionRecord.Action(
      "inspect-labels", question: .bias,
      message: Localized(
        "The model does not fit its own training data and no setting is left to change: look at "
          + "labels and features, or build a larger model. More data of the same kind will not help.",
        korean: "모델이 학습 데이터조차 맞히지 못하는데 더 바꿀 설정이 없습니다. 레이블과 특징을 살펴보거나 더 큰 모델을 만드십시오. "
          + "같은 종류의 데이터를 늘려도 나아지지 않습니다."))
  }

  /// Overfitting: equal distributions first, then the ladder of regularization, then data.
  private var generalize: DecisionRecord.Action {
    if let finding = shiftFinding ?? findings.first(where: { $0.id == .splitLeakage }) {
      return mend(finding, .variance, "match-data")
    }
    if let finding = findings.first(where: { $0.id == .overfit && !$0.remedies.isEmpty }) {
      return mend(finding, .variance, "generalize")
    }
    if let remedy = RemedyCatalogue(for: evidence.run).remedies(for: .overfit).first {
      return act(remedy, .variance)
    }
    return DecisionRecord.Action(
      "collect-data", question: .variance,
      message: Localized(
        "The model fits its training data and loses on new ones, and every regularizer is in use: "
          + "collect more data. hone diagnose RUN --learning-curve says what they would gain.",
        korean: "학습 데이터는 잘 맞히지만 새 데이터에서 성능이 떨어지고, 쓸 수 있는 규제는 모두 쓰고 있습니다. 데이터를 더 모으십시오. "
          + "hone diagnose RUN --learning-curve로 그 효과를 예측할 수 있습니다."))
  }

  private var matchData: DecisionRecord.Action {
    if let finding = shiftFinding { return mend(finding, .shift, "match-data") }
    return DecisionRecord.Action(
      "match-data", question: .shift,
      message: Localized(
        "The test data are of another kind than the validation data. Compare how both were collected "
          + "and prepared, and train on data like those that the model will meet.",
        korean: "시험 데이터가 검증 데이터와 다릅니다. 두 데이터의 수집과 전처리를 비교하고, 실제로 만날 데이터와 비슷한 데이터로 "
          + "학습하십시오."))
  }

  private var freshData: DecisionRecord.Action {
    let remedy = RemedyCatalogue(for: evidence.run).remedies(for: .validationTooSmall).first
    return DecisionRecord.Action(
      remedy?.id ?? "fresh-validation", question: .overtuning, remedy: remedy,
      message: Localized(
        "The validation split was used up by choosing. Enlarge it, or validate on fresh data.",
        korean: "검증 데이터로 너무 많이 골랐습니다. 검증 데이터를 늘리거나 새로운 데이터로 검증하십시오."))
  }

  private func act(
    _ remedy: Remedy, _ question: DecisionRecord.Question
  ) -> DecisionRecord.Action {
    DecisionRecord.Action(
      remedy.id, question: question, remedy: remedy, message: remedy.rationale)
  }

  /// Nothing is left to do, or too little was seen.
  private var accept: DecisionRecord.Action {
    guard budget != nil else {
      return DecisionRecord.Action(
        "train-on",
        message: Localized(
          "No epoch has ended with finite numbers. Train on, then ask again.",
          korean: "유한한 값으로 끝난 에폭이 아직 없습니다. 더 학습한 뒤에 다시 진단하십시오."))
    }
    return DecisionRecord.Action(
      "accept",
      message: floor?.isGiven == true
        ? Localized(
          "The aim is reached within what the samples can show. Only speed and size are left.",
          korean: "표본으로 확인할 수 있는 범위에서 목표에 도달했습니다. 남은 것은 속도와 크기뿐입니다.")
        : Localized(
          "No part of the error stands out. Name a target or a human score to go on.",
          korean: "두드러진 오차가 없습니다. 더 개선하려면 목표값이나 사람의 수준을 알려 주십시오."))
  }
}
