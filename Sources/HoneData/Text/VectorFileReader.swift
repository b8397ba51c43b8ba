import Foundation

/// Reads a file of word vectors piece by piece and keeps those of a vocabulary.
struct VectorFileReader {
  private(set) var words: [String] = []
  private(set) var values: [Float] = []
  private(set) var dimensions = 0
  /// Words read, kept or not.
  private(set) var count = 0

  private var bytes: ByteReader
  private let path: String
  private let vocabulary: Set<String>?
  private var seen: Set<String> = []
  private var line = 0
  /// What the first line promises; nil where there is no such line.
  private var promised: Int?

  init(path: String, vocabulary: Set<String>?) throws(DataError) {
    self.path = path
    self.vocabulary = vocabulary
    bytes = try ByteReader(path: path)
  }

  mutating func read(_ format: WordVectors.Format) throws(DataError) {
    let start = try bytes.peek(4)
    if start.starts(with: [0x1F, 0x8B]) || start.starts(with: [0x50, 0x4B, 3, 4])
      || start.starts(with: [0x42, 0x5A, 0x68])
    {
      throw problem(.compressed)
    }
    // fastText's models begin with the number 793712314.
    if start == [0xBA, 0x16, 0x4F, 0x2F] { throw problem(.fastTextModel) }
    guard let first = try nextLine() else { throw problem(.empty) }
    let fields = Self.fields(of: first)
    let header = fields.count == 2 ? fields.compactMap { Int(Self.text(first[$0])) } : []
    if header.count == 2, header[0] >= 0, header[1] > 0 {
      (promised, dimensions) = (header[0], header[1])
      switch format {
      case .text: try readLines()
      case .word2vecBinary: try readBinary()
      case .automatic: try bytes.looksLikeText() ? readLines() : readBinary()
      }
    } else {
      guard format != .word2vecBinary else {
        throw problem(.notANumber(String(Self.text(first[...]).prefix(40))))
      }
      dimensions = fields.count - 1
      guard dimensions > 0 else { throw problem(.valueCount(found: 0, expected: 1)) }
      try keep(first, fields)
      try readLines()
    }
    if let promised, count < promised {
      throw problem(.endsEarly(found: count, expected: promised))
    }
    if count == 0 { throw problem(.empty) }
  }

  private mutating func readLines() throws(DataError) {
    while let content = try nextLine() {
      let fields = Self.fields(of: content)
      if !fields.isEmpty { try keep(content, fields) }
    }
  }

  /// Takes one line: the last fields are values, what stands before them is the word, in which a few
  /// files have spaces.
  private mutating func keep(_ content: [UInt8], _ fields: [Range<Int>]) throws(DataError) {
    let ends = fields.count - dimensions
    guard ends >= 1 else {
      throw problem(.valueCount(found: fields.count - 1, expected: dimensions))
    }
    count += 1
    let word = Self.text(content[fields[0].lowerBound..<fields[ends - 1].upperBound])
    if ends > 1, Float(Self.text(content[fields[ends - 1]])) != nil,
      Float(Self.text(content[fields[1]])) != nil
    {
      throw problem(.valueCount(found: fields.count - 1, expected: dimensions))
    }
    guard isWanted(word) else { return }
    for field in fields[ends...] {
      let text = Self.text(content[field])
      guard let value = Float(text), value.isFinite else { throw problem(.notANumber(text)) }
      values.append(value)
    }
    words.append(word)
  }

  private mutating func readBinary() throws(DataError) {
    let size = 4 * dimensions
    while count < promised ?? 0 {
      line += 1
      let tooLong = problem(.tooLong)
      guard let spelled = try bytes.next(upTo: 0x20, orThrow: tooLong),
        let raw = try bytes.next(size)
      else { return }
      count += 1
      // Some writers end each vector with a line feed, which then stands before the next word.
      let word = Self.text(spelled.drop(while: { $0 == 0x0A }))
      guard isWanted(word) else { continue }
      for place in stride(from: 0, to: size, by: 4) {
        let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(raw[place + $1]) << UInt32(8 * $1) }
        let value = Float(bitPattern: bits)
        guard value.isFinite else { throw problem(.notANumber("\(value)")) }
        values.append(value)
      }
      words.append(word)
    }
  }

  private mutating func isWanted(_ word: String) -> Bool {
    (vocabulary?.contains(word) ?? true) && seen.insert(word).inserted
  }

  private mutating func nextLine() throws(DataError) -> [UInt8]? {
    line += 1
    let tooLong = problem(.tooLong)
    return try bytes.next(upTo: 0x0A, orThrow: tooLong)
  }

  private func problem(_ problem: VectorFileProblem) -> DataError {
    switch problem {
    case .empty, .compressed, .fastTextModel, .endsEarly, .nothingCovered:
      .badVectors(path: path, line: 0, problem: problem)
    default: .badVectors(path: path, line: line, problem: problem)
    }
  }

  private static func text(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  /// Where the fields of a line lie, which spaces or tabs separate.
  private static func fields(of line: [UInt8]) -> [Range<Int>] {
    var fields: [Range<Int>] = []
    var start: Int?
    for (place, byte) in line.enumerated() {
      if byte == 0x20 || byte == 0x09 || byte == 0x0D {
        if let begun = start { fields.append(begun..<place) }
        start = nil
      } else if start == nil {
        start = place
      }
    }
    if let start { fields.append(start..<line.count) }
    return fields
  }
}
