import Foundation
import HoneRecords
import HoneStore
import Testing

/// Something wrong that a new user may hand to `hone train`.
struct BadInput: CustomTestStringConvertible, Sendable {
  let name: String
  let arguments: [String]
  let status: Int32
  /// What the message must say.
  let phrases: [String]
  var prepare: @Sendable (BuiltCommand) throws -> Void = { _ in }

  var testDescription: String { name }

  static let data: [BadInput] = [
    BadInput(
      name: "missing path", arguments: ["nowhere"], status: 66,
      phrases: ["nowhere", "no such file or folder"]),
    BadInput(
      name: "misspelt name", arguments: ["digit"], status: 66, phrases: ["Did you mean \"digits\""]),
    BadInput(
      name: "empty folder", arguments: ["empty"], status: 65, phrases: ["empty"],
      prepare: {
        try FileManager.default.createDirectory(
          at: $0.folder.appending(path: "empty"), withIntermediateDirectories: true)
      }),
    BadInput(
      name: "folder of one class", arguments: ["photos"], status: 65, phrases: ["photos", "grey"],
      prepare: {
        try $0.writePictures("photos")
        try FileManager.default.removeItem(at: $0.folder.appending(path: "photos/warm"))
      }),
    BadInput(
      name: "truncated JPEG", arguments: ["photos"], status: 65, phrases: ["photos/warm/x.jpg"],
      prepare: {
        try $0.writePictures("photos")
        try $0.write($0.fixture("truncated.jpg"), to: "photos/warm/x.jpg")
      }),
    BadInput(
      name: "truncated PNG", arguments: ["photos"], status: 65, phrases: ["photos/grey/x.png"],
      prepare: {
        try $0.writePictures("photos")
        try $0.write($0.fixture("truncated.png"), to: "photos/grey/x.png")
      }),
    BadInput(
      name: "fewer labels than images", arguments: ["halves"], status: 65,
      phrases: ["40", "30", "labels"], prepare: { try $0.writeIDX("halves", labels: 30) }),
  ]

  static let tables: [BadInput] = [
    BadInput(
      name: "text in a numeric column", arguments: ["houses.csv", "--target", "price"], status: 65,
      phrases: ["houses.csv", "line 42", "wide", "width"],
      prepare: {
        try $0.writeTable("houses.csv")
        let file = $0.folder.appending(path: "houses.csv")
        var lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        lines[41] = "wide,3,red,4"
        try $0.write(lines.joined(separator: "\n") + "\n", to: "houses.csv")
      }),
    BadInput(
      name: "missing target column", arguments: ["houses.csv", "--target", "prise"], status: 65,
      phrases: ["prise", "nearest is 'price'"], prepare: { try $0.writeTable("houses.csv") }),
    BadInput(
      name: "no target named", arguments: ["houses.csv"], status: 65, phrases: ["--target"],
      prepare: { try $0.writeTable("houses.csv") }),
    BadInput(
      name: "zero rows", arguments: ["houses.csv", "--target", "price"], status: 65,
      phrases: ["houses.csv", "no rows"], prepare: { try $0.writeTable("houses.csv", rows: 0) }),
  ]

  static let configurations: [BadInput] = [
    BadInput(
      name: "unknown key", arguments: ["digits", "--config", "hone.yaml"], status: 78,
      phrases: ["hone.yaml", "epoch", "epochs"],
      prepare: { try $0.write("training: {epoch: 3}\n", to: "hone.yaml") }),
    BadInput(
      name: "wrong type", arguments: ["digits", "--config", "hone.yaml"], status: 78,
      phrases: ["hone.yaml", "data.batchSize", "many"],
      prepare: { try $0.write("data: {batchSize: many}\n", to: "hone.yaml") }),
    BadInput(
      name: "negative learning rate", arguments: ["digits", "--learning-rate", "-0.1"], status: 78,
      phrases: ["learningRate", "-0.1"]),
    BadInput(
      name: "model for images on a table",
      arguments: ["houses.csv", "--target", "price", "--model", "cnn"], status: 78,
      phrases: ["cnn", "mlp"], prepare: { try $0.writeTable("houses.csv") }),
    BadInput(
      name: "layers whose shapes do not fit", arguments: ["digits", "--config", "hone.yaml"],
      status: 78, phrases: ["hone.yaml", "layers"],
      prepare: {
        try $0.write(
          "model:\n  layers:\n    - flatten\n    - conv2d: {outputs: 8, kernel: 3}\n"
            + "    - linear: {outputs: classes}\n", to: "hone.yaml")
      }),
    BadInput(
      name: "more classes than labels", arguments: ["digits", "--config", "hone.yaml"], status: 78,
      phrases: ["hone.yaml", "12", "10"],
      prepare: {
        try $0.write(
          "model:\n  layers:\n    - flatten\n    - linear: {outputs: 12}\n", to: "hone.yaml")
      }),
  ]
}

@Suite("Bad input, tried as a new user would")
struct BadInputTests {
  @Test(
    "gives one clear message and the right status, and leaves no run",
    arguments: BadInput.data + BadInput.tables + BadInput.configurations)
  func refused(_ input: BadInput) throws {
    let command = try BuiltCommand()
    try input.prepare(command)
    let ended = try command.hone(["train"] + input.arguments + ["--epochs", "1", "--json"])
    #expect(ended.status == input.status, "\(ended.errors)")
    for phrase in input.phrases {
      #expect(ended.errors.localizedCaseInsensitiveContains(phrase), "\(ended.errors)")
    }
    #expect(ended.output.isEmpty)
    #expect(ended.errors.split(separator: "\n").count { $0.hasPrefix("hone: ") } == 1)
    #expect(!ended.errors.contains("Fatal error"))
    #expect(!command.hasRuns())
    let runs = command.folder.appending(path: ".hone/runs").path
    #expect(!FileManager.default.fileExists(atPath: runs))
  }

  @Test("memory that does not suffice is one readable error")
  func outOfMemory() throws {
    let command = try BuiltCommand()
    let ended = try command.hone(
      "train", "digits", "--epochs", "1", "--model", "mlp", "--set",
      "model.widths=[4000000, 4000000]")
    #expect(ended.status == 70)
    #expect(ended.errors.contains("memory does not suffice"))
    #expect(ended.errors.split(separator: "\n").count == 1, "\(ended.errors)")
  }

  @Test(
    "a folder that may not be written is refused before training",
    .enabled(if: Namespace.isAvailable))
  func readOnlyFolder() throws {
    let command = try BuiltCommand()
    let ended = try command.script(
      "mkdir locked && mount --bind locked locked && mount -o remount,bind,ro locked && cd locked"
        + " && exec $hone train digits --epochs 1", prefix: Namespace.prefix)
    #expect(ended.status == 73, "\(ended.errors)")
    #expect(ended.errors.contains("cannot be written"))
    #expect(!ended.output.contains("epoch 1"))
  }
}
