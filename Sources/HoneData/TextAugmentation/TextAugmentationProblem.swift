import HoneText

/// What can stand in the way of augmenting texts.
public enum TextAugmentationProblem: Sendable, Equatable {
  /// WordNet's files are not in a folder.
  case noWordNet(folder: String)
  /// Hunspell's library is not installed.
  case noHunspell
  /// A spelling dictionary is not installed.
  case noSpellingDictionary(name: String)
  /// A file of misspellings holds none.
  case noMisspellings(path: String)
  /// The address of a model is not one of this machine.
  case notLoopback(endpoint: String)
  /// A model gave no answer of the expected kind.
  case noAnswer(endpoint: String, reason: String)
  /// Steps to choose among are missing.
  case noSteps(name: String)
  /// A step's number lies outside of what makes sense.
  case badNumber(name: String, parameter: String, allowed: String)
  /// A step for texts was asked for on other data.
  case needsTexts(name: String, input: String)

  var explanation: Localized {
    switch self {
    case .noWordNet(let folder):
      Localized(
        "WordNet is not in '\(folder)': synonyms and antonyms need its files index.noun, data.noun "
          + "and the like. Install them (Debian and Ubuntu: apt-get install wordnet-base) or name "
          + "their folder.",
        korean: "'\(folder)'에 WordNet이 없습니다. 동의어와 반의어에는 index.noun, data.noun 등의 파일이 필요합니다. "
          + "설치하거나(Debian, Ubuntu: apt-get install wordnet-base) 파일이 있는 폴더를 지정하십시오.")
    case .noHunspell:
      Localized(
        "hunspell is not installed, and spelling correction needs it. Install it (Debian and Ubuntu: "
          + "apt-get install libhunspell-1.7-0) or remove the step.",
        korean: "맞춤법 교정에 필요한 hunspell이 설치되어 있지 않습니다. 설치하거나(Debian, Ubuntu: apt-get install "
          + "libhunspell-1.7-0) 이 단계를 지우십시오.")
    case .noSpellingDictionary(let name):
      Localized(
        "There is no spelling dictionary '\(name)': looked for are '\(name).aff' and '\(name).dic'. "
          + "Install one (Debian and Ubuntu: apt-get install hunspell-en-us or hunspell-ko) or give "
          + "the path of one without its ending.",
        korean: "맞춤법 사전 '\(name)'이(가) 없습니다. '\(name).aff'와 '\(name).dic' 파일이 필요합니다. "
          + "설치하거나(Debian, Ubuntu: apt-get install hunspell-en-us 또는 hunspell-ko) 확장자를 뺀 경로를 "
          + "지정하십시오.")
    case .noMisspellings(let path):
      Localized(
        "'\(path)' holds no misspellings: each line must have a word and, after white space, its "
          + "misspellings.",
        korean: "'\(path)'에 오타가 없습니다. 줄마다 단어와 그 오타를 공백으로 나누어 적어야 합니다.")
    default: requestExplanation
    }
  }

  private var requestExplanation: Localized {
    switch self {
    case .notLoopback(let endpoint):
      Localized(
        "'\(endpoint)' is not an address of this machine. Texts are sent to models on this machine "
          + "only: http://127.0.0.1, http://localhost or http://[::1], with a port.",
        korean: "'\(endpoint)'은(는) 이 컴퓨터의 주소가 아닙니다. 텍스트는 이 컴퓨터의 모델로만 보냅니다: "
          + "http://127.0.0.1, http://localhost, http://[::1] 가운데 하나와 포트를 지정하십시오.")
    case .noAnswer(let endpoint, let reason):
      Localized(
        "The model at '\(endpoint)' gave no new text: \(reason). Expected is a server that takes "
          + "POST with JSON {\"text\", \"task\", \"through\", \"seed\"} and answers {\"text\": …}.",
        korean: "'\(endpoint)'의 모델이 새 텍스트를 주지 않았습니다: \(reason). JSON {\"text\", \"task\", "
          + "\"through\", \"seed\"}를 POST로 받아 {\"text\": …}로 답하는 서버가 필요합니다.")
    case .noSteps(let name):
      Localized(
        "The augmentation '\(name)' has no steps to choose among. Give it some.",
        korean: "증강 '\(name)'에 고를 단계가 없습니다. 단계를 지정하십시오.")
    case .badNumber(let name, let parameter, let allowed):
      Localized(
        "The augmentation '\(name)' cannot take its parameter '\(parameter)': allowed is \(allowed).",
        korean: "증강 '\(name)'의 매개변수 '\(parameter)'이(가) 올바르지 않습니다. 허용: \(allowed).")
    case .needsTexts(let name, let input):
      Localized(
        "The augmentation '\(name)' works on texts; the data are of the kind '\(input)'. Remove it.",
        korean: "증강 '\(name)'은(는) 텍스트에만 쓸 수 있으나 데이터 종류가 '\(input)'입니다. 설정에서 지우십시오.")
    default:
      fatalError("requestExplanation was asked for \(self), which is of another kind.")
    }
  }
}
