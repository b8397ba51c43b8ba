import ArgumentParser
import Foundation
import HoneRecords
import HoneSearch
import HoneStore
import HoneText

/// `hone studies import`: studies of another store, or of Optuna's.
struct StudiesImportVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "import",
      abstract: localized(
        "Take over studies from a SQLite file of Optuna's, or from `hone studies export`.",
        "Optuna의 SQLite 파일이나 `hone studies export`의 파일에서 연구를 가져옵니다."),
      discussion: localized(
        """
        EXAMPLES
          hone studies import optuna.db
          hone studies import optuna.db --study old --as digits-2025
        """,
        """
        예
          hone studies import optuna.db
          hone studies import optuna.db --study old --as digits-2025
        """))
  }

  /// The JSON of `hone studies import`.
  private struct Output: Encodable {
    struct Study: Encodable {
      let study: String
      let trials: Int
    }

    let studies: [Study]
  }

  @Argument(help: help("The file.", "파일.", valueName: "file")) var file: String
  @Option(
    help: help("One study of the file.", "파일의 연구 하나.", valueName: "name"))
  var study: String?
  @Option(
    name: .customLong("as"),
    help: help(
      "Another name for the study here.", "여기서 쓸 다른 이름.", valueName: "name"))
  var newName: String?
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let context = global.context()
    let path = CommandEnvironment.current?.absolute(file) ?? file
    guard FileManager.default.fileExists(atPath: path) else {
      throw CommandFailure.inputNotFound(file)
    }
    var records = try StudiesImportVerb.records(path, named: file)
    if let study {
      let names = records.map(\.name)
      records.removeAll { $0.name != study }
      guard !records.isEmpty else {
        throw StoreError.notFound(.study, reference: study, nearest: Array(names.prefix(5)))
      }
    }
    if let newName {
      guard records.count == 1 else {
        throw CommandFailure.usage(
          Localized(
            "--as: the file has \(records.count) studies; name one of them with --study.",
            korean: "--as: 파일에 연구가 \(records.count)개 있습니다. --study로 하나를 고르십시오."))
      }
      records[0].name = newName
    }
    guard let store = try context.openStore() as? any DatabaseStore else {
      throw CommandFailure.notSupported("studies --store \(context.storePath)")
    }
    let known = Set(try DatabaseTrialStore(store).studies().map(\.name))
    // Of several studies none is taken over where one cannot be.
    for record in records where known.contains(record.name) {
      throw StoreError.studyExists(record.name)
    }
    for record in records { try record.imported().add(to: store) }
    if context.json {
      try context.emit(
        Output(studies: records.map { .init(study: $0.name, trials: $0.trials.count) }))
      return
    }
    for record in records {
      context.say(
        Localized(
          "Study \(record.name): \(record.trials.count) trials",
          korean: "연구 \(record.name): 시행 \(record.trials.count)개"))
    }
  }

  private static func records(_ path: String, named name: String) throws -> [StudyRecord] {
    if OptunaFile.isDatabase(path) {
      return try OptunaFile(path: path).studies().map { try StudyRecord($0) }
    }
    let record: StudyRecord
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      record = try CanonicalJSON.decode(StudyRecord.self, from: data)
    } catch is DecodingError {
      throw CommandFailure.unreadable(
        name, detail: "neither a SQLite file of Optuna's nor a study of `hone studies export`")
    }
    guard record.format <= StudyRecord.currentFormat else {
      throw SearchError.newerStudy(version: record.format)
    }
    guard record.trials.map(\.number) == Array(record.trials.indices) else {
      throw CommandFailure.unreadable(name, detail: "trials are missing")
    }
    return [record]
  }
}

extension StudyRecord {
  /// The study as a store takes it; a trial that runs elsewhere waits here.
  func imported() throws -> ImportedStudy {
    var definition = self
    definition.trials = []
    definition.order = []
    definition.queue = []
    definition.end = nil
    var header = StudyHeader(
      name: name, format: format, created: trials.compactMap(\.started).min() ?? Date(),
      maximumTrials: budget.trials, definition: try CanonicalJSON.string(definition))
    header.end = end?.rawValue
    let rows = trials.map { trial -> TrialRecord in
      var trial = trial
      if trial.state == .running { trial.state = .waiting }
      return trial
    }
    let finished = Set(rows.filter(\.state.isFinished).map(\.number))
    let known = order.filter(finished.contains)
    let rest = finished.subtracting(known).sorted()
    return ImportedStudy(header: header, trials: rows, order: known + rest)
  }
}
