public import HoneText

/// Why an improvement could not be made.
public enum ImprovementError: ReportableError, Equatable {
  /// The run was asked to stop. What was proven until then is in the count.
  case interrupted(experiments: Int)
  /// The baseline's training failed before it gave a model to improve on.
  case baselineFailed(String)
  /// A ledger belongs to another improvement.
  case otherLedger(String)
  /// Too few samples to hold some back for proof.
  case tooFewSamples(Int, needed: Int)

  /// What came, what was expected, what to do.
  public var explanation: Localized {
    switch self {
    case .interrupted(let experiments):
      Localized(
        "Interrupted after \(experiments) experiments. What is finished is kept; resume to go on.",
        korean: "실험 \(experiments)개를 마친 뒤 중단되었습니다. 마친 결과는 보관되어 있으며 이어서 진행할 수 있습니다.")
    case .otherLedger(let path):
      Localized(
        "\(path) belongs to an improvement of other data or another configuration. Name another "
          + "file, or start anew.",
        korean: "\(path)은(는) 다른 데이터나 다른 구성의 개선 기록입니다. 다른 파일을 지정하거나 새로 시작하십시오.")
    case .baselineFailed(let reason):
      Localized(
        "The baseline could not be trained: \(reason) Mend the configuration first.",
        korean: "기준 모델을 학습할 수 없습니다: \(reason) 먼저 설정을 고치십시오.")
    case .tooFewSamples(let count, let needed):
      Localized(
        "\(count) samples are too few to prove an improvement; at least \(needed) are needed.",
        korean: "샘플 \(count)개로는 개선을 증명하기에 부족합니다. 적어도 \(needed)개가 필요합니다.")
    }
  }

  /// The exit status of a command that ends with this error.
  public var exitStatus: ExitStatus {
    switch self {
    case .interrupted: .interrupted
    case .baselineFailed: .unsuccessful
    case .otherLedger: .badData
    case .tooFewSamples: .badData
    }
  }
}
