import Foundation

/// The binary version of CIFAR-10 (Krizhevsky 2009): records of one label byte and 3,072 pixels,
/// planes of red, green and blue, 32x32 each.
enum CIFARSource {
  private static let side = 32
  private static let recordBytes = 1 + 3 * side * side
  private static let names = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]

  /// The folder that holds the batches, the one given or the one that the archive unpacks to.
  static func folder(at url: URL, names: [String]) -> URL? {
    if names.contains(where: isTrainBatch) { return url }
    let inner = url.appendingPathComponent("cifar-10-batches-bin")
    return FolderContent.isFolder(inner) ? inner : nil
  }

  static func open(
    _ folder: URL, source: String, options: DataOptions
  ) throws(DataError) -> Dataset {
    let files = try FolderContent.names(in: folder)
    let train = files.filter(isTrainBatch)
    guard !train.isEmpty else {
      throw DataError.unrecognized(path: folder.path, found: "no data_batch file")
    }
    let classes = try classNames(in: folder)
    let map = try ClassMap.resolve(classes, known: options.classes, path: folder.path)
    var pixels: [UInt8] = []
    var labels: [Int32] = []
    for name in train {
      try append(folder.appendingPathComponent(name), map.indices, &pixels, &labels)
    }
    let trainCount = labels.count
    for name in files where isTestBatch(name) {
      try append(folder.appendingPathComponent(name), map.indices, &pixels, &labels)
    }
    try ClassMap.requireTwo(
      labels, classes: map.classes, known: options.classes, path: folder.path)
    var hash = ContentHash()
    hash.add(pixels)
    hash.add(numbers: labels)
    return Dataset(
      source: source, labels: .classes(map.classes, labels),
      samples: .images(
        ImageMemory(pixels: pixels, channels: 3, height: side, width: side, source: source)),
      parts: trainCount == labels.count
        ? nil
        : DatasetParts(train: Array(0..<trainCount), test: Array(trainCount..<labels.count)),
      fingerprint: hash.text, reading: options)
  }

  private static func isTrainBatch(_ name: String) -> Bool {
    name.hasPrefix("data_batch") && isBinary(name)
  }

  private static func isTestBatch(_ name: String) -> Bool {
    name.hasPrefix("test_batch") && isBinary(name)
  }

  private static func isBinary(_ name: String) -> Bool {
    name.hasSuffix(".bin") || name.hasSuffix(".bin.gz")
  }

  private static func classNames(in folder: URL) throws(DataError) -> [String] {
    guard let url = FolderContent.file(in: folder, named: ["batches.meta.txt"]) else {
      return names
    }
    let text = String(decoding: try FileBytes.read(url), as: UTF8.self)
    let found = text.split(whereSeparator: \.isNewline).map { line in
      line.trimmingCharacters(in: .whitespaces)
    }
    return found.filter { !$0.isEmpty }
  }

  private static func append(
    _ url: URL, _ indices: [Int32], _ pixels: inout [UInt8], _ labels: inout [Int32]
  ) throws(DataError) {
    let bytes = try FileBytes.read(url)
    guard !bytes.isEmpty, bytes.count % recordBytes == 0 else {
      throw DataError.badFile(
        path: url.path,
        reason: "\(bytes.count) bytes are not a whole number of records of \(recordBytes)")
    }
    let count = bytes.count / recordBytes
    pixels.reserveCapacity(pixels.count + count * (recordBytes - 1))
    for record in 0..<count {
      let start = record * recordBytes
      let label = Int(bytes[start])
      guard label < indices.count else {
        throw DataError.labelOutOfRange(
          path: url.path, index: record, label: label, classes: indices.count)
      }
      labels.append(indices[label])
      pixels += bytes[(start + 1)..<(start + recordBytes)]
    }
  }
}
