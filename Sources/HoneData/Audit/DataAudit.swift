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
  ///   - options: how deep to look.
  public static func inspect(
    _ dataset: Dataset, split: Split, preprocessor: Preprocessor,
    options: AuditOptions = AuditOptions()
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
    case .images(let images):
      addPixels(images, readable, preprocessor, to: &record)
      record.dimImages = dimImages(scan.images, maximum: images.maximum)
    case .table(let table): addColumns(table, dataset, split.train, preprocessor, to: &record)
    // Token numbers are names: their size says nothing.
    case .text: break
    }
    if dataset.task == .regression {
      record.targets = ValueSummary(of: split.train.map { Double(dataset.targets[$0]) })
    }
    let facts = SampleFacts(dataset, images: scan.images, seed: options.seed)
    addCopies(scan, dataset, split, to: &record)
    record.shift = ShiftTest(
      facts: facts, groups: dataset.groups, seed: options.seed, model: options.model
    ).results(split)
    record.outliers = OutlierSearch.outliers(facts)
    record.smallestDifference = options.smallestDifference
    if let predictions = options.predictions { addLabelIssues(predictions, dataset, to: &record) }
    record.findings =
      AuditFindings(record: record, dataset: dataset, split: split, facts: facts).all
    return record
  }

  /// Copies within the training split and across splits, and labels that contradict each other.
  private static func addCopies(
    _ scan: SampleScan, _ dataset: Dataset, _ split: Split, to record: inout AuditRecord
  ) {
    var near: [DuplicatePair] = []
    var hashes = scan.contents
    switch dataset.samples {
    case .images(let images): near = NearImages.pairs(scan.images, maximum: images.maximum)
    case .text: near = NearTexts.pairs(scan.words)
    // Rows that differ in what is to be learned are no copies.
    case .table: hashes = scan.hashes
    }
    let search = DuplicateSearch(hashes: hashes, near: near)
    let train = Set(split.train)
    record.trainCopies = search.pairs.filter {
      train.contains($0.first) && train.contains($0.second)
    }
    record.leaks =
      search.leaks(from: split.train, into: split.validation)
      + search.leaks(from: split.train, into: split.test)
    let contents =
      hashes == scan.contents ? search : DuplicateSearch(hashes: scan.contents, near: [])
    guard dataset.task != .regression else { return }
    record.conflicts = contents.pairs.filter {
      dataset.labels[$0.first] != dataset.labels[$0.second]
    }
  }

  private static func addLabelIssues(
    _ predictions: OutOfSamplePredictions, _ dataset: Dataset, to record: inout AuditRecord
  ) {
    let known = predictions.samples.indices.filter {
      let sample = predictions.samples[$0]
      return dataset.labels.indices.contains(sample) && dataset.labels[sample] >= 0
    }
    guard !known.isEmpty else { return }
    let learning = ConfidentLearning(
      labels: known.map { Int(dataset.labels[predictions.samples[$0]]) },
      probabilities: known.map { predictions.probabilities[$0] }, classes: dataset.classes.count)
    record.labelIssues = learning.issues.map { issue in
      LabelIssue(
        sample: predictions.samples[known[issue.position]], label: issue.label,
        suggestion: issue.suggestion, probability: issue.selfConfidence)
    }
    record.labelNoiseShare = Double(learning.issues.count) / Double(known.count)
  }

  /// Images that vary, but only within a fiftieth of the full range, where others fill half of it: as
  /// if they had been stored from 0 to 1 among others from 0 to 255.
  private static func dimImages(_ images: [ImageFacts?], maximum: Int) -> [Int] {
    guard images.contains(where: { Int($0?.largest ?? 0) * 2 > maximum }) else { return [] }
    return images.indices.filter { index in
      guard let image = images[index], image.largest > 0 else { return false }
      return Int(image.largest) * 50 <= maximum
    }
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
    let encoder = RowEncoder(
      table, plan: preprocessor.columns, combining: preprocessor.features ?? [])
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
