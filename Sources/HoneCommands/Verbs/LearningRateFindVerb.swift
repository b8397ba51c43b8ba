import ArgumentParser
import HonePlots
import HoneRecords
import HoneText

/// `hone lr-find`: a learning-rate range test.
struct LearningRateFindVerb: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "lr-find",
      abstract: localized(
        "Find a learning rate by a range test that leaves nothing behind.",
        "학습률 범위 검사로 알맞은 학습률을 찾습니다. 아무것도 남기지 않습니다."),
      discussion: localized(
        """
        EXAMPLES
          hone lr-find fashion-mnist --model cnn
        """,
        """
        예
          hone lr-find fashion-mnist --model cnn
        """))
  }

  @Argument(
    help: help(
      "A built-in name, a folder or a file.", "내장 데이터 이름, 폴더 또는 파일.", valueName: "DATA"))
  var data: String?

  @OptionGroup var recipe: RecipeOptions

  @Option(help: help("The column to predict.", "예측할 열.", valueName: "column"))
  var target: String?

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    let configuration = try recipe.resolved(data: data, target: target)
    let request = LearningRateFindRequest(
      data: try TensorVerb.data(data, configuration), configuration: configuration)
    try await TensorVerb.run(global) { engine, context in
      let record = try await engine.findLearningRate(request, in: context)
      if context.json { try context.emit(RangeTestOutput(record)) } else { say(record, context) }
      try TensorVerb.exitIfInterrupted(context)
    }
  }

  private func say(_ record: RangeTestRecord, _ context: CommandContext) {
    context.say("  " + Sparkline(record.losses).text)
    guard let suggestion = record.suggestion else {
      context.say(
        Localized(
          "No learning rate stands out; the test is \(record.verdict.rawValue).",
          korean: "뚜렷한 학습률이 없습니다. 검사 결과: \(record.verdict.rawValue)."))
      return
    }
    var band = ""
    if let interval = record.interval, interval.count == 2 {
      band = " (\(decimal(interval[0])) … \(decimal(interval[1])))"
    }
    context.say(
      Localized(
        "Learning rate \(decimal(suggestion))\(band), verdict: \(record.verdict.rawValue).",
        korean: "학습률 \(decimal(suggestion))\(band), 판정: \(record.verdict.rawValue)."))
    if let divergence = record.divergence {
      context.say(
        Localized(
          "The loss rises for good from \(decimal(divergence)).",
          korean: "\(decimal(divergence))부터 손실이 계속 커집니다."))
    }
  }
}

/// The JSON of `hone lr-find`.
struct RangeTestOutput: Encodable {
  @OrNull var suggestion: Double?
  @OrNull var interval: [Double]?
  @OrNull var divergence: Double?
  let verdict: RangeTestRecord.Verdict
  let learningRates: [Double]
  let losses: [OrNull<Double>]

  init(_ record: RangeTestRecord) {
    _suggestion = OrNull(wrappedValue: record.suggestion)
    _interval = OrNull(wrappedValue: finiteOrNil(record.interval))
    _divergence = OrNull(wrappedValue: record.divergence)
    verdict = record.verdict
    learningRates = record.learningRates
    losses = record.losses.map { OrNull(wrappedValue: $0) }
  }
}
