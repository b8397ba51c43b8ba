import Foundation
public import HoneRecords
import HoneText

/// The decision tree of the curriculum: from a result to the next thing to do.
///
/// Is the set-up sound, can the numbers be judged, is the training metric good enough for the target
/// (the user's, people's, or the ceiling that the data allow), does it carry over to validation, are
/// later data of the same kind, was the validation split used up by choosing (Ng 2018, Machine
/// Learning Yearning, chapters 20 to 43).
public struct DecisionTree: Sendable {
  /// What the run is held against.
  public var aims: Aims

  /// The share of the whole error under which a part of it is no reason to act.
  static let materialShare = 0.1

  /// A tree for some aims.
  public init(aims: Aims = Aims()) {
    self.aims = aims
  }

  /// Walks through the questions.
  /// - Parameters:
  ///   - evidence: the run's records.
  ///   - findings: what the diagnosis found in them, most important first.
  public func walk(_ evidence: RunEvidence, findings: [Finding]) -> DecisionRecord {
    let walk = TreeWalk(evidence, findings: findings, aims: aims)
    return DecisionRecord(steps: walk.steps, budget: walk.budget, next: walk.next)
  }
}

/// One walk through the tree.
struct TreeWalk {
  let evidence: RunEvidence
  let findings: [Finding]
  let aims: Aims
  let errors: RunErrors?
  let floor: NoiseFloor?
  let budget: ErrorBudget?
  private(set) var steps: [DecisionRecord.Step] = []

  init(_ evidence: RunEvidence, findings: [Finding], aims: Aims) {
    self.evidence = evidence
    self.findings = findings
    self.aims = aims
    errors = RunErrors(evidence)
    floor = errors.map { NoiseFloor(evidence, $0, aims: aims) }
    if let errors, let floor {
      budget = ErrorBudget(evidence, errors, floor: floor)
    } else {
      budget = nil
    }
    let asked = [setUp, judgement, bias, variance, shift, overtuning]
    var isOpen = true
    for step in asked {
      var step = step
      // What comes after the first trouble is a consequence, or waits for it.
      if !isOpen, step.answer != .notAsked { step.answer = .notAsked }
      if step.answer == .bad { isOpen = false }
      steps.append(step)
    }
  }

  /// Problems that come before the question how well the data are fitted.
  static let setUpRanks = 0...8

  /// The earliest problem of the set-up.
  var setUpFinding: Finding? {
    findings.first { finding in
      finding.severity >= .warning && Self.setUpRanks.contains(CausalOrder.rank(of: finding.id))
    }
  }

  private var setUp: DecisionRecord.Step {
    if let finding = setUpFinding {
      return .init(
        .setUp, .bad,
        Localized(
          "\(finding.id.title.english) comes before everything else.",
          korean: "\(finding.id.title.korean)부터 해결해야 합니다."))
    }
    return .init(
      .setUp, .good,
      Localized("Nothing in the set-up stands out.", korean: "설정에서 문제가 보이지 않습니다."))
  }

  private var judgement: DecisionRecord.Step {
    if let finding = judgementFinding {
      return .init(.judgement, .bad, finding.message)
    }
    guard let validation = errors?.validation else {
      return .init(
        .judgement, .bad,
        Localized(
          "Nothing was validated, so nothing can be said of new data.",
          korean: "검증을 하지 않아 새로운 데이터에 대해서는 알 수 없습니다."))
    }
    let width = Formatting.significant(1.96 * validation.error, digits: 2)
    if errors?.validationScatters == true {
      return .init(
        .judgement, .unclear,
        Localized(
          "How many samples were validated is not known; from epoch to epoch the result jumps by ±\(width).",
          korean: "검증 표본 수를 알 수 없습니다. 검증 결과는 에폭마다 ±\(width)만큼 달라집니다."))
    }
    return .init(
      .judgement, .good,
      Localized(
        "The validation result is known to ±\(width).", korean: "검증 결과의 오차는 ±\(width)입니다."))
  }

  /// A metric or a validation split that cannot show what matters.
  var judgementFinding: Finding? {
    findings.first { $0.id == .classImbalance && $0.severity >= .warning }
      ?? findings.first { finding in
        // A small split hinders where its uncertainty is larger than what there is to gain.
        finding.id == .validationTooSmall
          && (errors?.validation).map { $0.value < 1.96 * $0.error } ?? true
      }
  }

  private var bias: DecisionRecord.Step {
    guard let errors, let floor, let part = budget?[.bias] else {
      return .init(.bias, .notAsked, nothing)
    }
    let train = Formatting.significant(errors.train.value)
    let left = Formatting.significant(floor.value)
    let answer = answer(part)
    let message =
      switch answer {
      case .bad:
        Localized(
          "The training error is \(train); \(left) would be acceptable (\(floor.note.english)). The "
            + "model underfits.",
          korean: "학습 오차가 \(train)인데 \(left)까지는 줄일 수 있습니다(\(floor.note.korean)). 과소적합입니다.")
      case .unclear:
        Localized(
          "The training error is \(train). Whether that is good enough depends on the error that no "
            + "model avoids (\(floor.note.english)): name a target or a human score.",
          korean: "학습 오차가 \(train)입니다. 어떤 모델도 피할 수 없는 오차(\(floor.note.korean))에 따라 판단이 달라지므로 "
            + "목표값이나 사람의 수준을 알려 주십시오.")
      default:
        Localized(
          "The training error of \(train) is acceptable (\(floor.note.english)).",
          korean: "학습 오차 \(train)은(는) 받아들일 만합니다(\(floor.note.korean)).")
      }
    return .init(.bias, answer, message)
  }

  private var variance: DecisionRecord.Step {
    guard let part = budget?[.variance] else { return .init(.variance, .notAsked, nothing) }
    let (gap, low, high) = words(part)
    let answer = answer(part)
    return .init(
      .variance, answer,
      answer == .good
        ? Localized(
          "What was learned carries over: validation adds \(gap) (\(low) to \(high)).",
          korean: "학습한 것이 새로운 데이터에도 통합니다. 검증 오차의 증가분은 \(gap)(\(low)~\(high))입니다.")
        : Localized(
          "Validation adds an error of \(gap) (\(low) to \(high)) to that of training.",
          korean: "검증 오차가 학습 오차보다 \(gap)(\(low)~\(high))만큼 큽니다."))
  }

  private var shift: DecisionRecord.Step {
    if let finding = shiftFinding { return .init(.shift, .bad, finding.message) }
    guard let part = budget?[.shift] else { return .init(.shift, .notAsked, nothing) }
    let (gap, low, high) = words(part)
    let answer = answer(part)
    return .init(
      .shift, answer,
      Localized(
        "The test split adds \(gap) (\(low) to \(high)) beyond what choosing explains.",
        korean: "선택의 효과를 빼고도 시험 오차가 \(gap)(\(low)~\(high))만큼 큽니다."))
  }

  /// Splits that differ.
  var shiftFinding: Finding? {
    findings.first { $0.id == .distributionShift && $0.severity >= .warning }
  }

  private var overtuning: DecisionRecord.Step {
    guard let part = budget?[.overtuning] else { return .init(.overtuning, .notAsked, nothing) }
    let (gap, low, high) = words(part)
    // What one run's epochs can flatter is small; it is said, and acted upon where it is most of the error.
    let answer: DecisionRecord.Answer =
      part.value > 0.5 * max(budget?.total ?? 0, 1e-12) ? .bad : .good
    return .init(
      .overtuning, answer,
      Localized(
        "Choosing by the validation split flattered it by \(gap) (\(low) to \(high)) at most.",
        korean: "검증 데이터로 고른 효과는 최대 \(gap)(\(low)~\(high))입니다."))
  }

  /// Bad where even the least that a part may be matters, good where the most does not.
  private func answer(_ part: ErrorBudget.Part) -> DecisionRecord.Answer {
    let whole = max(budget?.total ?? 0, errors?.validation?.value ?? 0, 1e-12)
    let material = DecisionTree.materialShare * whole
    guard let low = part.interval.first, let high = part.interval.last else { return .unclear }
    if low > 0, part.value > material { return .bad }
    if high <= material || part.value <= 0 || (low <= 0 && part.value <= material) { return .good }
    return .unclear
  }

  private func words(_ part: ErrorBudget.Part) -> (String, String, String) {
    (
      Formatting.significant(part.value, digits: 2),
      Formatting.significant(part.interval.first ?? .nan, digits: 2),
      Formatting.significant(part.interval.last ?? .nan, digits: 2)
    )
  }

  private var nothing: Localized {
    Localized("Not measured in this run.", korean: "이 실행에서는 측정하지 않았습니다.")
  }
}
