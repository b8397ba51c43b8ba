import Foundation
import Synchronization

/// A PostgreSQL server of the tests' own, which `Scripts/postgresql-server` runs and, when this process
/// ends however it ends, stops.
final class PostgreSQLServer: Sendable {
  /// The one that tests share and leave running; nil where PostgreSQL is not installed.
  static let shared = PostgreSQLServer()

  /// The folder of its socket.
  let folder: String
  private let input: FileHandle
  private let output: FileHandle
  private let count = Mutex(0)

  /// Starts a server.
  init?() {
    // The path of a socket has at most 107 bytes.
    folder = "/tmp/hone-pg-\(getpid())-\(UUID().uuidString.prefix(8))"
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Scripts/postgresql-server").standardizedFileURL
    let process = Process()
    process.executableURL = script
    process.arguments = [folder]
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    self.input = input.fileHandleForWriting
    self.output = output.fileHandleForReading
    guard (try? process.run()) != nil, answer() == "ready" else { return nil }
  }

  deinit { try? input.close() }

  /// Makes it stop, crash, start or restart, and waits until it has.
  func command(_ word: String) -> Bool {
    try? input.write(contentsOf: Data("\(word)\n".utf8))
    return answer() == "done"
  }

  /// An address of a store that nobody has made yet.
  func freshAddress(user: String = "hone", database: String = "hone") -> String {
    let number = count.withLock { count in
      count += 1
      return count
    }
    return "postgresql://\(user)@/\(database)?host=\(folder)&schema=test_\(number)"
  }

  private func answer() -> String {
    var line: [UInt8] = []
    while let byte = try? output.read(upToCount: 1)?.first, byte != 10 { line.append(byte) }
    return String(decoding: line, as: UTF8.self)
  }
}
