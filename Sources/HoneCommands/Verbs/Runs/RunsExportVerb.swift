import ArgumentParser
import Foundation
import HoneRecords
import HoneStore
import HoneText

/// What `hone runs export` writes.
enum RunExportFormat: String, CaseIterable, ExpressibleByArgument {
  case json, csv, tensorboard, mlflow
}

/// `hone runs export`: runs for other stores and other programs.
struct RunsExportVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "export",
      abstract: localized(
        "Write runs for other stores and other programs.",
        "실행 기록을 다른 저장소나 다른 도구를 위해 내보냅니다."),
      discussion: localized(
        """
        json         records, series and events, for `hone runs import`; standard output without -o
        csv          epochs.csv, steps.csv and metrics.csv in a folder for each run
        tensorboard  event files in a folder for each run: tensorboard --logdir FOLDER
        mlflow       MLflow's folders with the files: mlflow ui --backend-store-uri FOLDER

        EXAMPLES
          hone runs export last -o run.json
          hone runs export --tag paper --format tensorboard -o logs
        """,
        """
        json         기록, 곡선, 이벤트. `hone runs import`로 가져옵니다. -o가 없으면 표준 출력
        csv          실행마다 폴더 하나에 epochs.csv, steps.csv, metrics.csv
        tensorboard  실행마다 폴더 하나에 이벤트 파일: tensorboard --logdir 폴더
        mlflow       파일까지 MLflow 폴더 구조로: mlflow ui --backend-store-uri 폴더

        예
          hone runs export last -o run.json
          hone runs export --tag paper --format tensorboard -o logs
        """))
  }

  @Argument(help: runHelp()) var references: [String] = []
  @Option(help: help("json, csv, tensorboard or mlflow.", "json, csv, tensorboard 또는 mlflow."))
  var format = RunExportFormat.json
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: help("A file for json, a folder for the others.", "json은 파일, 나머지는 폴더.", valueName: "path")
  )
  var output: String?
  @OptionGroup var filters: RunFilterOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if references.isEmpty && filters.isEmpty && !filters.all {
      throw ValidationError(
        localized("Name runs or a filter; --all means all.", "실행이나 필터를 쓰십시오. --all은 모든 실행입니다."))
    }
    if format != .json && output == nil {
      throw ValidationError(localized("Name a folder with -o.", "-o로 폴더를 쓰십시오."))
    }
  }

  mutating func run() throws {
    let context = global.context()
    let store = try context.openExistingStore()
    let ids =
      references.isEmpty
      ? try store.listings(matching: try filters.checkedFilter(store)).map(\.id)
      : try references.map { try store.find($0).id }
    guard !ids.isEmpty else {
      throw CommandFailure.usage(Localized("no run matches.", korean: "맞는 실행이 없습니다."))
    }
    let path = output.map { CommandEnvironment.current?.absolute($0) ?? $0 }
    var written: [String] = []
    switch format {
    case .json:
      let data = try RunFile.encode(ids.map { try RunContents(of: $0, in: store) })
      guard let path else {
        context.console.printLine(String(decoding: data, as: UTF8.self))
        return
      }
      try RunFile.write(data, to: path, named: output ?? path)
      written = [path]
    case .csv, .tensorboard, .mlflow:
      let folder = path ?? "."
      for id in ids {
        let contents = try RunContents(of: id, in: store)
        written.append(try write(contents, to: folder, context))
      }
    }
    if context.json {
      try context.emit(ExportOutput(run: ids[0], runs: ids, file: output ?? "", paths: written))
    } else {
      for id in ids { context.say("\(id) → \(output ?? "")") }
    }
  }

  /// The JSON of the verb.
  private struct ExportOutput: Encodable {
    let run: String
    let runs: [String]
    let file: String
    let paths: [String]
  }

  private func write(
    _ contents: RunContents, to folder: String, _ context: CommandContext
  ) throws -> String {
    let run = contents.evidence.run
    let place = "\(folder)/\(run.id)"
    if format == .mlflow {
      return try MLflowExport.write(
        contents, to: folder, artifacts: ArtifactFolders(store: context.storePath))
    }
    guard !FileManager.default.fileExists(atPath: place) else {
      throw CommandFailure.exists(place)
    }
    if format == .csv {
      _ = try CSVExport.write(contents, to: place)
      return place
    }
    let file = try RunEventFile(folder: place, time: run.created)
    try file.begin(run)
    var time = run.created
    for epoch in contents.evidence.epochs {
      time += epoch.seconds
      try file.add(epoch, time: time)
    }
    for step in contents.evidence.steps { try file.add(step, time: run.created) }
    try file.add(contents.metrics ?? [], began: run.created)
    try file.end(run, time: time)
    return file.path
  }
}
