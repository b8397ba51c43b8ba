import HoneDiagnosis
import HoneRecords
import HoneSearch
import HoneText
import HoneTrain
import Synchronization

/// Something that is asked for once.
final class Flag: Sendable {
  private let state = Mutex(false)

  var isRaised: Bool { state.withLock { $0 } }

  func raise() { state.withLock { $0 = true } }
}

/// Tells the study each epoch, and ends or pauses the run where the study wants it; a run that has
/// learned nothing after a third of its epochs is given up.
struct ReportingPolicy: TrainingPolicy {
  /// The epochs after which learning nothing is conclusive, and how sure the diagnosis must be.
  private static let leastEpochs = 5
  private static let shareOfEpochs = 3
  private static let confidence = 0.95

  let trial: Trial
  let run: RunRecord
  let epochs: Int
  let pause: Flag
  let score: @Sendable (EpochRecord) -> Double

  func decide(after history: [EpochRecord]) -> TrainingDirective {
    // A worker that was lost may have been ahead of its checkpoint, or behind its reports.
    for epoch in history where epoch.epoch >= trial.firstStep {
      switch trial.report(score(epoch), step: epoch.epoch, isLast: epoch.epoch >= epochs) {
      case .proceed: continue
      case .pause:
        pause.raise()
        return .proceed
      case .stop:
        return .stop(
          Localized("The study ended the trial.", korean: "연구가 시행을 끝냈습니다."))
      }
    }
    guard let finding = hopeless(history) else { return .proceed }
    trial.giveUp(.notLearning, finding.message.english)
    return .stop(finding.message)
  }

  /// The finding that the run learns nothing, where it is beyond doubt.
  private func hopeless(_ history: [EpochRecord]) -> Finding? {
    guard history.count >= max(Self.leastEpochs, epochs / Self.shareOfEpochs),
      history.count < epochs
    else { return nil }
    let finding = NotLearningRule().evaluate(RunEvidence(run: run, epochs: history, steps: []))
    return finding.flatMap { $0.confidence >= Self.confidence ? $0 : nil }
  }
}
