import ArgumentParser
import HoneSearch

/// What bounds a study besides trials and time, and a trial itself.
struct SearchBounds: ParsableArguments {
  @Option(
    help: help(
      "Epochs of all trials together.", "모든 시행의 에폭을 합한 수.", valueName: "count"))
  var totalEpochs: Int?

  @Option(
    parsing: .unconditional,
    help: help(
      "End the study when a trial has reached this value.", "시행이 이 값에 이르면 연구를 끝냅니다.",
      valueName: "value"))
  var goal: Double?

  @Option(
    help: help(
      "End the study after so many trials without a new best.",
      "가장 좋은 값이 이만큼의 시행 동안 나오지 않으면 연구를 끝냅니다.", valueName: "trials"))
  var patience: Int?

  @Option(
    help: help(
      "The time that a trial may take; one that hangs is ended with its process.",
      "시행 하나에 쓸 수 있는 시간. 멈춘 시행은 프로세스와 함께 끝냅니다.", valueName: "time"))
  var trialLimit: TimeSpan?

  func validate() throws {
    guard totalEpochs ?? 1 > 0, patience ?? 1 > 0, !(goal?.isNaN ?? false) else {
      throw ValidationError(
        localized(
          "--total-epochs and --patience must be at least 1, --goal a number.",
          "--total-epochs와 --patience는 1 이상, --goal은 숫자여야 합니다."))
    }
  }

  /// Whether nothing here bounds the study.
  var isEmpty: Bool { budget == StudyBudget() }

  /// The bounds of the study.
  var budget: StudyBudget {
    StudyBudget(epochs: totalEpochs, target: goal, patience: patience)
  }
}
