import Foundation

/// A name space of file systems of its own, in which a test may mount small or read-only disks.
enum Namespace {
  static let prefix = ["unshare", "-rm"]

  /// Whether this machine lets its user have one.
  static let isAvailable: Bool = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = prefix + ["sh", "-c", "mount -t tmpfs -o size=64k tmpfs /mnt"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()
}
