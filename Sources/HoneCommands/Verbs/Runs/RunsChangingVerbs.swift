import ArgumentParser
import Foundation
import HoneRecords
import HoneStore
import HoneText

struct RunsTagVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "tag",
      abstract: localized("Add or remove labels of a run.", "실행에 꼬리표를 붙이거나 뗍니다."))
  }

  @Argument(help: runHelp()) var reference: String
  @Argument(help: help("Labels to add.", "붙일 꼬리표.")) var tags: [String] = []
  @Option(
    name: .customLong("remove"), parsing: .singleValue,
    help: help("A label to remove; repeatable.", "뗄 꼬리표. 여러 번 쓸 수 있습니다."))
  var removed: [String] = []
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if tags.isEmpty && removed.isEmpty {
      throw ValidationError(
        localized("Name labels to add or --remove.", "붙이거나 --remove로 뗄 꼬리표를 쓰십시오."))
    }
  }

  mutating func run() throws {
    let context = global.context()
    let store = try context.openExistingStore()
    var run = try store.find(reference)
    run.tags = run.tags.filter { !removed.contains($0) }
    for tag in tags where !run.tags.contains(tag) { run.tags.append(tag) }
    try store.save(run)
    if context.json {
      try context.emit(RunOutput(run))
    } else {
      context.say("\(run.id)  # \(run.tags.joined(separator: " "))")
    }
  }
}

/// The JSON of verbs that remove runs.
struct RemovalOutput: Encodable {
  let runs: [String]
  let dryRun: Bool
}

/// Removes runs with their files.
enum RunRemoval {
  static func remove(_ runs: [RunRecord], _ context: CommandContext, dryRun: Bool) throws {
    let store = try context.openExistingStore()
    let folders = ArtifactFolders(store: context.storePath)
    for run in runs where !dryRun {
      try store.delete(run.id)
      try folders.removeFolder(of: run.id)
    }
    if context.json {
      try context.emit(RemovalOutput(runs: runs.map(\.id), dryRun: dryRun))
      return
    }
    for run in runs { context.say("\(run.id)  \(run.name)  \(run.status.rawValue)") }
    context.say(
      dryRun
        ? Localized("\(runs.count) runs would go.", korean: "실행 \(runs.count)개를 지우게 됩니다.")
        : Localized("\(runs.count) runs removed.", korean: "실행 \(runs.count)개를 지웠습니다."))
  }
}

struct RunsDeleteVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "delete",
      abstract: localized("Remove runs with their files.", "실행을 파일과 함께 지웁니다."))
  }

  @Argument(help: runHelp()) var references: [String]
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let context = global.context()
    let store = try context.openExistingStore()
    let runs = try references.map { try store.find($0) }
    try RunRemoval.remove(runs, context, dryRun: false)
  }
}

struct RunsPruneVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "prune",
      abstract: localized(
        "Remove runs by status or age, with their files; tagged runs stay.",
        "상태나 나이에 따라 실행을 파일과 함께 지웁니다. 꼬리표가 붙은 실행은 남깁니다."))
  }

  @Option(
    parsing: .singleValue,
    help: help("Runs of this status; repeatable.", "이 상태의 실행. 여러 번 쓸 수 있습니다."))
  var status: [RunStatus] = []
  @Option(help: help("Runs older than so many days.", "이 날수보다 오래된 실행."))
  var olderThan: Double?
  @Flag(help: help("Only say what would go.", "지울 것만 보여 줍니다."))
  var dryRun = false
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if status.isEmpty && olderThan == nil {
      throw ValidationError(
        localized(
          "Say what to remove: --status or --older-than.", "--status나 --older-than으로 지울 것을 정하십시오."))
    }
  }

  mutating func run() throws {
    let context = global.context()
    let limit = olderThan.map { Date(timeIntervalSinceNow: -$0 * 86_400) }
    let all = try context.openExistingStore().runs(matching: RunFilter(includesChildren: true))
    let runs = all.filter { run in
      let isOld = limit.map { run.created < $0 } ?? true
      return run.tags.isEmpty && isOld && (status.isEmpty || status.contains(run.status))
    }
    try RunRemoval.remove(runs, context, dryRun: dryRun)
  }
}
