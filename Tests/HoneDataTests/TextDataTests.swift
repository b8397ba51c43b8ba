import Foundation
import HoneData
import HoneNumerics
import HoneRecords
import HoneText
import Testing

struct TextDataTests {
  /// Reviews of many lengths, quotes that enclose no whole field among them.
  private func reviews(header: Bool = true) throws -> Dataset {
    var lines = header ? ["verdict\ttext\tyear"] : []
    for number in 0..<120 {
      let mood = number % 2 == 0 ? "good" : "bad"
      let tail = (0..<(number % 9)).map { "word\($0)" }.joined(separator: " ")
      let quote = number % 10 == 0 ? "\"So it was\" they said, number" : "This film is number"
      lines.append("\(mood)\t\(quote) \(number) and \(mood) \(tail)\t\(1990 + number % 7)")
    }
    return try open(lines.joined(separator: "\n"), "verdict")
  }

  private func open(_ text: String, _ target: String) throws -> Dataset {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "hone-text-\(UUID().uuidString).tsv")
    defer { try? FileManager.default.removeItem(at: file) }
    try text.write(to: file, atomically: true, encoding: .utf8)
    return try DataSource.open(file.path, options: DataOptions(target: target))
  }

  @Test("a column of sentences makes a set of texts, and other columns are named as left out")
  func inference() throws {
    let data = try reviews()
    #expect(data.input == .text)
    #expect(data.task == .binary)
    #expect(data.count == 120)
    #expect(data.reading.kinds["text"] == .text)
    #expect(data.notes.contains { $0.english.contains("'year'") })
  }

  @Test("quotes that enclose no whole field are text")
  func quotes() throws {
    let data = try reviews()
    let preprocessor = try Preprocessor.fit(
      data, indices: Array(0..<120), text: TextOptions(minimumCount: 1))
    let loader = try DataLoader(data, indices: [10], preprocessor: preprocessor)
    let tokens = try loader.batch(of: [10]).inputs.values(as: Int64.self).map { Int32($0) }
    let text = try #require(preprocessor.tokenizer).decode(tokens)
    #expect(text.hasPrefix("\" so it was \" they said , number 10"))
  }

  @Test("an opening quote swallows no rows of a tab-separated file")
  func openQuote() throws {
    let rows = (0..<90).map { "ham\t\($0 == 3 ? "\"" : "")line \($0) of a few words" }
    let more = ["spam\tends \"here\" with quotes and more"]
    let data = try open((["kind\ttext"] + rows + more).joined(separator: "\n"), "kind")
    #expect(data.count == 91)
  }

  @Test("a first line that holds a sentence is data")
  func noHeader() throws {
    let rows = (0..<80).map { "\($0 % 2 == 0 ? "ham" : "spam")\tthis is, line \($0), of the file" }
    let data = try open(rows.joined(separator: "\n"), "column1")
    #expect(data.count == 80)
    #expect(data.input == .text)
    #expect(data.classes == ["ham", "spam"])
  }

  @Test("batches hold token numbers, filled up with padding to their longest")
  func batches() throws {
    let data = try reviews()
    let preprocessor = try Preprocessor.fit(data, indices: Array(0..<100))
    let loader = try DataLoader(
      data, indices: Array(0..<100), preprocessor: preprocessor,
      options: LoaderOptions(batchSize: 32))
    let batches = loader.epoch(0)
    defer { batches.close() }
    while let batch = try batches.next() {
      #expect(batch.inputs.dtype == .int64)
      let width = batch.inputs.shape[1]
      #expect(width <= preprocessor.outputShape[0])
      let values = batch.inputs.values(as: Int64.self)
      let size = Int64(preprocessor.tokenizer?.vocabulary.count ?? 0)
      #expect(values.allSatisfy { (0..<size).contains($0) })
      #expect(values.chunked(width).contains { $0.last != 0 } || width == 8)
    }
  }

  @Test("batches of like lengths hold every sample once, in another order each epoch")
  func buckets() throws {
    let data = try reviews()
    let all = Array(0..<120)
    let preprocessor = try Preprocessor.fit(data, indices: all)
    func epoch(_ number: Int, buckets: Bool) throws -> (order: [Int], cells: Int) {
      var options = LoaderOptions(batchSize: 8, order: .shuffled, seed: 3)
      options.bucketsByLength = buckets
      let loader = try DataLoader(data, indices: all, preprocessor: preprocessor, options: options)
      let batches = loader.epoch(number)
      defer { batches.close() }
      var order: [Int] = []
      var cells = 0
      while let batch = try batches.next() {
        order += batch.indices
        cells += batch.inputs.shape.reduce(1, *)
      }
      return (order, cells)
    }
    let first = try epoch(1, buckets: true)
    #expect(first.order.sorted() == all)
    #expect(try epoch(1, buckets: true).order == first.order)
    #expect(try epoch(2, buckets: true).order != first.order)
    #expect(try first.cells < epoch(1, buckets: false).cells)
  }

  @Test("the vocabulary knows the training split and nothing else")
  func trainOnly() throws {
    let data = try reviews()
    let preprocessor = try Preprocessor.fit(
      data, indices: [0, 2, 4], text: TextOptions(minimumCount: 1))
    let vocabulary = try #require(preprocessor.tokenizer).vocabulary
    #expect(vocabulary.units.contains("good"))
    #expect(!vocabulary.units.contains("bad"))
  }

  @Test("equal texts with equal labels are copies")
  func duplicates() throws {
    let rows = (0..<100).map {
      "\($0 % 2 == 0 ? "a" : "b")\tthe same four words \($0 < 4 ? 0 : $0)"
    }
    let data = try open((["kind\ttext"] + rows).joined(separator: "\n"), "kind")
    let split = Split(train: Array(2..<100), validation: [0, 1], test: [])
    let preprocessor = try Preprocessor.fit(data, indices: split.train)
    let audit = DataAudit.inspect(data, split: split, preprocessor: preprocessor)
    #expect(audit.validationDuplicates == 2)
  }
}

extension Array {
  fileprivate func chunked(_ size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min(count, $0 + size)] }
  }
}
