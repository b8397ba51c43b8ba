import ArgumentParser
import HoneRecords

/// `hone demo`: `improve` on the bundled digits.
struct DemoVerb: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "demo",
      abstract: localized(
        "Show the whole chain on the bundled digits, in two minutes.",
        "내장 숫자 데이터로 전체 과정을 2분 안에 보여 줍니다."),
      discussion: localized("EXAMPLES\n  hone demo --open", "예\n  hone demo --open"))
  }

  @Flag(help: help("Open the report when it is there.", "보고서가 만들어지면 엽니다."))
  var open = false

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: help("Where the report goes.", "보고서를 쓸 곳.", valueName: "file.html"))
  var output: String?

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    let request = DemoRequest(
      report: output.map { CommandEnvironment.current?.absolute($0) ?? $0 })
    let opens = open
    try await TensorVerb.run(global) { engine, context in
      let record = try await engine.demo(request, in: context)
      try ImproveSummary(record).answer(context)
      if opens, let report = record.report { FileOpener.open(report, context) }
    }
  }
}
