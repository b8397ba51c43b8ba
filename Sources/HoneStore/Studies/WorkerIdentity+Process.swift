import Foundation
public import HoneRecords

extension WorkerIdentity {
  /// A worker of this process.
  /// - Parameter name: what tells it from the process's other workers.
  public static func current(_ name: String) -> WorkerIdentity {
    let process = getpid()
    let start = startTime(of: process) ?? ""
    let host = thisHost
    return WorkerIdentity(
      name: "\(host)/\(process)/\(start)/\(name)", host: host, process: process,
      processStart: start)
  }

  /// The machine's name with the identity of its last start.
  static let thisHost: String = {
    let boot =
      (try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)) ?? ""
    return ProcessInfo.processInfo.hostName + "/" + boot.prefix { !$0.isNewline }
  }()

  /// The machine's name alone.
  var hostName: Substring { host.prefix { $0 != "/" } }

  /// When a process started, in ticks since the machine's start; nil where it is not there.
  private static func startTime(of process: Int32) -> String? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      // The name in parentheses may hold blanks.
      let end = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    // A process that has ended but was not waited for is a zombie.
    guard fields.count > 19, fields[0] != "Z" else { return nil }
    return String(fields[19])
  }

  /// Whether the worker's process is known to be gone: it was of this machine and is not there.
  var isGone: Bool {
    guard host == WorkerIdentity.thisHost, !processStart.isEmpty else { return false }
    return WorkerIdentity.startTime(of: process) != processStart
  }
}
