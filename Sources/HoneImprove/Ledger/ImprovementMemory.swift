import Foundation
import HoneAssembly
import HoneConfiguration
import HoneData
import HoneNN
import HoneNumerics
import HoneRecords
import HoneTrain

/// What an improvement keeps on disk while it runs: the baseline with its model, and the ledger of
/// finished experiments.
struct ImprovementMemory {
  let ledger: ExperimentLedger
  private let improver: Improver
  private let folder: URL?

  /// Opens the folder of the options, or keeps nothing.
  /// - Throws: `ImprovementError.otherLedger`; `FileError` where the disk refuses.
  init(_ improver: Improver, started: ContinuousClock.Instant) throws {
    self.improver = improver
    guard let path = improver.options.folder else {
      folder = nil
      ledger = ExperimentLedger()
      return
    }
    let folder = URL(filePath: path)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    self.folder = folder
    let options = improver.options
    ledger = try ExperimentLedger(
      path: folder.appending(path: "ledger.jsonl").path,
      subject: "\(improver.data.fingerprint) \(options.seeds) \(options.budgetSeconds) "
        + improver.configuration.canonicalJSON
    ) { started.duration(to: .now) / .seconds(1) }
  }

  /// The baseline that was trained before an interruption.
  func baseline() throws -> TrainedModel? {
    guard let folder, ledger.kept("baseline", as: Bool.self) == true,
      let data = FileManager.default.contents(atPath: evidenceFile(folder)),
      let evidence = try? CanonicalJSON.decode(RunEvidence.self, from: data)
    else { return nil }
    let file = try ModelFile(contentsOf: modelFile(folder))
    let run = try AssembledRun(
      improver.configuration, data: improver.data, split: improver.split)
    _ = try run.plan.model.load(file.state)
    return try improver.tested(
      TrainedModel(
        evidence: evidence, state: file.state, preprocessor: file.preprocessor, test: nil), run)
  }

  /// Keeps the baseline.
  /// - Throws: `FileError` where the disk refuses.
  func keep(_ baseline: TrainedModel) throws {
    guard let folder else { return }
    let text = try CanonicalJSON.string(baseline.evidence)
    try AtomicFile.write(text, to: evidenceFile(folder))
    try ModelFile(
      state: baseline.state, run: baseline.evidence.run, preprocessor: baseline.preprocessor
    ).write(to: modelFile(folder))
    _ = try ledger.value("baseline") { true }
  }

  private func evidenceFile(_ folder: URL) -> String {
    folder.appending(path: "baseline.json").path
  }

  private func modelFile(_ folder: URL) -> String {
    folder.appending(path: "baseline.safetensors").path
  }
}
