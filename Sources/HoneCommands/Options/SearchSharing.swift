import ArgumentParser

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

  func validate() throws {
    guard workers > 0, batch ?? 1 > 0 else {
      throw ValidationError(
        localized(
          "--workers and --batch must be at least 1.", "--workers와 --batch는 1 이상이어야 합니다."))
    }
  }
}
