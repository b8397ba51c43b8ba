public import HoneText

/// Why a report could not be written.
public enum ReportError: ReportableError, Equatable {
  /// The file or its folder does not take the report; the system's reason.
  case cannotWrite(path: String, reason: String)

  /// What came, what was expected, what to do.
  public var explanation: Localized {
    switch self {
    case .cannotWrite(let path, let reason):
      Localized(
        "The report cannot be written to \(path): \(reason). Name another place with -o.",
        korean: "보고서를 \(path)에 쓸 수 없습니다(\(reason)). -o로 다른 위치를 지정하십시오.")
    }
  }

  /// The output cannot be created.
  public var exitStatus: ExitStatus { .cannotCreateOutput }
}
