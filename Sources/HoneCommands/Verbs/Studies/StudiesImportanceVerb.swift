public import ArgumentParser
import HoneRecords
public import HoneSearch
import HoneText

/// `hone studies importance`: how much of what happened is each parameter's doing.
struct StudiesImportanceVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "importance",
      abstract: localized(
        "How much of a study's values is each parameter's doing; from 20 completed trials on.",
        "연구의 값에 각 매개변수가 미친 영향. 완료된 시행이 20개 이상이어야 합니다."),
      discussion: localized(
        """
        pedANOVA  what mattered for being among the best tenth of the trials
        fANOVA    what moved the value anywhere in the space

        Intervals are of 90 %, from drawing the trials anew.
        """,
        """
        pedANOVA  상위 10%의 시행에 드는 데 영향을 준 것
        fANOVA    공간 전체에서 값을 움직인 것

        구간은 시행을 다시 뽑아 구한 90% 구간입니다.
        """))
  }

  /// The JSON of `hone studies importance`.
  private struct Output: Encodable {
    let study: String
    let method: ImportanceMethod
    let trials: Int
    let importance: [ParameterImportance]
  }

  @Argument(help: studyHelp()) var name: String
  @Option(help: help("How it is measured.", "재는 방법.")) var method = ImportanceMethod.pedANOVA
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let context = global.context()
    let record = try StudyWorker.record(of: name, in: context.studies())
    let shares = try record.importance(method, resamples: 200)
    if context.json {
      try context.emit(
        Output(
          study: name, method: method, trials: record.completed.count, importance: shares))
      return
    }
    let heading: [Localized] = [
      Localized("parameter", korean: "매개변수"), Localized("share", korean: "비율"),
      Localized("90% interval", korean: "90% 구간"), Localized(verbatim: ""),
    ]
    var table = TextTable(heading.map(context.text), rightAligned: [1, 2])
    for share in shares {
      table.append([
        share.name, Formatting.percent(share.share),
        "\(Formatting.percent(share.lower)) – \(Formatting.percent(share.upper))",
        String(repeating: "█", count: Int((share.share * 30).rounded())),
      ])
    }
    context.say(table.lines.joined(separator: "\n"))
  }
}

extension ImportanceMethod: ExpressibleByArgument {}
