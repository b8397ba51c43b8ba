import Foundation
import Testing

/// The built `hone`, run as a user would, in a folder of its own that goes when the value goes.
final class BuiltCommand {
  /// The working folder; the store is `.hone` in it.
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "hone-engine-tests-\(UUID().uuidString)", directoryHint: .isDirectory)
      .resolvingSymlinksInPath()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The folder of the built executables: the test bundle's, or one around it.
  static let products: URL = {
    let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    var place = URL(fileURLWithPath: link ?? CommandLine.arguments[0])
    while place.path != "/" {
      place.deleteLastPathComponent()
      if FileManager.default.isExecutableFile(atPath: place.appending(path: "hone-engine").path) {
        return place
      }
    }
    fatalError("hone-engine lies in no folder around the tests; build it with the tests.")
  }()

  static var executable: String { products.appending(path: "hone").path }

  /// Runs `hone` to its end.
  func hone(_ arguments: String...) throws -> Ended { try hone(arguments) }

  /// Runs `hone` to its end.
  func hone(_ arguments: [String]) throws -> Ended {
    try start(Self.executable, arguments).wait()
  }

  /// Starts `hone` and lets it run.
  func start(_ arguments: String...) throws -> Started { try start(arguments) }

  /// Starts `hone` and lets it run.
  func start(_ arguments: [String]) throws -> Started {
    try start(Self.executable, arguments)
  }

  /// Runs a shell script in which `$hone` is the command.
  func script(_ text: String, prefix: [String] = []) throws -> Ended {
    let words = prefix + ["sh", "-c", text]
    return try start("/usr/bin/env", words).wait()
  }

  private func start(_ program: String, _ arguments: [String]) throws -> Started {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    var variables = ProcessInfo.processInfo.environment
    variables["LANG"] = "en_US.UTF-8"
    variables["LC_ALL"] = nil
    variables["HONE_STORE"] = nil
    variables["HONE_DATA"] = folder.appending(path: "no-data").path
    variables["hone"] = Self.executable
    process.environment = variables
    return try Started(process)
  }
}

/// What a command left when it ended.
struct Ended {
  /// The exit status; the signal's number where one ended it.
  let status: Int32
  let output: String
  let errors: String

  /// The one JSON object on standard output.
  func json() throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
    return try #require(value as? [String: Any])
  }
}

/// A command that runs.
final class Started {
  let process: Process
  private let output: URL
  private let errors: URL

  init(_ process: Process) throws {
    self.process = process
    let stem = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    output = URL(fileURLWithPath: stem + ".out")
    errors = URL(fileURLWithPath: stem + ".err")
    for file in [output, errors] {
      _ = FileManager.default.createFile(atPath: file.path, contents: nil)
    }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    try? FileManager.default.removeItem(at: output)
    try? FileManager.default.removeItem(at: errors)
  }

  /// What it has said so far on both channels.
  var said: String { text(output) + text(errors) }

  /// Waits until something is true of it, or it has ended.
  func wait(until condition: (Started) -> Bool) {
    while process.isRunning, !condition(self) { usleep(2_000) }
  }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits for its end, and ends it where that takes longer than any of these runs may.
  func wait() -> Ended {
    let limit = Date(timeIntervalSinceNow: 120)
    while process.isRunning {
      usleep(2_000)
      if Date() > limit { send(SIGKILL) }
    }
    process.waitUntilExit()
    return Ended(status: process.terminationStatus, output: text(output), errors: text(errors))
  }

  private func text(_ file: URL) -> String {
    (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }
}
