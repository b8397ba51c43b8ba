public import HoneRecords
import HoneText

/// A loss and an output that do not belong together.
public struct LossActivationMismatchRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.lossActivationMismatch

  /// The rule; it has no settings.
  public init() {}

  /// One pair that does not fit.
  struct Mismatch: Equatable {
    var signal: String
    var value = 1.0
    var threshold = 0.0
    var severity = Finding.Severity.critical
    var english: String
    var korean: String
  }

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    guard let wiring = evidence.run.preflight?.wiring else { return nil }
    let task = evidence.run.task.kind
    let found = Self.shape(wiring, task) ?? Self.range(wiring, task) ?? Self.kind(wiring, task)
    guard let found else { return nil }
    return Finding(
      id: id, severity: found.severity, confidence: Confidence.ceiling,
      layer: evidence.run.preflight?.layers?.last?.path, epoch: nil,
      evidence: [
        Evidence(
          signal: found.signal, value: found.value, threshold: found.threshold, comparison: .above,
          source: "output units follow from the loss; Goodfellow et al. 2016, section 6.2.2")
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(found.english, korean: found.korean))
  }

  /// A softmax that cannot say anything.
  private static func shape(_ wiring: WiringRecord, _ task: TaskKind) -> Mismatch? {
    if wiring.outputActivation == "softmax", wiring.outputs == 1 {
      return Mismatch(
        signal: "softmaxOverOneUnit",
        english: "The softmax over a single unit always answers 1, whatever the input. Use a "
          + "sigmoid for one unit, or a softmax over one unit for each class.",
        korean: "유닛이 하나인 소프트맥스는 입력과 관계없이 항상 1을 출력합니다. 유닛이 하나이면 시그모이드를, 아니면 클래스마다 유닛을 "
          + "두고 소프트맥스를 사용하십시오.")
    }
    if wiring.lossLeaks {
      return Mismatch(
        signal: "lossOverBatch",
        english:
          "A sample's loss changes with the outputs of other samples: the softmax or the sum "
          + "runs over the batch and not over the classes. Apply it to the last dimension.",
        korean: "한 표본의 손실이 다른 표본의 출력에 따라 달라집니다. 소프트맥스나 합이 클래스가 아니라 배치 방향으로 계산되고 있으므로 "
          + "마지막 차원에 적용하십시오.")
    }
    return nil
  }

  /// Targets that the output's range cannot reach.
  private static func range(_ wiring: WiringRecord, _ task: TaskKind) -> Mismatch? {
    guard task == .regression else { return nil }
    if wiring.expects == .logits || wiring.expects == .probabilities {
      return Mismatch(
        signal: "classLossOnValues",
        english:
          "The targets are numbers, but the loss \(wiring.loss) is made for classes. Use the "
          + "mean squared error or another loss of values.",
        korean: "목표값은 수치인데 손실 함수 \(wiring.loss)은(는) 분류용입니다. 평균 제곱 오차 같은 회귀 손실을 사용하십시오.")
    }
    guard let targets = wiring.targets, let bounds = bounds(of: wiring.outputActivation) else {
      return nil
    }
    let width = max(targets.maximum - targets.minimum, 1e-12)
    let beyond =
      max(bounds.lowerBound - targets.minimum, targets.maximum - bounds.upperBound, 0) / width
    guard beyond > 0.02 else { return nil }
    return Mismatch(
      signal: "targetsOutOfReach", value: beyond, threshold: 0.02,
      english: "The last activation, \(wiring.outputActivation), cannot give values under "
        + "\(bounds.lowerBound) or over \(bounds.upperBound), but targets run from "
        + "\(Formatting.significant(targets.minimum)) to \(Formatting.significant(targets.maximum)). "
        + "Leave the output linear.",
      korean:
        "마지막 활성화 함수 \(wiring.outputActivation)의 출력은 \(bounds.lowerBound)~\(bounds.upperBound)인데 목표값은 "
        + "\(Formatting.significant(targets.minimum))~\(Formatting.significant(targets.maximum))입니다. "
        + "출력층을 선형으로 두십시오.")
  }

  private static func bounds(of activation: String) -> ClosedRange<Double>? {
    switch activation {
    case "sigmoid", "softmax", "hardSigmoid": 0...1
    case "tanh", "hardTanh", "softsign": -1...1
    case "relu", "softplus": 0...Double.greatestFiniteMagnitude
    case "relu6": 0...6
    default: nil
    }
  }

  /// A loss that expects something else than the output is.
  private static func kind(_ wiring: WiringRecord, _ task: TaskKind) -> Mismatch? {
    guard task != .regression else { return nil }
    let last = wiring.outputActivation
    let isProbability = ["sigmoid", "softmax", "hardSigmoid"].contains(last)
    switch wiring.expects {
    case .logits where last != "none" && last != "unknown":
      return doubled(wiring, isProbability)
    case .probabilities where !isProbability && last != "unknown":
      return Mismatch(
        signal: "logarithmOfRawOutputs",
        english: "The loss \(wiring.loss) takes logarithms of probabilities, but the output "
          + "(\(last)) is not one. End in a softmax or sigmoid, or use the loss on logits.",
        korean: "손실 함수 \(wiring.loss)은(는) 확률의 로그를 취하지만 출력(\(last))은 확률이 아닙니다. 소프트맥스나 시그모이드로 "
          + "끝내거나 로짓용 손실을 사용하십시오.")
    case .values:
      return Mismatch(
        signal: "distanceOnClasses", severity: .warning,
        english:
          "The loss \(wiring.loss) measures distances, but the targets are classes. Where the "
          + "model is surely wrong its gradient vanishes. Use cross-entropy.",
        korean: "손실 함수 \(wiring.loss)은(는) 거리를 재지만 목표는 클래스입니다. 모델이 크게 틀릴수록 기울기가 사라지므로 교차 "
          + "엔트로피를 사용하십시오.")
    case .probabilities where last == "sigmoid" && wiring.outputs > 1 && task == .multiclass:
      return Mismatch(
        signal: "sigmoidsForOneClass", severity: .info,
        english: "Each class has a sigmoid of its own, but a sample has one class. The loss "
          + "\(wiring.loss) scales them to a sum of 1; a softmax does so by itself.",
        korean: "한 표본의 클래스는 하나인데 클래스마다 시그모이드를 씁니다. 손실 함수 \(wiring.loss)이(가) 합을 1로 맞추지만 "
          + "소프트맥스가 알맞습니다.")
    default: return nil
    }
  }

  private static func doubled(_ wiring: WiringRecord, _ isProbability: Bool) -> Mismatch {
    isProbability
      ? Mismatch(
        signal: "softmaxTwice",
        english:
          "The loss \(wiring.loss) applies its own softmax or sigmoid to an output that went "
          + "through a \(wiring.outputActivation) already; the gradient is a fraction of what it "
          + "should be. Remove the last activation.",
        korean:
          "손실 함수 \(wiring.loss)에 소프트맥스나 시그모이드가 들어 있는데 출력에 이미 \(wiring.outputActivation)를 적용하여 "
          + "기울기가 크게 줄어듭니다. 마지막 활성화 함수를 빼십시오.")
      : Mismatch(
        signal: "activationOnLogits",
        english:
          "The loss \(wiring.loss) takes any numbers, but \(wiring.outputActivation) cuts some "
          + "off; classes whose output is cut get no gradient. Leave the output linear.",
        korean:
          "손실 함수 \(wiring.loss)은(는) 모든 값을 받지만 \(wiring.outputActivation)가 일부를 잘라 냅니다. 잘린 클래스에는 "
          + "기울기가 없으므로 출력층을 선형으로 두십시오.")
  }
}
