import HoneText

/// What a verb refuses or cannot find.
enum CommandFailure: ReportableError, Equatable {
  /// A verb or option of the contract that this version does not have yet.
  case notSupported(String)
  /// Neither an argument nor the configuration names data.
  case noData
  /// No file, folder or built-in set of that name.
  case dataNotFound(String, nearest: String?)
  /// No file of that name.
  case inputNotFound(String)
  /// A file that is there and must not be replaced.
  case exists(String)
  /// A file that holds something else than was expected.
  case unreadable(String, detail: String)
  /// No such layer, loss, …; the nearest one, and the verb that lists all.
  case unknownName(String, noun: Localized, verb: String, nearest: String?)
  /// A command line that does not make sense.
  case usage(Localized)

  var exitStatus: ExitStatus {
    switch self {
    case .notSupported, .noData, .unknownName, .usage: .usage
    case .dataNotFound, .inputNotFound: .inputNotFound
    case .exists: .cannotCreateOutput
    case .unreadable: .badData
    }
  }

  var explanation: Localized {
    switch self {
    case .notSupported(let name):
      return Localized(
        "this version of Hone has no `\(name)` yet; nothing was done.",
        korean: "이 버전에는 아직 `\(name)` 기능이 없습니다. 아무 작업도 하지 않았습니다.")
    case .noData:
      return Localized(
        "no data: name a built-in set, a folder or a file, or set data.source in the configuration.",
        korean: "데이터가 없습니다. 내장 데이터 이름, 폴더, 파일 가운데 하나를 쓰거나 설정에 data.source를 적으십시오.")
    case .dataNotFound(let name, let nearest):
      let hint = nearest.map {
        Localized(" Did you mean \"\($0)\"?", korean: " \"\($0)\"을(를) 쓰려고 하셨습니까?")
      }
      return Localized(
        "\(name): there is no such file or folder, and no built-in data set of that name."
          + (hint?.english ?? " `hone datasets` lists those."),
        korean: "\(name): 그런 파일이나 폴더가 없고, 그런 이름의 내장 데이터도 없습니다."
          + (hint?.korean ?? " 내장 데이터는 `hone datasets`로 볼 수 있습니다."))
    case .inputNotFound(let path):
      return Localized("\(path): there is no such file.", korean: "\(path): 파일이 없습니다.")
    case .exists(let path):
      return Localized(
        "\(path) is there already; name another file with -o or remove it.",
        korean: "\(path) 파일이 이미 있습니다. -o로 다른 이름을 쓰거나 그 파일을 지우십시오.")
    case .unreadable(let path, let detail):
      return Localized(
        "\(path): not what was expected here: \(detail).",
        korean: "\(path): 여기에 맞는 내용이 아닙니다: \(detail).")
    case .unknownName(let name, let noun, let verb, let nearest):
      let hint = nearest.map {
        Localized(" Did you mean \"\($0)\"?", korean: " \"\($0)\"을(를) 쓰려고 하셨습니까?")
      }
      return Localized(
        "there is no \(noun.english) \"\(name)\".\(hint?.english ?? "") "
          + "`hone \(verb)` lists all.",
        korean: "\"\(name)\"이라는 \(noun.korean)은(는) 없습니다.\(hint?.korean ?? "") "
          + "전체 목록은 `hone \(verb)`로 볼 수 있습니다.")
    case .usage(let sentence): return sentence
    }
  }
}
