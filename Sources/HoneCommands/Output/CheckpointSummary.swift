import Foundation
import HoneRecords
import HoneText

extension Localized {
  /// How many checkpoints a run wrote and what they cost it.
  static func checkpoints(_ cost: CheckpointCost, of run: RunRecord) -> Localized {
    let share = Formatting.percent(cost.share(of: run.seconds))
    let each = String(format: "%.1f", 1000 * cost.stalledSeconds / Double(max(cost.count, 1)))
    return Localized(
      "  \(cost.count) checkpoints took \(share) of the time; training stood still for \(each) ms at "
        + "each",
      korean: "  체크포인트 \(cost.count)개가 시간의 \(share)를 썼습니다. 하나마다 학습이 멈춘 시간 \(each) ms")
  }
}
