import Foundation
public import HoneRecords
import HoneText

extension StudyWorker {
  /// Adds a study to a store for workers to open.
  /// - Parameters:
  ///   - configuration: the canonical JSON of what the trials change, where they are training runs.
  ///   - dataFingerprint: that of the data.
  /// - Throws: `SearchError` where sampler, pruner or budget do not fit, or the space is not declared;
  ///   the store's error where it has a study of the name.
  public static func create(
    _ study: Study, in store: any TrialStore, configuration: String? = nil,
    dataFingerprint: String? = nil
  ) throws {
    let record = study.record
    guard record.isDeclared else {
      throw SearchError.unsuitableSampler(
        sampler: record.sampler,
        reason: Localized(
          "a study of several processes needs its space before the first trial.",
          korean: "여러 프로세스가 함께하는 연구는 첫 시행 전에 공간이 정해져 있어야 합니다."))
    }
    var header = StudyHeader(
      name: record.name, format: record.format, created: Date(),
      maximumTrials: mostTrials(of: study), definition: try definition(of: record))
    header.maximumEpochs = sharedEpochs(of: record)
    header.configuration = configuration
    header.dataFingerprint = dataFingerprint
    try store.create(header)
    if !record.queue.isEmpty { try store.enqueue(record.queue, in: record.name) }
  }

  /// Lets a stored study go on with the budget and the trial limit of another of the same search.
  /// - Throws: the store's errors.
  public static func reopen(_ study: Study, in store: any TrialStore) throws {
    let record = study.record
    try store.reopen(
      study: record.name, maximumTrials: mostTrials(of: study),
      maximumEpochs: sharedEpochs(of: record), definition: definition(of: record))
  }

  private static func definition(of record: StudyRecord) throws -> String {
    var definition = record
    definition.queue = []
    definition.trials = []
    definition.order = []
    definition.end = nil
    return try CanonicalJSON.string(definition)
  }

  /// The trials of the budget; of a grid not more than it has cells.
  private static func mostTrials(of study: Study) -> Int? {
    let record = study.record
    guard let grid = study.sampler as? GridSampler else { return record.budget.trials }
    return min(
      grid.cells(of: record.space).count + record.queue.count, record.budget.trials ?? .max)
  }

  /// The epochs that a store counts; those of a deterministic study follow from its batches.
  private static func sharedEpochs(of record: StudyRecord) -> Int? {
    record.mode == .asynchronous ? record.budget.epochs : nil
  }

  /// All of a stored study.
  /// - Throws: `SearchError.newerStudy` for a study of a later version; the store's errors.
  public static func record(of name: String, in store: any TrialStore) throws -> StudyRecord {
    let header = try store.study(name)
    var record = try definition(of: header)
    let news = try store.news(in: name, after: 0)
    record.trials = (news.finished + news.open).sorted { $0.number < $1.number }
    record.order = news.finished.map(\.number)
    // A deterministic study shows its trials by number, whoever was first.
    if record.mode != .asynchronous { record.order.sort() }
    record.end = header.end.flatMap(StudyEnd.init)
    return record
  }

  /// What a stored study is, without its trials.
  /// - Throws: `SearchError.newerStudy` for a study of a later version.
  public static func definition(of header: StudyHeader) throws -> StudyRecord {
    guard header.format <= StudyRecord.currentFormat else {
      throw SearchError.newerStudy(version: header.format)
    }
    return try CanonicalJSON.decode(StudyRecord.self, from: header.definition)
  }
}
