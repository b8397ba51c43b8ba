import Foundation
import HoneRecords
import HoneStore
import Testing

@Suite("hone check and hone lr-find")
struct CheckTests {
  private func gates(_ ended: Ended) throws -> [String: Bool] {
    let gates = try #require(try ended.json()["gates"] as? [[String: Any]])
    let pairs = gates.compactMap { gate in
      (gate["id"] as? String).flatMap { id in (gate["passed"] as? Bool).map { (id, $0) } }
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  @Test("digits pass every gate")
  func digits() throws {
    let command = try BuiltCommand()
    let ended = try command.hone("check", "digits", "--json")
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(
      try gates(ended) == [
        "inputScale": true, "initialLoss": true, "outputAndLoss": true, "lossIsMean": true,
        "samplesApart": true, "initialWeights": true, "initialSpread": true,
        "evaluationMode": true, "zeroInput": true, "overfitOneBatch": true,
        "learningRate": true, "loader": true, "untouched": true,
      ])
    #expect(!FileManager.default.fileExists(atPath: command.folder.appending(path: ".hone").path))
  }

  @Test(
    "raw pixels and an absurd learning rate fail their gates; the JSON is printed, the status 1")
  func failures() throws {
    let command = try BuiltCommand()
    try command.writeIDX("halves")
    let ended = try command.hone(
      "check", "halves", "--batch-size", "8", "--set", "data.normalize=none",
      "--learning-rate", "50", "--json")
    #expect(ended.status == 1)
    let gates = try gates(ended)
    #expect(gates["inputScale"] == false)
    #expect(gates["learningRate"] == false)
  }

  @Test("all pictures that cannot be read are found at once")
  func unreadable() throws {
    let command = try BuiltCommand()
    try command.writePictures("photos")
    try command.write(command.fixture("truncated.jpg"), to: "photos/warm/x.jpg")
    try command.write(command.fixture("truncated.png"), to: "photos/grey/y.png")
    let ended = try command.hone("check", "photos", "--json")
    #expect(ended.status == 1)
    #expect(try gates(ended) == ["samplesReadable": false])
    let findings = try #require(try ended.json()["findings"] as? [[String: Any]])
    #expect(findings.first?["id"] as? String == "corrupt-samples")
  }

  @Test("the report shows copies, unreadable files and what a run doubts, as pictures in one file")
  func report() throws {
    let command = try BuiltCommand()
    try command.writeIDX("halves", count: 120)
    let trained = try command.hone(
      "train", "halves", "--model", "cnn", "--epochs", "2", "--batch-size", "16")
    #expect(trained.status == 0, "\(trained.errors)")
    let ended = try command.hone(
      "check", "halves", "--run", "last", "--batch-size", "16", "--report", "check.html", "--json")
    let json = try ended.json()
    #expect((json["report"] as? String)?.hasSuffix("check.html") == true)
    let page = try String(
      contentsOf: command.folder.appending(path: "check.html"), encoding: .utf8)
    // Fifty pictures that repeat are copies of training samples.
    #expect(page.contains("<code>split-leakage</code>"))
    #expect(page.contains("src=\"data:image/png;base64,"))
    #expect(!page.contains("src=\"http"))
    let refused = try command.hone("check", "halves", "-o", "nowhere/check.html")
    #expect(refused.status == 73)
    #expect(refused.errors.contains("nowhere"))
  }

  @Test("lr-find suggests a rate at which digits learn, and leaves nothing behind")
  func learningRate() throws {
    let command = try BuiltCommand()
    let ended = try command.hone("lr-find", "digits", "--json")
    #expect(ended.status == 0, "\(ended.errors)")
    let json = try ended.json()
    let rate = try #require(json["suggestion"] as? Double)
    #expect((1e-4...1e-1).contains(rate))
    #expect(json["verdict"] as? String == "clear")
    #expect(!FileManager.default.fileExists(atPath: command.folder.appending(path: ".hone").path))
  }

  @Test("Ctrl-C ends a range test at once, with 130")
  func interruptedLearningRate() throws {
    let command = try BuiltCommand()
    let started = try command.start("lr-find", "digits", "--model", "cnn")
    started.wait { $0.said.contains("Trying") }
    started.send(SIGINT)
    let ended = started.wait()
    #expect(ended.status == 130)
    #expect(ended.errors.contains("nothing was kept"))
  }
}
