import ArgumentParser
import HoneText

/// `hone runs verify`: whether a run's first steps come out the same again.
struct RunsVerifyVerb: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "verify",
      abstract: localized(
        "Repeat a run's first steps and compare every number with the record, bit by bit.",
        "실행의 첫 스텝들을 다시 계산하여 기록과 비트 단위로 비교합니다."))
  }

  @Argument(help: runHelp()) var reference: String
  @Option(help: help("Optimizer steps to repeat.", "다시 계산할 스텝 수."))
  var steps = 50
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard steps > 0 else {
      throw ValidationError(localized("--steps must be 1 or more.", "--steps는 1 이상이어야 합니다."))
    }
  }

  mutating func run() async throws {
    let request = VerifyRequest(run: reference, steps: steps)
    try await TensorVerb.run(global) { engine, context in
      let report = try await engine.verify(request, in: context)
      if context.json { try context.emit(report) } else { Self.say(report, context) }
      if report.difference != nil { throw ExitCode(ExitStatus.unsuccessful.rawValue) }
    }
  }

  private static func say(_ report: VerificationReport, _ context: CommandContext) {
    for change in report.changes { context.say(change) }
    guard let difference = report.difference else {
      context.say(
        Localized(
          "Run \(report.run): \(report.steps) steps repeated; the \(report.comparedSteps) that were "
            + "recorded and \(report.comparedEpochs) ends of epochs are the same, bit by bit.",
          korean: "실행 \(report.run): \(report.steps)개 스텝을 다시 계산했습니다. 기록된 스텝 "
            + "\(report.comparedSteps)개와 에폭 끝 \(report.comparedEpochs)개가 비트 단위로 같습니다."))
      return
    }
    context.say(
      Localized(
        "Run \(report.run): step \(difference.step) differs in \(difference.quantity): recorded "
          + "\(difference.was), now \(difference.now).",
        korean: "실행 \(report.run): 스텝 \(difference.step)의 \(difference.quantity)이(가) 다릅니다. 기록 "
          + "\(difference.was), 지금 \(difference.now)."))
  }
}
