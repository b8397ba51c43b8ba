import Foundation
public import HoneRecords

/// What an event file holds, as far as Hone uses it: of TensorBoard's summary writers, PyTorch's,
/// Keras', Lightning's and Hone's own.
public struct EventFileContents: Sendable, Equatable {
  /// The scalars by tag, each in the order of steps, with seconds since the file's first event.
  public var scalars: [MetricSeries]
  /// The texts by tag: the last of each.
  public var texts: [String: String]
  /// The tags of histograms, images and other values that have no number.
  public var others: [String]
  /// Bytes at the end that are not part of a whole record: the writer was killed, or the file is
  /// damaged from there on.
  public var damagedBytes: Int
}

/// Reads files of events that TensorBoard shows.
public enum EventFileReader {
  /// Whether a file is one of events, by its name.
  public static func isEventFile(_ path: String) -> Bool {
    URL(filePath: path).lastPathComponent.contains("tfevents")
  }

  /// The contents of a file, up to the first record that is damaged.
  /// - Throws: `StoreError.inputOutput` where it cannot be read, `.notEvents` where it holds no record.
  public static func read(path: String) throws(StoreError) -> EventFileContents {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw .inputOutput(path: path, reason: error.localizedDescription)
    }
    guard let contents = read([UInt8](data)) else { throw .notEvents(path: path) }
    return contents
  }

  /// The contents of a file's bytes; nil where not even the first record is whole.
  static func read(_ bytes: [UInt8]) -> EventFileContents? {
    let (records, rest) = RecordFile.records(bytes)
    guard !records.isEmpty else { return nil }
    var collector = Collector()
    for record in records { try? collector.add(record) }
    return collector.contents(damagedBytes: rest)
  }

  /// Gathers values by tag.
  private struct Collector {
    var points: [String: [Int: MetricPoint]] = [:]
    var texts: [String: String] = [:]
    var others: Set<String> = []
    var start: Double?

    mutating func add(_ record: ArraySlice<UInt8>) throws {
      var reader = ProtoReader(record)
      var time = 0.0
      var step = 0
      var summaries: [ArraySlice<UInt8>] = []
      while let (field, value) = try reader.next() {
        switch (field, value) {
        case (1, .fixed64(let pattern)): time = Double(bitPattern: pattern)
        case (2, .integer(let number)): step = Int(Int64(bitPattern: number))
        case (5, .bytes(let summary)): summaries.append(summary)
        default: break
        }
      }
      let first = start ?? time
      start = first
      for summary in summaries {
        var reader = ProtoReader(summary)
        while let (field, value) = try reader.next() {
          guard field == 1 else { continue }
          try add(try SummaryReader(value.content), step: step, seconds: time - first)
        }
      }
    }

    mutating func add(_ value: SummaryReader, step: Int, seconds: Double) throws {
      if let number = value.number {
        let point = MetricPoint(step: step, value: number, seconds: seconds)
        points[value.tag, default: [:]][step] = point
      } else if let text = value.text {
        texts[value.tag] = text
      } else if !value.tag.hasPrefix("_hparams_/") {
        others.insert(value.tag)
      }
    }

    func contents(damagedBytes: Int) -> EventFileContents {
      EventFileContents(
        scalars: points.sorted { $0.key < $1.key }.map { tag, points in
          MetricSeries(name: tag, points: points.sorted { $0.key < $1.key }.map(\.value))
        }, texts: texts, others: others.sorted(), damagedBytes: damagedBytes)
    }
  }
}
