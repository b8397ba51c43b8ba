public import HoneText

/// A file that could not be read, written or understood.
public enum FileError: ReportableError, Equatable {
  case notFound(path: String)
  case cannotCreate(path: String, reason: String)
  case inputOutput(path: String, reason: String)
  case malformed(path: String, reason: String)

  /// What came, what was expected, what to do.
  public var explanation: Localized {
    switch self {
    case .notFound(let path):
      Localized(
        "\(path): no such file. Check the path.",
        korean: "\(path): 파일이 없습니다. 경로를 확인하십시오.")
    case .cannotCreate(let path, let reason):
      Localized(
        "\(path) cannot be written: \(reason). Choose a folder that you may write to.",
        korean: "\(path)에 쓸 수 없습니다: \(reason). 쓰기 권한이 있는 폴더를 지정하십시오.")
    case .inputOutput(let path, let reason):
      Localized(
        "\(path): \(reason). Check the disk's free space and state, then try again.",
        korean: "\(path): \(reason). 디스크의 남은 공간과 상태를 확인한 뒤 다시 시도하십시오.")
    case .malformed(let path, let reason):
      Localized(
        "\(path) is damaged or of another format: \(reason).",
        korean: "\(path) 파일이 손상되었거나 다른 형식입니다: \(reason).")
    }
  }

  /// The exit status of a command that ends with this error.
  public var exitStatus: ExitStatus {
    switch self {
    case .notFound: .inputNotFound
    case .cannotCreate: .cannotCreateOutput
    case .inputOutput: .inputOutput
    case .malformed: .badData
    }
  }
}
