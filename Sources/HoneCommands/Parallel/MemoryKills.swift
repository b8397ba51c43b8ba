import Foundation

/// The processes that Linux ended because memory ran out, counted by the control group of this process
/// or else by the whole machine.
enum MemoryKills {
  private static let files = [
    "/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control", "/proc/vmstat",
  ]

  /// The count so far; 0 where nothing counts.
  static var count: Int {
    files.lazy.compactMap { try? String(contentsOfFile: $0, encoding: .utf8) }
      .compactMap(number).first ?? 0
  }

  /// The number behind `oom_kill` in the text of one of the files.
  static func number(in text: String) -> Int? {
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2, words[0] == "oom_kill" { return Int(words[1]) }
    }
    return nil
  }
}
