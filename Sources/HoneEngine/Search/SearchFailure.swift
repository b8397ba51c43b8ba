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

  var exitStatus: ExitStatus {
    switch self {
    case .noStudies: .usage
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
    }
  }
}
