import Foundation
import HoneNumerics
import HoneRecords
import HoneText

/// Arrays of images or of features with their labels, in `.npz`, `.safetensors` or a folder of `.npy`.
///
/// Images are `[samples, height, width]`, `[samples, channels, height, width]` or
/// `[samples, height, width, channels]`; features `[samples, columns]`. Labels are one whole number,
/// one value or one name a sample. `ArrayRoles` tells which is which.
enum ArraySource {
  static func recognizes(_ names: [String]) -> Bool {
    names.contains { $0.hasSuffix(".npy") }
  }

  /// Opens a folder of `.npy` files, one array each.
  static func open(
    folder: URL, source: String, options: DataOptions
  ) throws(DataError) -> Dataset {
    var arrays: [String: StoredArray] = [:]
    for name in try FolderContent.names(in: folder) where name.hasSuffix(".npy") {
      arrays.merge(try ArrayFile.arrays(folder.appendingPathComponent(name))) { $1 }
    }
    return try dataset(arrays, source: source, options: options)
  }

  /// Opens a file.
  /// - Parameter needsTarget: whether inputs without labels are an error.
  static func open(
    _ url: URL, source: String, options: DataOptions, needsTarget: Bool = true
  ) throws(DataError) -> Dataset {
    try dataset(
      try ArrayFile.arrays(url), source: source, options: options, needsTarget: needsTarget)
  }

  private static func dataset(
    _ arrays: [String: StoredArray], source: String, options: DataOptions, needsTarget: Bool = true
  ) throws(DataError) -> Dataset {
    let roles = ArrayRoles(Array(arrays.keys))
    let names = arrays.keys.sorted().joined(separator: ", ")
    guard roles.pairs[.train]?.inputs != nil else {
      throw DataError.unrecognized(
        path: source,
        found: "the arrays \(names), where x and y are expected (or x_train, images, labels, …)")
    }
    var inputs: [StoredArray] = []
    var labels: [StoredArray] = []
    var counts: [Int] = []
    for part in ArrayRoles.Part.allCases {
      guard let pair = roles.pairs[part], let name = pair.inputs, let input = arrays[name] else {
        counts.append(0)
        continue
      }
      let samples = input.shape.first ?? 0
      inputs.append(input)
      counts.append(samples)
      if let labelName = pair.labels, let label = arrays[labelName] {
        guard label.shape.first == samples, label.count == samples else {
          throw DataError.countMismatch(
            images: "\(source):\(name)", imageCount: samples, labels: "\(source):\(labelName)",
            labelCount: label.shape.count == 1 ? label.count : label.shape.first ?? 0)
        }
        labels.append(label)
      } else if needsTarget {
        throw DataError.unrecognized(path: source, found: "'\(name)' without labels among \(names)")
      }
    }
    guard counts.reduce(0, +) > 0 else { throw DataError.noRows(path: source) }
    let isImage = (inputs.first?.shape.count ?? 0) >= 3
    let target = ArrayTarget(source: source, options: options, isImage: isImage)
    let found = try target.labels(needsTarget || !labels.isEmpty ? labels : nil, counts: counts)
    let (samples, notes) = try ArrayInputs(source: source).samples(inputs, reading: options)
    var reading = options
    if case .table(let table) = samples { reading.columns = table.columns.map(\.name) }
    return Dataset(
      source: source, labels: found, samples: samples, parts: parts(counts), notes: notes,
      fingerprint: fingerprint(inputs + labels), reading: reading)
  }

  private static func parts(_ counts: [Int]) -> DatasetParts? {
    guard counts[1] > 0 || counts[2] > 0 else { return nil }
    let (second, end) = (counts[0] + counts[1], counts.reduce(0, +))
    return DatasetParts(
      train: Array(0..<counts[0]), validation: Array(counts[0]..<second),
      test: Array(second..<end))
  }

  private static func fingerprint(_ arrays: [StoredArray]) -> String {
    var hash = ContentHash()
    for array in arrays {
      hash.add(numbers: array.shape)
      switch array.elements {
      case .numbers(_, let data): data.withUnsafeBytes { hash.add($0) }
      case .texts(let texts): for text in texts { hash.add(text) }
      }
    }
    return hash.text
  }
}
