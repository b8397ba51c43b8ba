public import HoneText

/// A file of weights that could not be read.
public enum WeightFileError: ReportableError, Equatable {
  /// The file could not be opened, or is a damaged safetensors file.
  case unreadable(FileError)
  /// The file is neither safetensors nor written by `torch.save`.
  case unknownFormat(path: String)
  /// The file names a Python object that is neither a tensor nor a plain value; nothing was run.
  case refusedGlobal(path: String, name: String)
  /// The file breaks the rules of its format.
  case damaged(path: String, reason: Localized)
  /// The file is whole and holds something that Hone does not read.
  case unsupported(path: String, feature: Localized)
  /// The file holds no named tensors.
  case noState(path: String)

  /// What came, what was expected, what to do.
  public var explanation: Localized {
    switch self {
    case .unreadable(let error): error.explanation
    case .unknownFormat(let path):
      Localized(
        "\(path) is no file of weights: safetensors, or what torch.save writes, was expected. "
          + "Check that the download is complete and is not a web page.",
        korean: "\(path)은(는) 가중치 파일이 아닙니다. safetensors나 torch.save로 만든 파일이어야 합니다. "
          + "내려받기가 끝났는지, 웹 페이지가 아닌지 확인하십시오.")
    case .refusedGlobal(let path, let name):
      Localized(
        "\(path) asks for the Python object \(name). Hone reads tensors and plain values only, and "
          + "has run nothing. Save the weights alone: torch.save(model.state_dict(), path).",
        korean: "\(path) 파일이 파이썬 객체 \(name)을(를) 요구합니다. Hone은 텐서와 단순한 값만 읽으며 "
          + "아무것도 실행하지 않았습니다. 가중치만 저장하십시오: "
          + "torch.save(model.state_dict(), path).")
    case .damaged(let path, let reason):
      Localized("\(path) is damaged:", korean: "\(path) 파일이 손상되었습니다:") + reason
        + Localized("Get the file again.", korean: "파일을 다시 구하십시오.")
    case .unsupported(let path, let feature):
      Localized("\(path) cannot be read:", korean: "\(path) 파일을 읽을 수 없습니다:") + feature
    case .noState(let path):
      Localized(
        "\(path) holds no named tensors. Save a state dictionary: "
          + "torch.save(model.state_dict(), path).",
        korean: "\(path) 파일에 이름 붙은 텐서가 없습니다. 상태 사전을 저장하십시오: "
          + "torch.save(model.state_dict(), path).")
    }
  }

  /// The exit status of a command that ends with this error.
  public var exitStatus: ExitStatus {
    if case .unreadable(let error) = self { error.exitStatus } else { .badData }
  }
}

/// What a reader finds wrong, before it is known which file it reads.
package enum WeightProblem: Error, Equatable {
  case refusedGlobal(String)
  case damaged(Localized)
  case unsupported(Localized)

  func error(path: String) -> WeightFileError {
    switch self {
    case .refusedGlobal(let name): .refusedGlobal(path: path, name: name)
    case .damaged(let reason): .damaged(path: path, reason: reason)
    case .unsupported(let feature): .unsupported(path: path, feature: feature)
    }
  }

  /// A structure that ends before its time.
  static func truncated(_ what: String, at offset: Int) -> WeightProblem {
    .damaged(
      Localized(
        "\(what) goes beyond the end at byte \(offset).",
        korean: "바이트 \(offset)에서 \(what)이(가) 파일 끝을 넘습니다."))
  }

  /// A structure that no writer makes.
  static func malformed(_ what: String, at offset: Int) -> WeightProblem {
    .damaged(
      Localized(
        "unexpected \(what) at byte \(offset).",
        korean: "바이트 \(offset)에 잘못된 \(what)이(가) 있습니다."))
  }
}
