import Foundation
import HoneRecords
import HoneStore
import Testing

@Suite("Runs on texts")
struct TextRunTests {
  /// A table of messages of two kinds, told apart by single words.
  private func writeMessages(_ command: BuiltCommand) throws {
    var text = "kind\tmessage\n"
    for row in 0..<80 {
      let isOffer = row.isMultiple(of: 2)
      text +=
        isOffer ? "offer\tWin a prize number \(row) now\n" : "note\tSee you at \(row)\n"
    }
    try command.write(text, to: "messages.tsv")
    try command.write("win 1 0\nprize 2 0.5\nsee -1 0.25\nyou -2 0\n", to: "vectors.txt")
  }

  @Test(
    "word vectors are taken over, their coverage is printed and recorded, and predict needs no file"
  )
  func wordVectors() throws {
    let command = try BuiltCommand()
    try writeMessages(command)
    let ended = try command.hone(
      "train", "messages.tsv", "--target", "kind", "--epochs", "12", "--batch-size", "8", "--set",
      "model.embedding.vectors=vectors.txt", "--learning-rate", "0.05")
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(ended.output.contains("vectors.txt: vectors of 2 numbers for 4 of"))
    #expect(ended.output.contains("Without one: "))
    let record = try #require(try command.lastRun().wordVectors)
    #expect(record.covered == 4 && record.isFrozen)
    let shown = try command.hone("runs", "show", "last")
    #expect(shown.output.contains("vectors of 2 numbers"))
    try FileManager.default.removeItem(at: command.folder.appending(path: "vectors.txt"))
    try command.write("message\nwin this prize\nsee you there\n", to: "new.csv")
    let lines = try command.hone("predict", "last", "new.csv", "--json").output.split(
      separator: "\n")
    let classes = try lines.map {
      try (JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])?["class"] as? String
    }
    #expect(classes == ["offer", "note"])
  }

  @Test(
    "units of text are the configuration's, and predict reads new texts by the run's own tokenizer",
    arguments: ["words", "characters", "jamo", "subwords"])
  func units(unit: String) throws {
    let command = try BuiltCommand()
    try writeMessages(command)
    let ended = try command.hone(
      "train", "messages.tsv", "--target", "kind", "--epochs", "12", "--batch-size", "8", "--set",
      "data.text={unit: \(unit), vocabularySize: 60, maximumLength: 40}", "--learning-rate", "0.05")
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(try #require(try command.lastRun().test).metric == 1)
    try command.write("message\nWIN a prize number 3 now\n", to: "new.csv")
    let predicted = try command.hone("predict", "last", "new.csv", "--json")
    #expect(try predicted.json()["class"] as? String == "offer", "\(predicted.errors)")
  }

  @Test("vectors that cannot be used are refused with one sentence")
  func refused() throws {
    let command = try BuiltCommand()
    try writeMessages(command)
    try command.write("win 1 0\nprize 2\n", to: "ragged.txt")
    try command.write("bonjour 1 0\n", to: "french.txt")
    let train = ["train", "messages.tsv", "--target", "kind", "--epochs", "1", "--set"]
    for (setting, status, phrase): (String, Int32, String) in [
      ("model.embedding.vectors=no.vec", 66, "no.vec"),
      ("model.embedding.vectors=ragged.txt", 65, "ragged.txt"),
      ("model.embedding.vectors=french.txt", 65, "none of the vocabulary"),
      ("model={name: lstm, features: 9, embedding: {vectors: vectors.txt}}", 78, "features"),
      ("data.text.unit=letters", 78, "characters"),
    ] {
      let ended = try command.hone(train + [setting])
      #expect(ended.status == status, "\(setting): \(ended.errors)")
      #expect(ended.errors.contains(phrase), "\(setting): \(ended.errors)")
    }
    let images = try command.hone("train", "digits", "--set", "data.text.unit=jamo")
    #expect(images.status == 78 && images.errors.contains("no texts"))
    #expect(!command.hasRuns())
  }
}
