public import ArgumentParser

/// Who works on a study, and where it is kept.
struct SearchSharing: ParsableArguments {
  @Option(help: help("Worker processes on this machine.", "이 장비의 작업 프로세스 수."))
  var workers = 1

  @Option(
    help: help(
      "Work on a study that another command began, from this machine or another.",
      "이 장비나 다른 장비에서 시작한 연구에 참여합니다.", valueName: "STUDY"))
  var join: String?

  @Option(
    help: help(
      "Suggest trials in batches of this size, whose trials do not know of each other: any number of "
        + "workers up to it gives the same study.",
      "시행을 이 크기의 묶음으로 제안합니다. 한 묶음의 시행은 서로를 보지 않으므로 작업자 수가 이보다 많지 않으면 같은 "
        + "연구가 됩니다.", valueName: "trials"))
  var batch: Int?

  @Option(
    help: help(
      "Where study and runs are kept, as --store: a file or postgresql://….",
      "연구와 실행을 둘 곳. --store와 같습니다: 파일 또는 postgresql://….", valueName: "URL"))
  var storage: String?

  @Option(
    help: help(
      "Train trials that differ in rates and dropout alone as one computation: auto measures how many "
        + "pay, a number says how many at most (default: off).",
      "학습률과 드롭아웃 등만 다른 시행을 한 번의 연산으로 함께 학습합니다. auto는 몇 개가 빠른지 재어 정하고, 숫자는 "
        + "최대 개수입니다 (기본값: off).", valueName: "auto|off|count"))
  var stack: StackChoice?

  func validate() throws {
    guard workers > 0, batch ?? 1 > 0 else {
      throw ValidationError(
        localized(
          "--workers and --batch must be at least 1.", "--workers와 --batch는 1 이상이어야 합니다."))
    }
  }
}

extension StackChoice: ExpressibleByArgument {
  /// What the command line says: `auto`, `off`, or a number from 2 on.
  public init?(argument: String) {
    switch argument {
    case "auto": self = .automatic
    case "off": self = .off
    default:
      guard let count = Int(argument), (2...StackChoice.most).contains(count) else { return nil }
      self = .count(count)
    }
  }

  /// More trials than this gain nothing anywhere, and their reports come late.
  private static let most = 1024
}
