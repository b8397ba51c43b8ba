import Foundation
import HoneNumerics
import HoneText
import Testing

@testable import HoneData

@Suite struct WordVectorsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func file(_ text: String) throws -> String {
    try folder.write(text, to: "\(UUID()).txt")
  }

  private func file(_ bytes: [UInt8]) throws -> String {
    let path = try file("")
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func problem(_ body: () throws -> Void) -> (line: Int, problem: VectorFileProblem)? {
    guard case .badVectors(_, let line, let problem) = dataError(body) else { return nil }
    return (line, problem)
  }

  @Test("GloVe's text, word2vec's text and fastText's lines give the same vectors")
  func text() throws {
    let lines = ["the 0.5 -1", "<unk> 1e-3 2", "the 9 9", ". . 3 4"]
    let glove = try WordVectors(contentsOf: try file(lines.joined(separator: "\n")))
    #expect(glove.words == ["the", "<unk>", ". ."])
    #expect(glove.values == [0.5, -1, 1e-3, 2, 3, 4])
    #expect(glove.dimensions == 2 && glove.wordsInFile == 4)
    let vec = try WordVectors(
      contentsOf: try file("4 2\r\n" + lines.map { $0 + " \r\n" }.joined()))
    #expect(vec.words == glove.words && vec.values == glove.values)
    let some = try WordVectors(contentsOf: vec.path, vocabulary: ["the", "absent"])
    #expect(some.words == ["the"] && some.values == [0.5, -1] && some.wordsInFile == 4)
    #expect(some.vector(of: "the") == [0.5, -1] && some.vector(of: "absent") == nil)
  }

  @Test("word2vec's binary format is recognised, with and without line feeds")
  func binary() throws {
    let rows: [(String, [Float])] = [("king", [1, -2.5, 3]), ("왕", [0.25, 0, 7])]
    for separator: [UInt8] in [[], [0x0A]] {
      var bytes = Array("2 3\n".utf8)
      for (word, values) in rows {
        bytes += Array("\(word) ".utf8)
        for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 } }
        bytes += separator
      }
      let vectors = try WordVectors(contentsOf: try file(bytes))
      #expect(vectors.words == ["king", "왕"])
      #expect(vectors.values == [1, -2.5, 3, 0.25, 0, 7])
      let cut = try file(Array(bytes.dropLast(6)))
      let found = problem { _ = try WordVectors(contentsOf: cut) }
      #expect(found?.problem == .endsEarly(found: 1, expected: 2))
    }
  }

  @Test("malformed files are refused with the line at fault")
  func malformed() throws {
    let cases: [(String, Int, VectorFileProblem)] = [
      ("a 1 2\nb 1\n", 2, .valueCount(found: 1, expected: 2)),
      ("a 1 2\nb 1 2 3\n", 2, .valueCount(found: 3, expected: 2)),
      ("a 1 2\nb 1 x\n", 2, .notANumber("x")),
      ("a 1 2\nb 1 nan\n", 2, .notANumber("nan")),
      ("3 2\na 1 2\nb 1 2\n", 0, .endsEarly(found: 2, expected: 3)),
      ("", 0, .empty),
      ("word\n", 1, .valueCount(found: 0, expected: 1)),
    ]
    for (content, line, expected) in cases {
      let path = try file(content)
      let found = problem { _ = try WordVectors(contentsOf: path) }
      #expect(found?.line == line && found?.problem == expected, "\(content)")
    }
    let long = try file("a 1 2\n" + String(repeating: "1", count: 3 << 20))
    #expect(problem { _ = try WordVectors(contentsOf: long) }?.problem == .tooLong)
    let packed = try file([0x1F, 0x8B, 8, 0])
    #expect(problem { _ = try WordVectors(contentsOf: packed) }?.problem == .compressed)
    let model = try file([0xBA, 0x16, 0x4F, 0x2F, 12, 0])
    #expect(problem { _ = try WordVectors(contentsOf: model) }?.problem == .fastTextModel)
    #expect(
      dataError { _ = try WordVectors(contentsOf: "/no/such/file") }
        == .pathNotFound(path: "/no/such/file", builtIn: []))
    let error = DataError.badVectors(path: "v.txt", line: 2, problem: .notANumber("x"))
    #expect(
      error.explanation.english
        == "Line 2 of the word vectors 'v.txt' cannot be read: 'x' is no finite number.")
  }

  @Test("a table has the vectors in the vocabulary's order and says what it lacks")
  func table() throws {
    let vectors = try WordVectors(contentsOf: try file("a 1 2\nb 3 4\nc 5 6\n"))
    var stream = RandomStream(seed: 1, "test")
    let (table, coverage) = try vectors.table(
      for: ["<pad>", "c", "x", "a", "y"], counts: [100, 3, 1, 4, 2], using: &stream)
    let values = table.values(as: Float.self)
    #expect(table.shape == [5, 2])
    #expect(Array(values[0..<4]) == [0, 0, 5, 6] && Array(values[6..<8]) == [1, 2])
    #expect(values[4] != 0 && values[8] != values[4])
    #expect(coverage.words == 4 && coverage.covered == 2 && coverage.missing == ["y", "x"])
    #expect(coverage.tokenShare == 0.7)
    #expect(
      coverage.summary.english
        == "2 of 4 words have a vector, 70.0 % of the tokens. Without one: y, x.")
    #expect(
      problem { _ = try vectors.table(for: ["<pad>", "x"], using: &stream) }?.problem
        == .nothingCovered)
  }

  @Test(
    "the shared GloVe vectors are read whole and by vocabulary",
    .enabled(if: ProcessInfo.processInfo.environment["HONE_DATA"] != nil, "HONE_DATA is not set"))
  func shared() throws {
    let home = ProcessInfo.processInfo.environment["HONE_DATA"] ?? ""
    let path = home + "/vectors/glove-twitter-25d-12k/glove.twitter.25d.12k.txt"
    guard FileManager.default.fileExists(atPath: path) else { return }
    let vectors = try WordVectors(contentsOf: path, vocabulary: ["the", "king", "qqqqq"])
    #expect(vectors.dimensions == 25 && Set(vectors.words) == ["the", "king"])
    #expect(vectors.wordsInFile == 11_925)
  }
}
