import Foundation
import HoneData
import HoneNumerics
import HoneRecords

/// The data of a case, ready to be loaded.
struct CaseData {
  var dataset: Dataset
  var train: [Int]
  var validation: [Int]
  /// How pixels are scaled; rows are scaled already.
  var normalization: Normalization = .none
  /// How pixels of the validation split are scaled, where a fault treats them differently.
  var validationNormalization: Normalization?
  /// Whether targets are brought to mean 0 and deviation 1 for training.
  var standardizesTargets = false
  /// The bits of a target, where each sample has several.
  var bits: [[Float]] = []

  init(_ record: CaseRecord, folder: URL, home: URL?, seed: UInt64) throws {
    let data = record.data
    let name = (data["name"]?.word ?? "").lowercased().replacingOccurrences(of: "_", with: "-")
    let preprocess = (data["preprocess"]?.word ?? "none").lowercased()
    if ["mnist", "fashion-mnist", "cifar10", "cifar-10", "digits"].contains(name) {
      let known = name == "cifar-10" ? "cifar10" : name
      let opened: Dataset
      do {
        opened = try DataSource.open(known, home: home)
      } catch {
        throw Unavailable(reason: "data set \(name): \(error)")
      }
      self = try CaseData(images: opened, record, preprocess)
      return
    }
    let table = try CaseTable(record, name: name, folder: folder, home: home, seed: seed)
    self = try CaseData(table, record, preprocess)
    bits = table.bits
  }

  private init(dataset: Dataset, train: [Int], validation: [Int]) {
    self.dataset = dataset
    self.train = train
    self.validation = validation
  }

  // MARK: images

  private init(images: Dataset, _ record: CaseRecord, _ preprocess: String) throws {
    let data = record.data
    let parts = images.parts ?? DatasetParts(train: Array(0..<images.count))
    var train = parts.train
    if let count = data["n_train"]?.double, Int(count) < train.count, data["imbalance"] == nil {
      train = Array(train.prefix(Int(count)))
    }
    var validation = parts.test.isEmpty ? parts.validation : parts.test
    if preprocess.contains("training images") {
      validation = Array(train.prefix(Int(data["n_val"]?.double ?? 100)))
    } else if let count = data["n_val"]?.double, count > 0 {
      validation = Array(validation.prefix(Int(count)))
    } else {
      validation = []
    }
    if let held = data["held_out"]?.double {
      // A data set without a test split: the last samples are held out.
      validation = Array((images.count - Int(held))..<images.count)
      train = Array(0..<min(train.count, images.count - Int(held)))
    }
    if let rule = data["imbalance"]?.word {
      train = try Self.thinned(train, of: images, rule: rule)
    }
    var dataset = images
    if data["targets"]?.word?.contains("/ 255") == true
      || data["targets"]?.word?.contains("divided by 255") == true
    {
      dataset = Dataset(
        source: images.source,
        labels: .classes(images.classes, images.labels.map { _ in 0 }), samples: images.samples,
        parts: images.parts, fingerprint: images.fingerprint, reading: images.reading)
    }
    self.init(dataset: dataset, train: train, validation: validation)
    normalization = Self.scale(preprocess)
    if preprocess.contains("x_test left") { validationNormalization = Normalization.none }
  }

  private static func scale(_ preprocess: String) -> Normalization {
    if preprocess.contains("/255/255") || preprocess.contains("/range/range") {
      return .explicit(mean: [0], deviation: [255])
    }
    if preprocess.hasPrefix("none") { return .none }
    if preprocess.contains("standard") { return .standardize }
    return .unit
  }

  /// Keeps a share of some classes: "class 0: 1% of N/10, class k (1..5): k%, 6-9 all".
  private static func thinned(
    _ train: [Int], of dataset: Dataset, rule: String
  ) throws -> [Int] {
    guard rule.contains("class k (1..5)") else {
      throw Unavailable(reason: "imbalance '\(rule)' is not understood")
    }
    let each = train.count / dataset.classes.count
    var kept = [Int](repeating: 0, count: dataset.classes.count)
    return train.filter { index in
      let label = Int(dataset.labels[index])
      let limit = label > 5 ? Int.max : max(1, each * max(label, 1) / 100)
      kept[label] += 1
      return kept[label] <= limit
    }
  }

  // MARK: tables

  private init(_ table: CaseTable, _ record: CaseRecord, _ preprocess: String) throws {
    var rows = table.rows
    let train = Array(0..<table.trainCount)
    let validation = Array(table.trainCount..<rows.count)
    let wantsRange = preprocess.contains("min-max")
    let wantsSpread = preprocess.contains("standard")
    if wantsRange || wantsSpread {
      for column in rows[0].indices {
        let values = train.map { rows[$0][column] }
        let low = wantsRange ? values.min() ?? 0 : values.mean()
        let spread = wantsRange ? (values.max() ?? 1) - low : values.standardDeviation()
        for row in rows.indices {
          rows[row][column] = (rows[row][column] - low) / max(spread, 1e-12)
        }
      }
    }
    let dataset: Dataset
    if record.task == "regression" {
      let targets = Self.targets(table.targets, train: train, preprocess)
      dataset = try Dataset(rows: rows, targets: targets, source: record.id)
    } else {
      let count = max(2, (table.labels.max() ?? 1) + 1)
      dataset = Dataset(
        source: record.id,
        labels: .classes((0..<count).map(String.init), table.labels.map(Int32.init)),
        samples: try Dataset(rows: rows, targets: rows.map { _ in Float(0) }, source: record.id)
          .samples, fingerprint: record.id, reading: DataOptions())
    }
    self.init(dataset: dataset, train: train, validation: validation)
  }

  private static func targets(_ values: [Double], train: [Int], _ preprocess: String) -> [Float] {
    guard let range = preprocess.range(of: "target ") else { return values.map(Float.init) }
    let rest = preprocess[range.upperBound...]
    let known = train.map { values[$0] }
    if rest.contains("min-max") {
      let low = known.min() ?? 0
      let width = max((known.max() ?? 1) - low, 1e-12)
      let isSymmetric = rest.contains("[-1,1]")
      return values.map { value in
        let share = (value - low) / width
        return Float(isSymmetric ? 2 * share - 1 : share)
      }
    }
    if rest.contains("standard") {
      let mean = known.mean()
      let deviation = max(known.standardDeviation(), 1e-12)
      return values.map { Float(($0 - mean) / deviation) }
    }
    return values.map(Float.init)
  }
}
