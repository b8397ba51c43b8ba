import Foundation
import Testing

@Suite struct ExampleTests {
  @Test(
    "every example runs to its end and prints what it promises",
    arguments: [
      ("DigitsInTwentyLines", "test accuracy"), ("CustomLoop", "held-out accuracy"),
      ("SearchStudy", "best of 30 trials"),
      ("CustomPolicy", "kept epoch"),
    ])
  func runs(name: String, promise: String) throws {
    let (status, text) = try run(name, ["--smoke"])
    #expect(status == 0)
    #expect(text.contains(promise))
  }

  /// The folder that HONE_DATA names.
  private static let home = ProcessInfo.processInfo.environment["HONE_DATA"].map {
    URL(filePath: $0)
  }

  /// The photos and the weights of the example that fine-tunes; nil where they are not there.
  private static let photos: [String]? = home.flatMap { home in
    let paths = [
      "hymenoptera", "weights/squeezenet-imagenet/squeezenet1_1-imagenet-features.safetensors",
    ].map { home.appending(path: $0).path }
    return paths.allSatisfy { FileManager.default.fileExists(atPath: $0) } ? paths : nil
  }

  @Test(
    "fine-tuning is compared with training from scratch, seed by seed",
    .enabled(if: photos != nil, "HONE_DATA has no hymenoptera and weights"))
  func fineTune() throws {
    let (status, text) = try run("FineTune", try #require(Self.photos) + ["--smoke"])
    #expect(status == 0)
    #expect(text.contains("| 1 | 0."))
    #expect(text.contains("95 % interval"))
  }

  /// The folder of CIFAR-10; nil where it is not there.
  private static let cifar = home.map { $0.appending(path: "cifar10/cifar-10-batches-bin").path }
    .flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil }

  @Test(
    "a small network learns CIFAR-10 by the recipe of airbench",
    .enabled(if: cifar != nil, "HONE_DATA has no cifar10"))
  func airbench() throws {
    let (status, text) = try run("Airbench", [try #require(Self.cifar), "--smoke"])
    #expect(status == 0)
    #expect(text.contains("seed 0, epoch 1: 0.") && text.contains("512 of 50,000 images, 1 epochs"))
  }

  @Test("without their data the examples say what they want", arguments: ["FineTune", "Airbench"])
  func usage(name: String) throws { #expect(try run(name, []).status == 64) }

  /// Runs an example to its end.
  private func run(_ name: String, _ arguments: [String]) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = try #require(builtProducts).appending(path: name)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }

  @Test(
    "examples fit on a page",
    arguments: [
      "Airbench", "DigitsInTwentyLines", "CustomLoop", "FineTune", "SearchStudy", "CustomPolicy",
    ])
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
