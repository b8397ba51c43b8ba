import Foundation
import HoneRecords
import HoneStore
import Testing

@Suite("Weights that were learned elsewhere")
struct TransferTests {
  private static let model = ["train", "digits", "--model", "mlp", "--epochs", "1"]

  /// A file of weights that was made for the tests of reading them.
  private func golden(_ name: String) throws -> Data {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    return try Data(
      contentsOf: tests.appending(path: "HoneNumericsTests/Golden/weights/\(name)"))
  }

  /// Trains a small model and gives the path of its weights, seen from the working folder.
  private func weights(_ command: BuiltCommand) throws -> String {
    let ended = try command.hone(Self.model + ["--set", "model.widths=[8]"])
    try #require(ended.status == 0, "\(ended.errors)")
    return ".hone/runs/\(try command.lastRun().id)/model.safetensors"
  }

  @Test(
    "a run begins with another's weights, trains the head alone, and its record tells what it took")
  func pretrained() throws {
    let command = try BuiltCommand()
    let file = try weights(command)
    let ended = try command.hone(
      Self.model + [
        "--set", "model.widths=[8]", "--set", "model.pretrained=\(file)", "--set",
        "model.freeze=backbone", "--json",
      ])
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(ended.errors.contains("\(file): 4 arrays"))
    let json = try ended.json()
    #expect(json["parameters"] as? Int == 90)
    #expect((json["pretrained"] as? [String: Any])?["loaded"] as? Int == 4)
    let shown = try command.hone("runs", "show", "last")
    #expect(shown.output.contains("\(file): 4 arrays"))
    let told = try command.hone("runs", "show", "last", "--json").json()
    #expect((told["pretrained"] as? [String: Any])?["naming"] as? String == "hone")
  }

  @Test("a head for other classes is new, and the record names it")
  func newHead() throws {
    let command = try BuiltCommand()
    for kinds in [["dry", "wet"], ["dry", "wet", "snow"]] {
      var text = "first,second,kind\n"
      for row in 0..<90 { text += "\(row % 7),\(row * 5 % 11),\(kinds[row % kinds.count])\n" }
      try command.write(text, to: "\(kinds.count).csv")
    }
    let arguments = ["--target", "kind", "--model", "mlp", "--epochs", "1"]
    _ = try command.hone(["train", "2.csv"] + arguments)
    let file = ".hone/runs/\(try command.lastRun().id)/model.safetensors"
    let ended = try command.hone(
      ["train", "3.csv", "--set", "model.pretrained=\(file)"] + arguments)
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(ended.output.contains("The head is new"))
    let record = try #require(try command.lastRun().pretrained)
    #expect(record.newHead.count == 2 && record.loaded == 4)
    #expect(record.missing.isEmpty && record.unexpected.isEmpty)
    #expect(try command.hone("runs", "show", "last").output.contains("The head is new"))
  }

  @Test(
    "a wrong file of weights is refused with one sentence and its own status, and no run begins")
  func wrongFiles() throws {
    let command = try BuiltCommand()
    let good = try weights(command)
    let bytes = try Data(contentsOf: command.folder.appending(path: good))
    try command.write(bytes.prefix(bytes.count - 100), to: "cut.safetensors")
    try command.write("<html>not found</html>", to: "page.pth")
    try command.write(golden("legacy-evil.pt"), to: "evil.pth")
    try command.write(golden("zip-evil.pt"), to: "evil.pt")
    try command.write(golden("zip.pt"), to: "other.pt")
    let before = try command.store().runs(matching: RunFilter()).count
    for (file, widths, status, phrase): (String, String, Int32, String) in [
      ("no.safetensors", "[8]", 66, "no.safetensors"),
      ("cut.safetensors", "[8]", 65, "cut.safetensors"),
      ("page.pth", "[8]", 65, "no file of weights"),
      ("evil.pth", "[8]", 65, "has run nothing"),
      ("evil.pt", "[8]", 65, "has run nothing"),
      ("other.pt", "[8]", 65, "holds no weight of this model"),
      (good, "[9]", 65, "model of another size"),
    ] {
      let ended = try command.hone(
        Self.model + ["--set", "model.widths=\(widths)", "--set", "model.pretrained=\(file)"])
      #expect(ended.status == status, "\(file): \(ended.errors)")
      #expect(ended.errors.contains(phrase), "\(file): \(ended.errors)")
      #expect(ended.errors.split(separator: "\n").count == 1, "\(file): \(ended.errors)")
    }
    #expect(try command.store().runs(matching: RunFilter()).count == before)
  }
}
