import Foundation
import HoneRecords
import Testing

@testable import HoneData

@Suite struct DataAuditTests {
  private func audit(_ data: Dataset, _ split: Split) throws -> AuditRecord {
    let preprocessor = try Preprocessor.fit(data, indices: split.train)
    return DataAudit.inspect(data, split: split, preprocessor: preprocessor)
  }

  private func table(_ rows: [String]) throws -> Dataset {
    let folder = try TemporaryFolder()
    let path = try folder.write("a,b,y\n" + rows.joined(separator: "\n"), to: "data.csv")
    return try DataSource.open(path, options: DataOptions(target: "y"))
  }

  @Test("finds nothing in healthy data")
  func findsNothing() throws {
    let data = try DataSource.open("digits")
    let record = try audit(data, try Split.make(data, seed: 0))
    #expect(record.findings.isEmpty)
    #expect(record.stored?.maximum == 16)
    #expect(abs(try #require(record.prepared).mean) < 1e-4)
    #expect(record.task.classCounts.reduce(0, +) == record.task.trainSamples)
  }

  @Test("finds copies of training samples in the other splits")
  func findsLeakage() throws {
    let data = try DataSource.open("digits")
    let train = Array(0..<400)
    let record = try audit(
      data, Split(train: train, validation: Array(390..<490), test: Array(500..<600)))
    #expect(record.validationDuplicates == 10)
    #expect(record.findings.map(\.id) == [.splitLeakage])
    #expect(record.findings.first?.evidence.first?.value == 0.05)
  }

  @Test("finds rare classes, constant columns, infinite numbers and small validation splits")
  func findsTableTroubles() throws {
    let rows = (0..<300).map { "\($0 == 7 ? "inf" : "\($0)"),4,\($0 % 30 == 0 ? "rare" : "often")" }
    let data = try table(rows)
    let split = Split(
      train: Array(0..<200), validation: Array(200..<250), test: Array(250..<300))
    let record = try audit(data, split)
    let found = Set(record.findings.map(\.id))
    #expect(found == [.classImbalance, .constantFeature, .corruptSamples, .validationTooSmall])
    #expect(record.constantColumns == ["b"])
    #expect(record.corrupt.count == 1)
    #expect(record.corrupt.keys.first?.hasSuffix("data.csv:9") == true)
    #expect(record.stored?.nonFinite == 1)
  }

  @Test("names image files that cannot be decoded")
  func findsCorruptFiles() throws {
    let folder = try TemporaryFolder()
    try folder.copy("color.png", to: "a/1.png", "b/1.png")
    try folder.copy("truncated.png", to: "b/2.png")
    let data = try DataSource.open(folder.path)
    let preprocessor = try Preprocessor.fit(data, indices: [0])
    let record = DataAudit.inspect(
      data, split: Split(train: [0, 1, 2], validation: [], test: []), preprocessor: preprocessor)
    #expect(Array(record.corrupt.keys) == [folder.path("b/2.png")])
    #expect(record.findings.contains { $0.id == .corruptSamples })
  }
}
