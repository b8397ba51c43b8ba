import Foundation

/// How a process ended.
enum ProcessEnding: Equatable {
  case exit(Int32)
  case signal(Int32)

  /// How a child of this process ended; nil while it runs.
  static func of(_ process: pid_t) -> ProcessEnding? {
    var status: Int32 = 0
    guard waitpid(process, &status, WNOHANG) == process else { return nil }
    let number = status & 0x7F
    return number == 0 ? .exit((status >> 8) & 0xFF) : .signal(number)
  }
}
