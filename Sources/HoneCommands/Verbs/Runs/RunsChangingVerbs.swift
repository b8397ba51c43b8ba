import ArgumentParser
import Foundation
import HoneRecords
import HoneStore
import HoneText

struct RunsTagVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "tag",
      abstract: localized(
        "Add or remove labels of a run, or write a note.", "실행에 꼬리표를 붙이거나 떼고 메모를 씁니다."))
  }

  @Argument(help: runHelp()) var reference: String
  @Argument(help: help("Labels to add.", "붙일 꼬리표.")) var tags: [String] = []
  @Option(
    name: .customLong("remove"), parsing: .singleValue,
    help: help("A label to remove; repeatable.", "뗄 꼬리표. 여러 번 쓸 수 있습니다."))
  var removed: [String] = []
  @Option(help: help("A note, in place of the old one.", "메모. 앞서 쓴 메모를 바꿉니다."))
  var note: String?
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if tags.isEmpty && removed.isEmpty && note == nil {
      throw ValidationError(
        localized(
          "Name labels to add or --remove, or a --note.", "붙이거나 --remove로 뗄 꼬리표, 또는 --note를 쓰십시오."))
    }
  }

  mutating func run() throws {
    let context = global.context()
    let store = try context.openExistingStore()
    let (added, removed, note) = (tags, removed, note)
    let run = try store.update(try store.find(reference).id) { run in
      run.tags = run.tags.filter { !removed.contains($0) }
      for tag in added where !run.tags.contains(tag) { run.tags.append(tag) }
      if let note { run.note = note }
    }
    if context.json {
      try context.emit(RunOutput(run, artifacts: try store.artifacts(of: run.id)))
    } else {
      context.say("\(run.id)  # \(run.tags.joined(separator: " "))")
      if !run.note.isEmpty { context.say("  \(run.note)") }
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
  static func remove(_ runs: [RunListing], _ context: CommandContext, dryRun: Bool) throws {
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
        : Localized(
          runs.count == 1 ? "1 run removed." : "\(runs.count) runs removed.",
          korean: "실행 \(runs.count)개를 지웠습니다."))
  }
}

struct RunsDeleteVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "delete",
      abstract: localized("Remove runs with their files.", "실행을 파일과 함께 지웁니다."))
  }

  @Argument(help: runHelp()) var references: [String]
  @Flag(help: help("Only say what would go.", "지울 것만 보여 줍니다."))
  var dryRun = false
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let context = global.context()
    let store = try context.openExistingStore()
    var lines: [String: RunListing] = [:]
    for line in try store.listings(matching: RunFilter(includesChildren: true)) {
      lines[line.id] = line
    }
    var runs: [RunListing] = []
    for reference in references {
      // A record that cannot be read can still be removed by its whole id.
      let line = try lines[reference] ?? RunListing(try store.find(reference))
      if !runs.contains(where: { $0.id == line.id }) { runs.append(line) }
    }
    try RunRemoval.remove(runs, context, dryRun: dryRun)
  }
}

struct RunsPruneVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "prune",
      abstract: localized(
        "Remove runs by status, age or number, with their files; tagged runs stay.",
        "상태, 나이, 개수에 따라 실행을 파일과 함께 지웁니다. 꼬리표가 붙은 실행은 남깁니다."),
      discussion: localized(
        """
        Runs that are running stay unless --status running asks for them.

        EXAMPLES
          hone runs prune --failed --dry-run
          hone runs prune --older-than 30
          hone runs prune --keep 100
        """,
        """
        실행 중인 것은 --status running을 쓰지 않는 한 남깁니다.

        예
          hone runs prune --failed --dry-run
          hone runs prune --older-than 30
          hone runs prune --keep 100
        """))
  }

  @Option(
    parsing: .singleValue,
    help: help("Runs of this status; repeatable.", "이 상태의 실행. 여러 번 쓸 수 있습니다."))
  var status: [RunStatus] = []
  @Flag(
    help: help("Runs that failed, diverged or were interrupted.", "실패했거나 발산했거나 중단된 실행."))
  var failed = false
  @Option(help: help("Runs older than so many days.", "이 날수보다 오래된 실행."))
  var olderThan: Double?
  @Option(help: help("All but the newest so many of them.", "그 가운데 최신 이 개수만 남기고 모두."))
  var keep: Int?
  @Flag(help: help("Only say what would go.", "지울 것만 보여 줍니다."))
  var dryRun = false
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if status.isEmpty && !failed && olderThan == nil && keep == nil {
      throw ValidationError(
        localized(
          "Say what to remove: --status, --failed, --older-than or --keep.",
          "--status, --failed, --older-than, --keep으로 지울 것을 정하십시오."))
    }
    if let keep, keep < 0 {
      throw ValidationError(localized("--keep must be 0 or more.", "--keep은 0 이상이어야 합니다."))
    }
  }

  mutating func run() throws {
    let context = global.context()
    let limit = olderThan.map { Date(timeIntervalSinceNow: -$0 * 86_400) }
    let wanted = Set(status + (failed ? [.failed, .diverged, .interrupted] : []))
    let all = try context.openExistingStore().listings(matching: RunFilter(includesChildren: true))
    let runs = all.filter { run in
      let isOld = limit.map { run.created < $0 } ?? true
      let isWanted = wanted.isEmpty ? run.status != .running : wanted.contains(run.status)
      return run.tags.isEmpty && isOld && isWanted
    }
    try RunRemoval.remove(Array(runs.dropFirst(keep ?? 0)), context, dryRun: dryRun)
  }
}
