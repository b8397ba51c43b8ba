import Foundation
import HoneRecords
import HoneStore
import Testing

@Suite("What is done with a trained model")
struct UseModelTests {
  @Test("evaluate repeats the test result and says which epoch's weights it used")
  func evaluate() throws {
    let command = try BuiltCommand()
    _ = try command.hone("train", "digits", "--epochs", "3")
    let run = try command.lastRun()
    let ended = try command.hone("evaluate", "last", "--json")
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(ended.errors.contains("Weights of epoch \(run.best?.epoch ?? 0)"))
    let json = try ended.json()
    #expect(json["metric"] as? Double == run.test?.metric)
    #expect((json["classes"] as? [Any])?.count == 10)
    #expect((json["worst"] as? [Any])?.count == 10)
    #expect(json["calibrationError"] is Double)
    #expect(try command.lastRun() == run)
    let train = try command.hone("evaluate", "last", "--split", "train", "--json").json()
    #expect(train["samples"] as? Int == run.task.trainSamples)
  }

  @Test("evaluate gives the curvature where it is asked for")
  func curvature() throws {
    let command = try BuiltCommand()
    _ = try command.hone(
      "train", "digits", "--epochs", "2", "--model", "mlp", "--set", "model.widths=[8]")
    let json = try command.hone("evaluate", "last", "--curvature", "--json").json()
    let curvature = try #require(json["curvature"] as? [String: Any])
    let largest = try #require(curvature["largest"] as? [[String: Any]])
    let first = try #require(largest.first?["value"] as? Double)
    #expect(first > 0)
    let layers = try #require(curvature["layers"] as? [[String: Any]])
    #expect(layers.count == 2)
    // A block of the Hessian has no larger eigenvalue than the whole.
    for layer in layers {
      let value = (layer["largest"] as? [String: Any])?["value"] as? Double
      #expect(try #require(value) < first * 1.01)
    }
    let plain = try command.hone("evaluate", "last", "--curvature")
    #expect(plain.output.contains("largest eigenvalues"))
    #expect(try command.hone("evaluate", "last", "--json").json()["curvature"] == nil)
  }

  @Test("evaluate refuses data that changed, and takes other data as one set")
  func otherData() throws {
    let command = try BuiltCommand()
    try command.writeTable("houses.csv")
    _ = try command.hone("train", "houses.csv", "--target", "price", "--epochs", "1")
    try command.writeTable("more.csv", rows: 33)
    let other = try command.hone("evaluate", "last", "--data", "more.csv", "--json")
    #expect(try other.json()["samples"] as? Int == 33)
    try command.writeTable("houses.csv", rows: 70)
    let changed = try command.hone("evaluate", "last")
    #expect(changed.status == 65)
    #expect(changed.errors.contains("changed since run"))
  }

  @Test("augment draws a sheet, the same again, and prints every parameter")
  func augment() throws {
    let command = try BuiltCommand()
    let words = [
      "augment", "digits", "--set", "augment=[{randomCrop: {padding: 2}}, trivialAugment, mixUp]",
      "--sample", "17", "--sample", "4", "--epoch", "3", "--variants", "2", "-o", "sheet.png",
      "--json",
    ]
    let ended = try command.hone(words)
    #expect(ended.status == 0, "\(ended.errors)")
    let json = try ended.json()
    let samples = try #require(json["samples"] as? [[String: Any]])
    #expect(samples.map { $0["sample"] as? Int } == [17, 4])
    let variants = try #require(samples[0]["variants"] as? [[String: Any]])
    #expect(variants.map { $0["epoch"] as? Int } == [3, 4])
    let first = try #require((variants[0]["operations"] as? [[String: Any]])?.first)
    #expect((first["crop"] as? [String: Any])?["height"] as? Int == 8)
    #expect((json["mixing"] as? [Any])?.count == 2)
    #expect(try command.hone(words).output == ended.output)
    let missing = try command.hone("augment", "digits", "--sample", "5000", "-o", "s.png")
    #expect(missing.status == 64)
  }

  @Test("predict answers each picture with classes and their probabilities")
  func predictPictures() throws {
    let command = try BuiltCommand()
    try command.writePictures("photos")
    _ = try command.hone(
      "train", "photos", "--epochs", "1", "--batch-size", "4", "--model", "mlp", "--set",
      "data.imageSize=8")
    try command.write(command.fixture("inks.jpg"), to: "new/a.jpg")
    let ended = try command.hone("predict", "last", "new", "photos/grey/0.jpg", "--json")
    #expect(ended.status == 0, "\(ended.errors)")
    let lines = ended.output.split(separator: "\n")
    #expect(lines.count == 2)
    let first = try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any]
    #expect(first?["input"] as? String == "new/a.jpg")
    let top = try #require(first?["top"] as? [[String: Any]])
    let sum = top.compactMap { $0["probability"] as? Double }.reduce(0, +)
    #expect(abs(sum - 1) < 1e-5)
  }

  @Test("predict names the picture that cannot be read, after the answers before it")
  func unreadableInput() throws {
    let command = try BuiltCommand()
    try command.writePictures("photos")
    _ = try command.hone(
      "train", "photos", "--epochs", "1", "--batch-size", "4", "--model", "mlp", "--set",
      "data.imageSize=8")
    try command.write(command.fixture("truncated.jpg"), to: "broken.jpg")
    let ended = try command.hone("predict", "last", "photos/grey/0.jpg", "broken.jpg")
    #expect(ended.status == 65)
    #expect(ended.output.contains("photos/grey/0.jpg"))
    #expect(ended.errors.contains("broken.jpg"))
  }

  @Test("predict gives values in the unit of the target")
  func predictValues() throws {
    let command = try BuiltCommand()
    try command.writeTable("houses.csv")
    _ = try command.hone(
      "train", "houses.csv", "--target", "price", "--epochs", "40", "--learning-rate", "0.01")
    try command.write("width,height,color\n3,5,red\n", to: "new.csv")
    let ended = try command.hone("predict", "last", "new.csv", "--json")
    #expect(ended.status == 0, "\(ended.errors)")
    let value = try #require(try ended.json()["value"] as? Double)
    // 10 + 3 * 3 - 5; targets range from 0 to 28.
    #expect(abs(value - 14) < 6)
  }

  @Test("a run without a model is refused by name")
  func noModel() throws {
    let command = try BuiltCommand()
    _ = try command.hone("train", "digits", "--epochs", "1")
    var run = try command.lastRun()
    run.status = .interrupted
    try command.store().save(run)
    // Interrupted after an epoch: the best weights so far are there.
    #expect(try command.hone("evaluate", "last").status == 0)
    try FileManager.default.removeItem(
      at: command.folder(of: run).appending(path: "model.safetensors"))
    let ended = try command.hone("evaluate", "last")
    #expect(ended.status == 66)
    #expect(ended.errors.contains("hone train --resume \(run.id)"))
  }

  @Test("a damaged model is refused by name")
  func damagedModel() throws {
    let command = try BuiltCommand()
    _ = try command.hone("train", "digits", "--epochs", "1")
    let file = command.folder(of: try command.lastRun()).appending(path: "model.safetensors")
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count - 5] ^= 1
    try bytes.write(to: file)
    let ended = try command.hone("evaluate", "last")
    #expect(ended.status == 65)
    #expect(ended.errors.contains("digest"))
  }
}
