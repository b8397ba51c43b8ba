import Foundation
import HoneAssembly
import HoneCommands
import HoneRecords
import HoneStore
import HoneTrain

extension VerbSetting {
  /// The models that references name, each once: `RUN@all` stands for all epochs that a run kept, the id
  /// of a series for its runs.
  /// - Throws: `StoreError` for what is not there, `EngineError` for runs without a model.
  func members(_ references: [String]) throws -> [(run: RunRecord, model: StoredModel)] {
    var names: [String] = []
    for name in try references.flatMap(expand) where !names.contains(name) { names.append(name) }
    return try names.map(storedModel)
  }

  /// The references of single models that a reference stands for, by ids: they mean the same tomorrow.
  func expand(_ reference: String) throws -> [String] {
    let store = try context.openExistingStore()
    if reference.hasSuffix("@all") {
      let run = try store.find(String(reference.dropLast(4)))
      let kept = WeightKeeper.files(in: try folders.folder(of: run.id).path)
      guard !kept.isEmpty else { throw EngineError.noSuchEpoch(run: run.id, 0, kept: []) }
      return kept.map { "\(run.id)@\($0.epoch)" }
    }
    let (name, epoch) = Self.parts(of: reference)
    if epoch == nil {
      let series = try store.runs(matching: RunFilter(includesChildren: true))
        .filter { $0.parent == name }.sorted { $0.id < $1.id }
      if !series.isEmpty { return series.map(\.id) }
    }
    let run = try store.find(name)
    return [epoch.map { "\(run.id)@\($0)" } ?? run.id]
  }
}
