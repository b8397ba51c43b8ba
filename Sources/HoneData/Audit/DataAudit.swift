import CImage
import Foundation
import HoneRecords

/// Looks through the data before anything is trained on them.
public enum DataAudit {
  /// Reads every sample once; decodes image files on all cores.
  /// - Parameters:
  ///   - dataset: the data.
  ///   - split: their division.
  ///   - preprocessor: what makes inputs of samples.
  public static func inspect(
    _ dataset: Dataset, split: Split, preprocessor: Preprocessor
  ) -> AuditRecord {
    let scan = SampleScan(dataset)
    var record = AuditRecord(
      source: dataset.source, samples: dataset.count,
      task: dataset.taskRecord(split: split, preprocessor: preprocessor),
      validationClassCounts: dataset.classCounts(of: split.validation),
      testClassCounts: dataset.classCounts(of: split.test), constantColumns: [],
      missingValues: [:], corrupt: scan.corrupt, validationDuplicates: 0, testDuplicates: 0,
      notes: dataset.notes, findings: [])
    let known = Set(split.train.compactMap { scan.hashes[$0] })
    func copies(_ part: [Int]) -> Int {
      part.count { sample in scan.hashes[sample].map { known.contains($0) } ?? false }
    }
    record.validationDuplicates = copies(split.validation)
    record.testDuplicates = copies(split.test)
    let readable = split.train.filter { scan.hashes[$0] != nil }
    switch dataset.samples {
    case .images(let images): addPixels(images, readable, preprocessor, to: &record)
    case .table(let table): addColumns(table, dataset, split.train, preprocessor, to: &record)
    // Token numbers are names: their size says nothing.
    case .text: break
    }
    if dataset.task == .regression {
      record.targets = ValueSummary(of: split.train.map { Double(dataset.targets[$0]) })
    }
    record.findings = AuditFindings.all(in: record)
    return record
  }

  private static func addPixels(
    _ images: any ImageSamples, _ samples: [Int], _ preprocessor: Preprocessor,
    to record: inout AuditRecord
  ) {
    guard !samples.isEmpty,
      let histograms = try? ChannelScale.histograms(images, indices: samples)
    else { return }
    var stored: [(value: Double, count: Double)] = []
    var prepared: [(value: Double, count: Double)] = []
    for (channel, histogram) in histograms.enumerated() {
      for (value, count) in histogram.enumerated() where count > 0 {
        stored.append((Double(value), Double(count)))
        let scaled =
          Double(value) * Double(preprocessor.scale[channel]) + Double(preprocessor.offset[channel])
        prepared.append((scaled, Double(count)))
      }
    }
    record.stored = ValueSummary(counted: stored)
    record.prepared = ValueSummary(counted: prepared)
  }

  private static func addColumns(
    _ table: TableSamples, _ dataset: Dataset, _ train: [Int], _ preprocessor: Preprocessor,
    to record: inout AuditRecord
  ) {
    let width = table.columns.count
    for (position, column) in table.columns.enumerated() {
      let missing = (0..<table.count).count { table.values[$0 * width + position].isNaN }
      if missing > 0 { record.missingValues[column.name] = missing }
      let first = train.first.map { table.values[$0 * width + position] } ?? .nan
      let isConstant = train.allSatisfy { sample in
        let value = table.values[sample * width + position]
        return value == first || (value.isNaN && first.isNaN)
      }
      if isConstant { record.constantColumns.append(column.name) }
    }
    let numeric = table.columns.indices.filter { table.columns[$0].levels == nil }
    record.stored = ValueSummary(
      of: train.flatMap { sample in numeric.map { table.values[sample * width + $0] } }
        .filter { !$0.isNaN })
    let encoder = RowEncoder(table, plan: preprocessor.columns)
    var features = [Float](repeating: 0, count: train.count * encoder.width)
    features.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for (position, sample) in train.enumerated() {
        encoder.encode(sample, into: base + position * encoder.width)
      }
    }
    record.prepared = ValueSummary(of: features.map { Double($0) })
  }
}

extension ValueSummary {
  /// The summary of numbers; those that are not finite are counted and left out.
  init?(of values: [Double]) {
    let finite = values.filter(\.isFinite)
    self.init(counted: finite.map { ($0, 1) })
    nonFinite = values.count - finite.count
  }

  /// The summary of values that occur so many times.
  init?(counted values: [(value: Double, count: Double)]) {
    let total = values.reduce(0) { $0 + $1.count }
    guard total > 0 else { return nil }
    let mean = values.reduce(0) { $0 + $1.value * $1.count / total }
    let variance = values.reduce(0) {
      $0 + ($1.value - mean) * ($1.value - mean) * $1.count / total
    }
    self.init(
      mean: mean, standardDeviation: variance.squareRoot(),
      minimum: values.reduce(.infinity) { min($0, $1.value) },
      maximum: values.reduce(-.infinity) { max($0, $1.value) })
  }
}
