// A policy and an observer of one's own: training ends when it is good enough, and a note is made of
// every epoch that set a record.
import Hone

/// Ends a run when the validation metric has reached a goal, or when a single step takes too long.
struct GoodEnough: TrainingPolicy {
  let goal: Double

  func decide(after history: [EpochRecord]) -> TrainingDirective {
    guard let metric = history.last?.validationMetric, metric >= goal else { return .proceed }
    return .stop(Localized(verbatim: "\(metric) reached the goal of \(goal)."))
  }

  func ending(after moment: StepMoment) -> TrainingEnding? {
    moment.secondsPerStep > 10 ? .stop(Localized(verbatim: "This machine is busy.")) : nil
  }
}

/// Prints the epochs whose validation loss is the lowest so far.
final class Records: TrainingObserver {
  private var lowest = Double.infinity

  func receive(_ event: TrainingEvent) {
    guard case .epoch(let epoch) = event, let loss = epoch.validationLoss, loss < lowest else {
      return
    }
    lowest = loss
    print("epoch \(epoch.epoch): validation loss \(loss) is the lowest so far")
  }
}

let isSmoke = CommandLine.arguments.contains("--smoke")
let configuration = try Configuration(
  text: "{data: {source: digits}, training: {epochs: \(isSmoke ? 3 : 30)}}")
let data = try configuration.openData(home: nil)
let run = try AssembledRun(
  configuration, data: data, split: configuration.split(data, seed: 0))
let outcome = try Trainer(
  run.plan, record: run.record, policies: run.policies + [GoodEnough(goal: 0.97)],
  observers: [Records()]
).train()
print("\(outcome.record.status.rawValue): \(outcome.record.outcome ?? "all epochs trained")")
print("kept epoch \(outcome.record.best?.epoch ?? 0)")
