import Foundation

/// Which of a machine's CUDA devices one of several processes may use: each needs one of its own.
struct DeviceClaim: Equatable {
  /// The devices that are to be seen, by the names that `CUDA_VISIBLE_DEVICES` takes.
  private let names: [String]
  /// How many devices the machine has.
  private let installed: Int
  private let rank: Int
  private let processes: Int

  /// A process's claim.
  /// - Parameters:
  ///   - rank: its number on this machine, from 0.
  ///   - processes: how many processes there are on this machine.
  ///   - visible: what `CUDA_VISIBLE_DEVICES` says; all devices where nil.
  ///   - installed: how many devices the machine has.
  init(
    rank: Int, of processes: Int, visible: String?, installed: Int = DeviceClaim.installed
  ) {
    self.rank = rank
    self.processes = processes
    self.installed = installed
    names =
      visible.map { $0.split(separator: ",").map { String($0.filter { !$0.isWhitespace }) } }
      ?? (0..<installed).map(String.init)
  }

  /// How many devices are to be seen.
  var count: Int { names.count }

  /// Whether there are fewer devices than processes.
  ///
  /// A launcher that shows each process one device of several has divided them itself.
  var isShort: Bool { count < processes && !(count == 1 && installed > 1) }

  /// The device that this process takes; nil where there are not enough, or it sees no other.
  var own: String? { count >= processes && count > 1 ? names[rank] : nil }

  /// Hides the other devices from this process.
  ///
  /// To be called before the driver is first asked.
  func take() {
    if let own { setenv("CUDA_VISIBLE_DEVICES", own, 1) }
  }

  /// The devices of this machine that the driver has made files for.
  private static var installed: Int {
    (0..<64).prefix { FileManager.default.fileExists(atPath: "/dev/nvidia\($0)") }.count
  }
}
