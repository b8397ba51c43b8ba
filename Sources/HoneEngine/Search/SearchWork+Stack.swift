import HoneAssembly
import HoneCommands
import HoneRecords
import HoneSearch
import HoneStore
import HoneText
import HoneTrain

// How many trials are trained as one computation.
extension SearchWork {
  /// The size of stacks: as asked for; the study's own where there is one; else measured, once, on the
  /// configuration that trials change.
  ///
  /// The answer is kept with the study, whose results depend on it by rounding.
  /// - Parameter make: assembles a run of the configuration.
  func stack(
    of request: SearchRequest, _ name: String, _ store: DatabaseTrialStore,
    make: () throws -> AssembledRun
  ) throws -> Int? {
    switch request.stack {
    case .off: return nil
    case .count(let count): return count
    case .automatic: break
    }
    if try store.studies().contains(where: { $0.name == name }) {
      return try StudyWorker.definition(of: store.study(name)).stack
    }
    let sizes = StackTiming.usualSizes.filter { $0 <= request.trials ?? .max }
    let timing = try StackTiming(sizes: sizes) {
      let run = try make()
      return Trainer(run.plan, record: run.record)
    }
    say(timing)
    return timing.best
  }

  private func say(_ timing: StackTiming) {
    guard let gain = timing.gain(of: timing.best), timing.best > 1 else {
      let tried = timing.together.keys.compactMap { timing.gain(of: $0) }.max()
      guard let tried else {
        return context.say(
          Localized(
            "Trials are trained one after another: this configuration cannot be trained together.",
            korean: "시행을 하나씩 학습합니다. 이 설정은 함께 학습할 수 없습니다."))
      }
      let times = Formatting.fixed(tried, decimals: 2)
      return context.say(
        Localized(
          "Trials are trained one after another: together they take \(times) times as many steps a "
            + "second, which is too little.",
          korean: "시행을 하나씩 학습합니다. 함께 학습해도 초당 스텝이 \(times)배로, 이득이 적습니다."))
    }
    let times = Formatting.fixed(gain, decimals: 1)
    context.say(
      Localized(
        "Up to \(timing.best) trials are trained together: \(times) times as many steps a second.",
        korean: "시행을 \(timing.best)개까지 함께 학습합니다. 초당 스텝이 \(times)배입니다."))
  }
}
