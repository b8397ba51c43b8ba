import Foundation
import HoneConfiguration
import HoneData
import HoneNN
import HoneOptim
import HoneRecords
import HoneTensor
import HoneTrain
import Testing

@testable import HoneAssembly

@Suite("Word vectors and text settings of a run")
struct WordVectorAssemblerTests {
  /// Sixty texts of two classes, told apart by one word.
  private static let texts = Result {
    let folder = FileManager.default.temporaryDirectory
    let file = folder.appending(path: "hone-texts-\(UUID().uuidString).tsv")
    defer { try? FileManager.default.removeItem(at: file) }
    var text = "label\ttext\n"
    for row in 0..<60 {
      let word = row.isMultiple(of: 2) ? "Good" : "bad"
      text += "\(word == "bad" ? "no" : "yes")\tA \(word) story, number \(row % 7) of them\n"
    }
    try text.write(to: file, atomically: true, encoding: .utf8)
    return try DataSource.open(
      file.path, options: DataOptions(target: "label", kinds: ["text": .text]))
  }

  /// Vectors of three numbers for a few words, in a file that the body may read.
  @discardableResult
  private func withVectors<R>(
    _ content: String = "good 1 2 3\nbad -1 -2 -3\nstory 0.5 0 0\nunused 9 9 9\n",
    _ body: (String) throws -> R
  ) throws -> R {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).txt")
    try content.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try body(file.path)
  }

  private func table(of run: AssembledRun) throws -> HoneTensor.Parameter {
    try #require(
      run.plan.model.namedParameters.first { $0.name == "embedding.weight" }?.parameter)
  }

  @Test(
    "every model of texts begins with the file's vectors, and the record tells the coverage",
    arguments: ["auto", "bagOfEmbeddings", "textCNN", "lstm", "gru", "transformer, heads: 3"])
  func models(name: String) throws {
    try withVectors { path in
      let run = try Workbench.run(
        "model: {name: \(name), embedding: {vectors: \(path)}}", data: try Self.texts.get())
      let tokenizer = try #require(run.preprocessor.tokenizer)
      let table = try table(of: run)
      #expect(table.shape == [tokenizer.vocabulary.count, 3])
      let rows = table.value.floats
      let good = tokenizer.vocabulary.number(of: "good")
      #expect(Array(rows[good * 3..<(good + 1) * 3]) == [1, 2, 3])
      #expect(rows.prefix(3) == [0, 0, 0])
      #expect(!table.isTrainable)
      #expect(!run.plan.optimizer.parameters.contains { $0 === table })
      let record = try #require(run.record.wordVectors)
      #expect(record.file == path && record.dimensions == 3 && record.wordsInFile == 4)
      #expect(record.covered == 3 && record.units == tokenizer.vocabulary.count - 1)
      #expect(record.isFrozen && record.missing.contains("of"))
      // Two of eight tokens: the second word and the third.
      let share = try #require(record.tokenShare)
      #expect(abs(share - 0.25) < 1e-12)
    }
  }

  @Test("vectors that training goes on with change, frozen ones do not")
  func freezing() throws {
    try withVectors { path in
      for freeze in [true, false] {
        let run = try Workbench.run(
          "model: {name: gru, width: 4, embedding: {vectors: \(path), freeze: \(freeze)}}\n"
            + "training: {epochs: 1}\ndata: {batchSize: 16}", data: try Self.texts.get())
        let before = try table(of: run).value.floats
        _ = try Trainer(run.plan, record: run.record).train()
        let after = try table(of: run).value.floats
        #expect((after == before) == freeze)
      }
    }
  }

  @Test("gradual unfreezing leaves frozen vectors alone")
  func gradual() throws {
    try withVectors { path in
      let run = try Workbench.run(
        "model: {name: textCNN, freeze: gradual, embedding: {vectors: \(path)}}",
        data: try Self.texts.get())
      run.plan.unfreezing?.apply(inEpoch: 50)
      let frozen = run.plan.model.parameters.filter { !$0.isTrainable }
      let table = try table(of: run)
      #expect(frozen.count == 1 && frozen.first === table)
    }
  }

  @Test("the resolved configuration builds the model again without the file")
  func resolved() throws {
    let text = try withVectors { path in
      try Workbench.run(
        "model: {embedding: {vectors: \(path)}}", data: try Self.texts.get()
      ).record.configuration
    }
    let model = try Configuration(text: text).model
    #expect(model.architecture == .bagOfEmbeddings(features: 3))
  }

  @Test("vectors of another length, for other data, or of other words are refused")
  func refused() throws {
    let texts = try Self.texts.get()
    try withVectors { path in
      let other = "model: {name: lstm, features: 50, embedding: {vectors: \(path)}}"
      #expect(
        Workbench.complaint { try Workbench.run(other, data: texts) }.contains("have 3 numbers"))
      let images = "model: {embedding: {vectors: \(path)}}"
      #expect(Workbench.complaint { try Workbench.run(images) }.contains("are for texts"))
    }
    try withVectors("bonjour 1 2\n") { path in
      #expect(throws: DataError.badVectors(path: path, line: 0, problem: .nothingCovered)) {
        try Workbench.run("model: {embedding: {vectors: \(path)}}", data: texts)
      }
    }
  }

  @Test("the tokenizer is the configuration's")
  func tokenizer() throws {
    let texts = try Self.texts.get()
    let letters = try Workbench.run(
      "data: {text: {unit: characters, lowercase: false, minimumCount: 1, maximumLength: 9}}",
      data: texts)
    let tokenizer = try #require(letters.preprocessor.tokenizer)
    #expect(tokenizer.vocabulary.number(of: "A") > 1 && tokenizer.vocabulary.number(of: "ood") == 1)
    #expect(letters.preprocessor.outputShape == [9])
    let pieces = try Workbench.run(
      "data: {text: {unit: subwords, vocabularySize: 30}}", data: texts)
    #expect(pieces.preprocessor.tokenizer?.options.unit == .subwords)
    let count = try #require(pieces.preprocessor.tokenizer?.vocabulary.count)
    #expect(count <= 30)
  }

  @Test("text settings for data without texts are refused")
  func withoutTexts() {
    let complaint = Workbench.complaint { try Workbench.run("data: {text: {unit: jamo}}") }
    #expect(complaint.contains("no texts") && complaint.contains("data.text"))
  }
}
