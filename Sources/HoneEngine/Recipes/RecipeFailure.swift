import HoneText

/// Why a recipe cannot go on.
enum RecipeFailure: ReportableError, Equatable {
  /// A recipe of the name that is another one.
  case other(name: String, what: String)
  /// Fine trials that are no longer than the coarse ones.
  case notLonger(coarse: Int, fine: Int)

  var exitStatus: ExitStatus { .configuration }

  var explanation: Localized {
    switch self {
    case .other(let name, let what):
      Localized(
        "recipe \(name) is another one: it differs in \(what). Go on with the command that began it, "
          + "give this one another --name, or begin anew with --restart.",
        korean: "레시피 \(name)은(는) 다른 레시피입니다. \(what)이(가) 다릅니다. 처음 쓴 명령으로 이어서 하거나, --name에 "
          + "다른 이름을 쓰거나, --restart로 새로 시작하십시오.")
    case .notLonger(let coarse, let fine):
      Localized(
        "the fine trials have \(fine) epochs and the coarse ones \(coarse); refining needs longer "
          + "training. Raise --epochs or lower --coarse-epochs.",
        korean: "정밀 시행은 \(fine)에폭, 거친 시행은 \(coarse)에폭입니다. 정밀 탐색은 더 오래 학습해야 합니다. --epochs를 "
          + "늘리거나 --coarse-epochs를 줄이십시오.")
    }
  }
}
