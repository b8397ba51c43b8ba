import HoneText

/// Why a search cannot be done.
enum SearchFailure: ReportableError, Equatable {
  /// A store that keeps no studies.
  case noStudies(store: String)
  /// There are no samples to judge trials by.
  case noValidation
  /// A study of the name that is another search.
  case otherStudy(name: String, what: String)
  /// A parameter that would give trials different samples to be judged by.
  case changesSplit(String)
  /// A study that a program of one's own made, whose trials are no training runs.
  case notTraining(study: String)

  var exitStatus: ExitStatus {
    switch self {
    case .noStudies, .notTraining: .usage
    case .noValidation, .otherStudy, .changesSplit: .configuration
    }
  }

  var explanation: Localized {
    switch self {
    case .noStudies(let store):
      Localized(
        "\(store) keeps no studies. Name a file with --store.",
        korean: "\(store)에는 연구를 둘 수 없습니다. --store로 파일을 지정하십시오.")
    case .noValidation:
      Localized(
        "a search judges trials by the validation split, and there is none. Set data.validation.",
        korean: "탐색은 검증 분할로 시행을 판단하는데 검증 분할이 없습니다. data.validation을 설정하십시오.")
    case .otherStudy(let name, let what):
      Localized(
        "study \(name) is another search: it differs in \(what). Go on with the command that began it, "
          + "or give this one another --study.",
        korean: "연구 \(name)은(는) 다른 탐색입니다. \(what)이(가) 다릅니다. 처음 쓴 명령으로 이어서 하거나 --study에 다른 "
          + "이름을 쓰십시오.")
    case .changesSplit(let key):
      Localized(
        "\(key) cannot be searched: trials would be judged by different samples.",
        korean: "\(key)은(는) 탐색할 수 없습니다. 시행마다 다른 샘플로 판단하게 됩니다.")
    case .notTraining(let study):
      Localized(
        "study \(study) was made by another program, and Hone does not know how to run its trials.",
        korean: "연구 \(study)은(는) 다른 프로그램이 만든 것이라 시행을 실행할 방법을 알 수 없습니다.")
    }
  }

  /// What is said of a trial that does not end.
  static func hanging(trial: Int) -> Localized {
    Localized(
      "trial \(trial) did not end within its limit and told nothing: it failed (timeout), and its "
        + "process ends.",
      korean: "시행 \(trial)이(가) 제한 시간 안에 끝나지 않고 아무 보고도 없어 실패(timeout)로 처리하고 그 프로세스를 "
        + "끝냅니다.")
  }
}
