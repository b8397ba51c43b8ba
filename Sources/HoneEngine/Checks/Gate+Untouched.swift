import HoneCommands
import HoneNN
import HoneNumerics
import HoneTensor
import HoneText
import HoneTrain

/// Digests of all that a probe might change.
struct PlanFootprint: Equatable {
  let weights: String
  let optimizer: String
  let random: String

  /// The present state: weights with running statistics, the optimiser, the process's generator.
  init(of plan: TrainingPlan) {
    weights = plan.model.stateDictionary.quickDigest
    var digest = QuickDigest()
    let state = plan.optimizer.state
    digest.update(state.kind)
    for name in state.scalars.keys.sorted() {
      digest.update("\(name) \(state.scalars[name] ?? 0)")
    }
    for entry in state.tensors {
      digest.update(entry.name)
      entry.value.bytes.withUnsafeBytes { digest.update($0) }
    }
    optimizer = digest.hexDigest
    var generator = QuickDigest()
    Torch.randomState().hostTensor().bytes.withUnsafeBytes { generator.update($0) }
    random = generator.hexDigest
  }

  /// What differs from another state, in the words of the code.
  func differences(from other: PlanFootprint) -> [String] {
    [
      weights == other.weights ? nil : "weights",
      optimizer == other.optimizer ? nil : "optimizer",
      random == other.random ? nil : "randomState",
    ].compactMap { $0 }
  }
}

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
