import Foundation
import HoneRecords
import Testing

@testable import HoneStore

/// Event files against those that TensorBoard's own classes write: `Tools/golden/event_files.py`.
struct EventFileTests {
  private static let golden = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden")
  private let time = Date(timeIntervalSince1970: 1_795_250_712.25)

  private func goldenEvents() throws -> [UInt8] {
    [UInt8](
      try Data(contentsOf: EventFileTests.golden.appending(path: "events.out.tfevents.golden")))
  }

  /// The events of the golden file, written by us.
  private func write(to folder: String) throws -> [UInt8] {
    let file = try EventFileWriter(folder: folder, time: time)
    func add(_ value: SummaryValue, _ tag: String, _ step: Int) throws {
      try file.add(value, tag: tag, step: step, time: time)
    }
    try add(.scalar(0.5), "loss", 1)
    try add(.scalar(0), "loss", 300)
    try add(.scalar(.infinity), "손실", 1 << 40)
    try add(
      .histogram([
        .init(lower: 0, upper: 1, count: 3), .init(lower: 1, upper: 2, count: 0),
        .init(lower: 2, upper: 3, count: 1),
      ]), "weights", 7)
    try add(.text("**가** b"), "text", 7)
    try add(.images(width: 2, height: 1, [[0x89] + Array("PNG".utf8)]), "image", 7)
    var summary = HyperparameterSummary(
      settings: [
        ("optimizer.learningRate", .number(0.001)), ("model.name", .text("mlp")),
        ("data.stratify", .bool(true)),
      ], metrics: ["epoch/validationMetric"], group: "run-1")
    try file.add(summary.experiment(time))
    summary.settings = [summary.settings[0]]
    try file.add(summary.start(time))
    try file.add(HyperparameterSummary.end(.success, time))
    try file.flush()
    return [UInt8](try Data(contentsOf: URL(filePath: file.path)))
  }

  @Test("checksums are those of TensorBoard")
  func checksums() throws {
    let data = try Data(contentsOf: EventFileTests.golden.appending(path: "crc32c.json"))
    let sums = try JSONDecoder().decode([String: UInt32].self, from: data)
    #expect(sums.count == 4)
    for (text, sum) in sums { #expect(CRC32C.masked(text.utf8) == sum) }
    // RFC 3720, appendix B.4.
    #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(CRC32C.checksum([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
  }

  @Test("files equal those that TensorBoard's own classes write, byte by byte")
  func bytes() throws {
    try withFolder { folder in
      let ours = try write(to: folder)
      let theirs = try goldenEvents()
      let pairs = zip(RecordFile.records(ours).records, RecordFile.records(theirs).records)
      for (index, pair) in pairs.enumerated() {
        #expect(Array(pair.0) == Array(pair.1), "\(index)")
      }
      #expect(ours == theirs)
    }
  }

  @Test("the reader finds scalars by tag and step, texts, and what else there is")
  func reading() throws {
    let contents = try #require(EventFileReader.read(try goldenEvents()))
    #expect(
      contents.scalars == [
        MetricSeries(
          name: "loss",
          points: [
            MetricPoint(step: 1, value: 0.5, seconds: 0),
            MetricPoint(step: 300, value: 0, seconds: 0),
          ]),
        MetricSeries(
          name: "손실", points: [MetricPoint(step: 1 << 40, value: .infinity, seconds: 0)]),
      ])
    #expect(contents.texts == ["text": "**가** b"])
    #expect(contents.others == ["image", "weights"])
    #expect(contents.damagedBytes == 0)
  }

  @Test("scalars that are tensors count, as TensorFlow 2 writes them")
  func tensors() throws {
    var packed = ProtoWriter()
    packed.float(1, 2.5)
    let four = Array(packed.bytes.dropFirst())
    let event = Event(time: time, step: 3) { value in
      value.text(1, "t")
      value.message(8) { tensor in
        tensor.integer(1, 1)
        tensor.message(2) { _ in }
        tensor.data(4, four)
      }
      value.message(9) { metadata in metadata.message(1) { $0.text(1, "scalars") } }
    }
    let contents = try #require(EventFileReader.read(RecordFile.framed(event.bytes)))
    #expect(contents.scalars.first?.points == [MetricPoint(step: 3, value: 2.5, seconds: 0)])
  }

  @Test("a file that ends in the middle of a record is read up to there")
  func torn() throws {
    let whole = try goldenEvents()
    let first = RecordFile.framed(Array(RecordFile.records(whole).records[0])).count
    for length in stride(from: 0, to: whole.count, by: 7) {
      let contents = EventFileReader.read(Array(whole[..<length]))
      #expect((contents == nil) == (length < first))
    }
    var changed = whole
    changed[whole.count / 2] ^= 1
    let contents = try #require(EventFileReader.read(changed))
    #expect(contents.damagedBytes > 0)
    #expect(contents.scalars.count == 2)
  }

  @Test("no change of a byte makes the reader fail")
  func damaged() throws {
    let records = RecordFile.records(try goldenEvents()).records
    for record in records {
      for index in record.indices {
        var changed = Array(record)
        changed[index - record.startIndex] ^= 0xFF
        _ = EventFileReader.read(RecordFile.framed(changed))
      }
    }
    try withFolder { folder in
      let path = folder + "/x.tfevents"
      try Data("no events".utf8).write(to: URL(filePath: path))
      #expect(throws: StoreError.notEvents(path: path)) { try EventFileReader.read(path: path) }
    }
  }

  @Test("each writer has a file of its own")
  func files() throws {
    try withFolder { folder in
      let paths = try (0..<3).map { _ in try EventFileWriter(folder: folder, time: time).path }
      #expect(Set(paths).count == 3)
      #expect(paths.allSatisfy(EventFileReader.isEventFile))
    }
  }

  @Test("histograms count every finite value once")
  func histograms() {
    let values = (0..<100).map(Double.init) + [.nan, .infinity]
    guard case .histogram(let buckets) = SummaryValue.histogram(of: values, buckets: 10) else {
      Issue.record("no histogram")
      return
    }
    #expect(buckets.map(\.count).reduce(0, +) == 100)
    #expect(buckets.first?.lower == 0 && buckets.last?.upper == 99)
    #expect(
      SummaryValue.histogram(of: [2, 2], buckets: 2)
        == .histogram([
          .init(lower: 2, upper: 2, count: 0), .init(lower: 2, upper: 2, count: 2),
        ]))
    #expect(
      SummaryValue.histogram(of: [], buckets: 1)
        == .histogram([.init(lower: 0, upper: 0, count: 0)]))
  }
}
