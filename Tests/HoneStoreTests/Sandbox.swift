import Foundation

/// A process of this test program with a small disk of its own, in a user namespace of Linux.
enum Sandbox {
  /// Whether this system lets an unprivileged process mount a disk of its own.
  static let isPossible: Bool = {
    let script = "mount -t tmpfs -o size=64k tmpfs /mnt"
    return (try? launch(["-rm", "sh", "-c", script], environment: [:]))?.status == 0
  }()

  /// Runs one test of this program with a disk of the given mount options holding a copy of a folder.
  static func run(
    _ test: String, store: String, options: String, isReadOnly: Bool
  ) throws -> (status: Int32, text: String) {
    let script = """
      set -e
      cp -r "$STORE" "$STORE-copy"
      mount -t tmpfs -o "$OPTIONS" tmpfs "$STORE"
      cp -r "$STORE-copy/." "$STORE"
      rm -r "$STORE-copy"
      if [ -n "$READ_ONLY" ]; then mount -o "remount,ro,$OPTIONS" tmpfs "$STORE"; fi
      exec "$PROGRAM" --testing-library swift-testing --filter "$TEST"
      """
    return try launch(
      ["-rm", "sh", "-c", script],
      environment: [
        "STORE": store, "OPTIONS": options, "READ_ONLY": isReadOnly ? "1" : "", "TEST": test,
        "PROGRAM": CommandLine.arguments[0], "HONE_SANDBOX": store,
      ])
  }

  private static func launch(
    _ arguments: [String], environment: [String: String]
  ) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/unshare")
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
