import Foundation
import HoneAssembly
import HoneCommands
import HoneConfiguration
import HoneData
import HoneImprove
import HoneRecords
import HoneReport
import HoneStore
import HoneText
import HoneTrain

/// `hone improve` and `hone demo`: runs the improver, shows what it does, stores both runs with their
/// models, writes the report.
struct ImprovementWork {
  let context: CommandContext

  func improve(_ request: ImproveRequest) throws -> ImprovementRecord {
    let folders = ArtifactFolders(store: context.storePath)
    let store = try context.openStore()
    let stored =
      try request.resume.map { try StoredImprovement.read($0, folders) }
      ?? begun(request)
    try stored.keep(folders)
    var identity = RunIdentity(created: stored.created)
    identity.id = stored.id
    identity.command = stored.command
    var options = ImprovementOptions(budgetSeconds: stored.budgetSeconds, seeds: stored.seeds)
    options.goal = stored.goal
    options.backbone = stored.backbone
    options.folder = try stored.folder(folders).path
    let configuration = stored.configuration
    VerbSetting(context).prepareTorch(configuration.training)
    let data = try configuration.openData(home: URL(filePath: context.dataHome))
    VerbSetting(context).say(notesOf: data)
    let display = ImprovementDisplay(context)
    let improver = try Improver(
      configuration, data: data, options: options, identity: identity,
      observe: display.show, stopRequested: { context.interruption.isRequested })
    var improvement: Improvement
    do {
      improvement = try improver.run()
    } catch let error as ImprovementError {
      if case .interrupted = error {
        let command = "hone improve --resume \(stored.id)"
        context.say(Localized("To go on: \(command)", korean: "이어서 진행: \(command)"))
      }
      throw error
    }
    try keep(&improvement.baseline, in: store)
    if improvement.final.evidence.run.id != improvement.baseline.evidence.run.id {
      try keep(&improvement.final, in: store)
    } else {
      improvement.final = improvement.baseline
    }
    improvement.record.baseline = improvement.baseline.evidence.run
    improvement.record.final = improvement.final.evidence.run
    try writeReport(&improvement, to: stored.report)
    try store.save(improvement.record)
    stored.end(folders)
    return improvement.record
  }

  /// A new improvement as it was asked for.
  private func begun(_ request: ImproveRequest) throws -> StoredImprovement {
    var configuration = request.configuration
    configuration.data.source = request.data
    try configuration.checkStandsAlone()
    let identity = RunIdentity()
    return StoredImprovement(
      id: identity.id, created: identity.created, command: context.command, data: request.data,
      configuration: configuration, budgetSeconds: request.budgetSeconds, seeds: request.seeds,
      goal: request.goal?.value, report: request.report,
      backbone: request.backbone.map { PretrainedBackbone(model: $0.model, file: $0.file) })
  }

  /// Stores a run with its series and its model.
  private func keep(_ model: inout TrainedModel, in store: any RunStore) throws {
    let folders = ArtifactFolders(store: context.storePath)
    var run = model.evidence.run
    let file = try folders.makeFolder(of: run.id).appending(path: "model.safetensors")
    run.checkpoint = folders.relativePath(of: file)
    model.evidence.run = run
    try ModelFile(state: model.state, run: run, preprocessor: model.preprocessor)
      .write(to: file.path)
    try store.save(run)
    try store.append(model.evidence.epochs, to: run.id)
    try store.append(model.evidence.steps, to: run.id)
  }

  private func writeReport(_ improvement: inout Improvement, to path: String?) throws {
    let folder = ArtifactFolders(store: context.storePath).root.appending(path: "reports")
    let file = path ?? folder.appending(path: "\(improvement.record.id).html").path
    improvement.record.report = file
    if path == nil {
      try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    let plotly = context.plotly.flatMap { try? String(contentsOfFile: $0, encoding: .utf8) }
    try Report(
      improvement: improvement.record, baseline: improvement.baseline.evidence,
      final: improvement.final.evidence
    ).write(to: file, language: context.language, plotlySource: plotly)
  }
}
