import Foundation
import HoneNumerics
import HoneRecords
import HoneText
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
    // Samples in the order in which people wrote them may also differ between splits.
    let leak = try #require(record.findings.first { $0.id == .splitLeakage })
    #expect(leak.evidence.first?.value == 0.05)
    #expect(leak.examples?.count == 10)
  }

  @Test("finds rare classes, constant columns, infinite numbers and small validation splits")
  func findsTableTroubles() throws {
    let rows = (0..<300).map { "\($0 == 7 ? "inf" : "\($0)"),4,\($0 % 30 == 0 ? "rare" : "often")" }
    let data = try table(rows)
    let split = Split(
      train: Array(0..<200), validation: Array(200..<250), test: Array(250..<300))
    let record = try audit(data, split)
    let found = Set(record.findings.map(\.id))
    #expect(
      found == [
        .classImbalance, .constantFeature, .corruptSamples, .validationTooSmall,
        // The rows are in the order of their values.
        .distributionShift,
      ])
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

  @Test("reports the validation size that the wanted difference needs")
  func reportsSize() throws {
    let data = try DataSource.open("digits")
    let split = try Split.make(data, seed: 0)
    let preprocessor = try Preprocessor.fit(data, indices: split.train)
    let record = DataAudit.inspect(
      data, split: split, preprocessor: preprocessor,
      options: AuditOptions(smallestDifference: 0.02))
    let finding = try #require(record.findings.first { $0.id == .validationTooSmall })
    let needed = SampleSize.pairedProportions(difference: 0.02, disagreement: 0.1)
    #expect(finding.evidence.first?.threshold == Double(needed))
    #expect(finding.message.english.contains("\(needed)"))
  }

  @Test("shows label errors with the class they probably are, and conflicting copies")
  func findsLabelNoise() throws {
    let data = try DataSource.open("digits")
    let split = try Split.make(data, seed: 0)
    // A model that is sure of the truth, and labels of which one in ten is another.
    let rows = data.labels.enumerated().map { index, label in
      let truth = index % 10 == 3 ? (Int(label) + 1) % 10 : Int(label)
      return (0..<10).map { $0 == truth ? 0.91 : 0.01 }
    }
    let record = DataAudit.inspect(
      data, split: split, preprocessor: try Preprocessor.fit(data, indices: split.train),
      options: AuditOptions(
        predictions: OutOfSamplePredictions(
          samples: Array(0..<data.count), probabilities: rows)))
    let finding = try #require(record.findings.first { $0.id == .labelNoise })
    #expect(abs(try #require(record.labelNoiseShare) - 0.1) < 0.01)
    #expect(record.labelIssues.allSatisfy { $0.sample % 10 == 3 })
    #expect(finding.examples?.isEmpty == false)
  }

  @Test("finds missing columns, outliers and dim images")
  func findsValues() throws {
    let rows = (0..<300).map { index in
      "\(index % 3 == 0 ? "\(index)" : ""),\(index == 40 ? 99999 : index % 17 - 8),\(index % 2)"
    }
    let data = try table(rows)
    let record = try audit(data, try Split.make(data, seed: 1))
    #expect(record.outliers.map(\.sample) == [40])
    let found = record.findings.map(\.id)
    #expect(found.contains(.outliers) && found.contains(.missingValues))
    let finding = try #require(record.findings.first { $0.id == .outliers })
    #expect(finding.examples?.first?.samples.first?.hasSuffix("data.csv:42") == true)
  }

  @Test("finds images stored from 0 to 1 among others")
  func findsDimImages() throws {
    let folder = try TemporaryFolder()
    var pixels: [UInt8] = []
    for image in 0..<40 {
      for place in 0..<64 {
        pixels.append(UInt8(image % 20 == 7 ? place % 2 : place * 4 % 256))
      }
    }
    for part in ["train", "t10k"] {
      try folder.writeIDX([40, 8, 8], pixels, to: "\(part)-images-idx3-ubyte")
      try folder.writeIDX([40], (0..<40).map { $0 % 2 }, to: "\(part)-labels-idx1-ubyte")
    }
    let data = try DataSource.open(folder.path)
    let record = try audit(data, try Split.make(data, seed: 0))
    #expect(record.dimImages == [7, 27, 47, 67])
    #expect(record.findings.contains { $0.id == .mixedValueRanges })
  }
}
