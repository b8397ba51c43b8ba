import Foundation
import HoneRecords
import HoneStore
import Testing

@Suite("hone features")
struct FeaturesTests {
  /// The names and shapes of a safetensors file's arrays.
  private func shapes(_ name: String, _ command: BuiltCommand) throws -> [String: [Int]] {
    let data = try Data(contentsOf: command.folder.appending(path: name))
    let length = data.prefix(8).enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
    let header = try JSONSerialization.jsonObject(with: data.dropFirst(8).prefix(length))
    let entries = try #require(header as? [String: Any])
    return entries.compactMapValues { ($0 as? [String: Any])?["shape"] as? [Int] }
  }

  @Test("writes features, maps or outputs of photos with their labels")
  func photos() throws {
    let command = try BuiltCommand()
    try command.writePictures("photos")
    let options = ["--model", "squeezeNet", "--set", "data.imageSize=40", "--limit", "5"]
    let ended = try command.hone(["features", "photos", "-o", "f.safetensors", "--json"] + options)
    #expect(ended.status == 0, "\(ended.errors)")
    let json = try ended.json()
    #expect(json["samples"] as? Int == 5)
    let features = try shapes("f.safetensors", command)
    #expect(features["features"] == [5, 512])
    #expect(features["labels"] == [5] && features["indices"] == [5])
    _ = try command.hone(["features", "photos", "-o", "m.st", "--content", "maps"] + options)
    #expect(try shapes("m.st", command)["map.0"]?.count == 4)
    _ = try command.hone(["features", "photos", "-o", "o.st", "--content", "outputs"] + options)
    #expect(try shapes("o.st", command)["outputs"] == [5, 2])
    #expect(!command.hasRuns())
  }

  @Test("writes what a run's model makes of its own table, or of another")
  func tables() throws {
    let command = try BuiltCommand()
    try command.writeTable("houses.csv")
    _ = try command.hone("train", "houses.csv", "--target", "price", "--epochs", "1")
    let run = try command.lastRun()
    let own = try command.hone(
      "features", "--run", "last", "-o", "own.st", "--content", "outputs", "--split", "test")
    #expect(own.status == 0, "\(own.errors)")
    #expect(try shapes("own.st", command)["outputs"] == [run.task.testSamples, 1])
    #expect(try shapes("own.st", command)["targets"] == [run.task.testSamples])
    try command.writeTable("more.csv", rows: 33)
    let other = try command.hone(
      "features", "more.csv", "--run", "last", "-o", "more.st", "--content", "outputs")
    #expect(other.status == 0, "\(other.errors)")
    #expect(try shapes("more.st", command)["outputs"] == [33, 1])
  }

  @Test("what cannot be written is refused with one sentence and its own status")
  func refused() throws {
    let command = try BuiltCommand()
    try command.writeTable("houses.csv")
    for (arguments, status, phrase): ([String], Int32, String) in [
      (["digits"], 64, "--output"),
      (["digits", "-o", "f.st", "--limit", "0"], 64, "--limit 0"),
      (["digits", "-o", "f.st", "--content", "pixels"], 64, "features"),
      (["digits", "-o", "f.st", "--run", "last", "--pretrained", "a.pt"], 64, "two models"),
      (["nowhere", "-o", "f.st"], 66, "nowhere"),
      (["digits", "-o", "f.st", "--run", "last"], 66, "store"),
      (["digits", "-o", "f.st", "--model", "mlp"], 78, "no features"),
      (["houses.csv", "--target", "price", "-o", "f.st"], 78, "no features"),
      (["digits", "-o", "no/f.st", "--model", "mlp", "--content", "outputs"], 73, "no/f.st"),
    ] {
      let ended = try command.hone(["features"] + arguments)
      #expect(ended.status == status, "\(arguments): \(ended.errors)")
      #expect(ended.errors.contains(phrase), "\(arguments): \(ended.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: command.folder.appending(path: "f.st").path))
  }
}
