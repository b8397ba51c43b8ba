import ArgumentParser
import Foundation
import HonePlots
import HoneRecords
import HoneSearch
import HoneStore
import HoneText

/// `hone studies`: the searches in the store.
struct StudiesVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "studies",
      abstract: localized(
        "List, show, verify, export and delete studies.",
        "탐색 연구를 나열하고 보고 확인하고 내보내고 지웁니다."),
      subcommands: [
        StudiesListVerb.self, StudiesShowVerb.self, StudiesBestVerb.self,
        StudiesImportanceVerb.self, StudiesVerifyVerb.self, StudiesExportVerb.self,
        StudiesImportVerb.self, StudiesDeleteVerb.self, StudiesDemoVerb.self,
        StudiesLauncherVerb.self,
      ], defaultSubcommand: StudiesListVerb.self)
  }
}

extension CommandContext {
  /// The studies of a store that is there.
  /// - Throws: `StoreError`; `CommandFailure.notSupported` for a store that keeps none.
  func studies() throws -> DatabaseTrialStore {
    guard let store = try openExistingStore() as? any DatabaseStore else {
      throw CommandFailure.notSupported("studies --store \(storePath)")
    }
    return DatabaseTrialStore(store)
  }
}

/// What a study is called on the command line.
func studyHelp() -> ArgumentHelp {
  help("A study's name.", "연구의 이름.", valueName: "STUDY")
}

struct StudiesListVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list",
      abstract: localized("List studies, newest first.", "연구를 최신순으로 나열합니다."))
  }

  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let context = global.context()
    var records: [StudyRecord] = []
    do {
      let store = try context.studies()
      records = try store.studies().map { try StudyWorker.record(of: $0.name, in: store) }
    } catch StoreError.missing {
      // No store, no studies.
    }
    if context.json {
      try context.emit([
        "studies": records.map {
          SearchOutput($0, ended: $0.order.count, seconds: $0.trialSeconds)
        }
      ])
      return
    }
    guard !records.isEmpty else {
      context.say(
        Localized(
          "No studies. `hone search digits` makes one.",
          korean: "연구가 없습니다. `hone search digits`로 만들 수 있습니다."))
      return
    }
    context.say(StudiesListVerb.table(records, context).lines.joined(separator: "\n"))
  }

  private static func table(_ records: [StudyRecord], _ context: CommandContext) -> TextTable {
    let heading: [Localized] = [
      Localized("study", korean: "연구"), Localized("trials", korean: "시행"),
      Localized("completed", korean: "완료"), Localized("objective", korean: "목적"),
      Localized("best", korean: "최선"), Localized("sampler", korean: "추출기"),
    ]
    var table = TextTable(heading.map(context.text), rightAligned: [1, 2, 4])
    for record in records {
      table.append([
        record.name, String(record.trials.count), String(record.completed.count),
        record.objectives[0].name, record.ranked.first.map { decimal($0.values[0]) } ?? "-",
        record.sampler,
      ])
    }
    return table
  }
}

struct StudiesShowVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "show", abstract: localized("Show one study.", "연구 하나를 자세히 봅니다."))
  }

  @Argument(help: studyHelp()) var name: String
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let context = global.context()
    let record = try StudyWorker.record(of: name, in: context.studies())
    let report = SearchReport(
      study: record, ended: record.order.count, seconds: record.trialSeconds)
    if context.json {
      try context.emit(SearchOutput(record, ended: report.ended, seconds: report.seconds))
    } else {
      SearchSummary(report).say(context)
      for line in StudiesShowVerb.history(record, context) { context.say(line) }
    }
  }

  /// The best value over the trials, drawn; nothing where there are too few to draw.
  private static func history(_ record: StudyRecord, _ context: CommandContext) -> [String] {
    let points = record.history
    guard points.count >= 5 else { return [] }
    let plot = LinePlot(
      x: points.map { Double($0.trial) }, y: points.map(\.best),
      width: min(72, context.terminal.width), height: 6, yLabel: decimal,
      xLabel: { String(Int($0)) })
    let title = Localized("Best so far by trial:", korean: "시행별 그때까지의 최선:")
    return ["", context.text(title)] + plot.lines
  }
}

struct StudiesVerifyVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "verify",
      abstract: localized(
        "Compute every suggestion of a study again and compare.",
        "연구의 모든 제안값을 다시 계산해 비교합니다."))
  }

  /// The JSON of `hone studies verify`.
  private struct Output: Encodable {
    let study: String
    let verified: Int
    let digest: String
  }

  @Argument(help: studyHelp()) var name: String
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let context = global.context()
    let record = try StudyWorker.record(of: name, in: context.studies())
    guard let sampler = SamplerName(rawValue: record.sampler)?.sampler else {
      throw CommandFailure.notSupported("studies verify (\(record.sampler))")
    }
    let count = try Study.verify(record, sampler: sampler)
    let digest = try record.digest()
    if context.json {
      try context.emit(Output(study: name, verified: count, digest: digest))
    } else {
      context.say(
        Localized(
          "\(count) suggestions of \(name) come out the same. Digest of its trials: \(digest)",
          korean: "\(name)의 제안값 \(count)개가 똑같이 계산됩니다. 시행의 다이제스트: \(digest)"))
    }
  }
}

struct StudiesDeleteVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "delete",
      abstract: localized(
        "Remove a study and its trials; the trials' runs stay.",
        "연구와 그 시행을 지웁니다. 시행의 실행 기록은 남습니다."))
  }

  /// The JSON of `hone studies delete`.
  private struct Output: Encodable {
    let study: String
  }

  @Argument(help: studyHelp()) var name: String
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let context = global.context()
    try context.studies().delete(study: name)
    if context.json {
      try context.emit(Output(study: name))
    } else {
      context.say(Localized("Study \(name) removed.", korean: "연구 \(name)을(를) 지웠습니다."))
    }
  }
}
