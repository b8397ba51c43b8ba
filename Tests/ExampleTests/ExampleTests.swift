import Foundation
import Testing

@Suite struct ExampleTests {
  @Test(
    "every example runs to its end and prints what it promises",
    arguments: [
      ("DigitsInTwentyLines", "test accuracy"), ("CustomLoop", "held-out accuracy"),
    ])
  func runs(name: String, promise: String) throws {
    let process = Process()
    process.executableURL = try #require(builtProducts).appending(path: name)
    process.arguments = ["--smoke"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(text.contains(promise))
  }

  @Test("examples fit on a page", arguments: ["DigitsInTwentyLines", "CustomLoop"])
  func length(name: String) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let source = root.appending(path: "Examples/\(name)/main.swift")
    let lines = try String(contentsOf: source, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 120)
  }

  /// The folder of the built executables: the test runner's own bundle lies there.
  private var builtProducts: URL? {
    CommandLine.arguments.lazy
      .map { URL(filePath: $0) }
      .first { $0.pathExtension == "xctest" }?
      .deletingLastPathComponent()
      ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  }
}
