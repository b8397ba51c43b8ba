import ArgumentParser
import Foundation
import HoneRecords
import HoneStore
import HoneText

/// `hone runs import`: runs from a file or from another store.
struct RunsImportVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "import",
      abstract: localized(
        "Take in runs that export wrote, or those of another store with their files.",
        "export로 쓴 실행을 가져오거나, 다른 저장소의 실행을 파일과 함께 가져옵니다."),
      discussion: localized(
        """
        EXAMPLES
          hone runs import run.json
          hone runs import --from .hone/hone.sqlite --store postgresql://host/runs
        """,
        """
        예
          hone runs import run.json
          hone runs import --from .hone/hone.sqlite --store postgresql://host/runs
        """))
  }

  @Argument(help: help("The file.", "파일.", valueName: "file.json")) var file: String?
  @Option(
    help: help(
      "Another store, a file or postgresql://…; all its runs come.",
      "다른 저장소: 파일 또는 postgresql://…. 모든 실행을 가져옵니다.", valueName: "store"))
  var from: String?
  @Flag(help: help("Replace runs of the same id.", "같은 id의 실행을 바꿉니다.")) var replace = false
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if (file == nil) == (from == nil) {
      throw ValidationError(
        localized("Name a file, or a store with --from.", "파일을 쓰거나, --from으로 저장소를 쓰십시오."))
    }
  }

  mutating func run() throws {
    let context = global.context()
    let ids = if let file { try readFile(file, context) } else { try copyStore(context) }
    if context.json {
      try context.emit(ImportOutput(run: ids.first, runs: ids))
    } else {
      for id in ids {
        context.say("\(file ?? PostgreSQLStore.displayName(of: from ?? "")) → \(id)")
      }
    }
  }

  /// The JSON of the verb.
  private struct ImportOutput: Encodable {
    @OrNull var run: String?
    let runs: [String]

    init(run: String?, runs: [String]) {
      _run = OrNull(wrappedValue: run)
      self.runs = runs
    }
  }

  private func readFile(_ file: String, _ context: CommandContext) throws -> [String] {
    let path = CommandEnvironment.current?.absolute(file) ?? file
    guard FileManager.default.fileExists(atPath: path) else {
      throw CommandFailure.inputNotFound(file)
    }
    guard let content = try? Data(contentsOf: URL(fileURLWithPath: path)),
      let runs = RunFile.decode(content)
    else { throw CommandFailure.unreadable(file, detail: "\(RunFile.one), \(RunFile.several)") }
    let store = try context.openStore()
    try check(runs.map(\.evidence.run.id), store)
    for run in runs { try run.save(to: store) }
    return runs.map(\.evidence.run.id)
  }

  private func copyStore(_ context: CommandContext) throws -> [String] {
    let name = from ?? ""
    let path =
      name.contains("://") ? name : CommandEnvironment.current?.absolute(name) ?? name
    let source = try context.openOtherStore(path)
    let store = try context.openStore()
    // Oldest first, so that lists keep their order.
    let filter = RunFilter(includesChildren: true)
    let ids = Array(try source.listings(matching: filter).map(\.id).reversed())
    try check(ids, store)
    let theirs = ArtifactFolders(store: path)
    let ours = ArtifactFolders(store: context.storePath)
    if let from = source as? any DatabaseStore, let to = store as? any DatabaseStore {
      try to.copyRuns(ids, from: from) { part in
        for id in part { try copyFiles(of: id, theirs, ours) }
      }
      return ids
    }
    for id in ids {
      try copyFiles(of: id, theirs, ours)
      try RunContents(of: id, in: source).save(to: store)
    }
    return ids
  }

  /// Refuses to replace what is there, before anything is written.
  private func check(_ ids: [String], _ store: any RunStore) throws {
    guard !replace else { return }
    let there = Set(try store.listings(matching: RunFilter(includesChildren: true)).map(\.id))
    guard let id = ids.first(where: there.contains) else { return }
    throw CommandFailure.usage(
      Localized(
        "run \(id) is in the store already; --replace replaces it.",
        korean: "실행 \(id)은(는) 저장소에 이미 있습니다. 바꾸려면 --replace를 쓰십시오."))
  }

  private func copyFiles(
    of id: String, _ theirs: ArtifactFolders, _ ours: ArtifactFolders
  ) throws {
    let source = try theirs.folder(of: id)
    let target = try ours.folder(of: id)
    let files = FileManager.default
    guard files.fileExists(atPath: source.path), source != target else { return }
    try ours.removeFolder(of: id)
    do {
      try files.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try files.copyItem(at: source, to: target)
    } catch {
      throw StoreError.inputOutput(path: target.path, reason: error.localizedDescription)
    }
  }
}
