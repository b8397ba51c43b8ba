import Foundation

/// What a call of the runner prints with --json.
struct CaseReport: Codable {
  var file: String
  var cases: [CaseOutcome]
  var score: CaseScore?
  var improvement: ImprovementScore?

  private static let numbers = (positive: "inf", negative: "-inf", none: "nan")

  /// The report of a call, with the tables that were asked for.
  init(file: String, _ pairs: [(record: CaseRecord, outcome: CaseOutcome)], improves: Bool) {
    self.file = file
    cases = pairs.map(\.outcome)
    score = CaseScore(pairs.filter { $0.outcome.kind != "described" })
    improvement = improves ? ImprovementScore(pairs) : nil
  }

  /// The outcomes of several calls on cases of one file, as one report.
  init(file: String, merging paths: [String]) throws {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: Self.numbers.positive, negativeInfinity: Self.numbers.negative,
      nan: Self.numbers.none)
    let records = Dictionary(
      try CaseRecord.read(file).cases.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    var pairs: [(record: CaseRecord, outcome: CaseOutcome)] = []
    for path in paths {
      let part = try decoder.decode(
        CaseReport.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
      pairs += part.cases.compactMap { outcome in
        records[outcome.id].map { (record: $0, outcome: outcome) }
      }
    }
    self.init(file: file, pairs, improves: pairs.contains { $0.outcome.improvement != nil })
  }

  /// Prints the report to standard output.
  func write() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: Self.numbers.positive, negativeInfinity: Self.numbers.negative,
      nan: Self.numbers.none)
    FileHandle.standardOutput.write(try encoder.encode(self) + Data("\n".utf8))
  }
}
