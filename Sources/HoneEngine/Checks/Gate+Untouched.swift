import HoneCommands
import HoneText
import HoneTrain

extension CheckReport.Gate {
  /// Whether the check itself left everything as it was.
  static func untouched(
    _ before: PlanFootprint, _ after: PlanFootprint
  ) -> CheckReport.Gate {
    let changed = after.differences(from: before)
    let names = changed.joined(separator: ", ")
    return CheckReport.Gate(
      id: "untouched", passed: changed.isEmpty, value: Double(changed.count), expected: "0",
      message: changed.isEmpty
        ? Localized(
          "Weights, running statistics, optimizer and random state are as before the check (equal "
            + "digests).",
          korean: "가중치, 이동 통계, 최적화 상태, 난수 상태가 점검 전과 같습니다(해시 일치).")
        : Localized(
          "A part of the model or its optimizer keeps a state of its own that the check changed: "
            + "\(names).",
          korean: "점검으로 상태가 바뀐 부분이 있습니다: \(names)."))
  }
}
