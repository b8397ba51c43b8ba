import Foundation

/// The binary versions of CIFAR-10 and CIFAR-100 (Krizhevsky 2009): records of one label byte, or of a
/// coarse and a fine one, and 3,072 pixels, planes of red, green and blue, 32x32 each.
struct CIFARSource {
  private static let side = 32
  private static let pixelBytes = 3 * side * side

  /// The label bytes before the pixels; the last of them is read.
  private let labelBytes: Int
  /// The folder that the archive unpacks to.
  private let unpacked: String
  /// How the names of the files to train on begin.
  private let trainPrefix: String
  private let testPrefix: String
  private let classFile: String
  /// The classes where there is no file of them.
  private let classes: [String]

  private static let ten = CIFARSource(
    labelBytes: 1, unpacked: "cifar-10-batches-bin", trainPrefix: "data_batch",
    testPrefix: "test_batch", classFile: "batches.meta.txt",
    classes: [
      "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
    ])
  private static let hundred = CIFARSource(
    labelBytes: 2, unpacked: "cifar-100-binary", trainPrefix: "train.", testPrefix: "test.",
    classFile: "fine_label_names.txt", classes: (0..<100).map { String($0) })

  /// The format and the folder that holds its files, the one given or the one that the archive
  /// unpacks to; nil where the folder holds neither.
  static func find(at url: URL, names: [String]) -> (format: CIFARSource, folder: URL)? {
    for format in [ten, hundred] {
      if names.contains(where: format.isTrain) { return (format, url) }
      let inner = url.appendingPathComponent(format.unpacked)
      if FolderContent.isFolder(inner) { return (format, inner) }
    }
    return nil
  }

  func open(
    _ folder: URL, source: String, options: DataOptions
  ) throws(DataError) -> Dataset {
    let files = try FolderContent.names(in: folder)
    let train = files.filter(isTrain)
    guard !train.isEmpty else {
      throw DataError.unrecognized(path: folder.path, found: "no \(trainPrefix) file")
    }
    let names = try classNames(in: folder)
    let map = try ClassMap.resolve(names, known: options.classes, path: folder.path)
    var segments: [ImageRecords.Segment] = []
    var labels: [Int32] = []
    for name in train {
      segments.append(try segment(folder.appendingPathComponent(name), map.indices, &labels))
    }
    let trainCount = labels.count
    for name in files where isTest(name) {
      segments.append(try segment(folder.appendingPathComponent(name), map.indices, &labels))
    }
    try ClassMap.requireTwo(
      labels, classes: map.classes, known: options.classes, path: folder.path)
    var hash = ContentHash()
    for segment in segments { segment.data.withUnsafeBytes { hash.add($0) } }
    hash.add(numbers: labels)
    let side = CIFARSource.side
    return Dataset(
      source: source, labels: .classes(map.classes, labels),
      samples: .images(
        ImageRecords(segments, channels: 3, height: side, width: side, source: source)),
      parts: trainCount == labels.count
        ? nil
        : DatasetParts(train: Array(0..<trainCount), test: Array(trainCount..<labels.count)),
      fingerprint: hash.text, reading: options)
  }

  private func isTrain(_ name: String) -> Bool {
    name.hasPrefix(trainPrefix) && CIFARSource.isBinary(name)
  }

  private func isTest(_ name: String) -> Bool {
    name.hasPrefix(testPrefix) && CIFARSource.isBinary(name)
  }

  private static func isBinary(_ name: String) -> Bool {
    name.hasSuffix(".bin") || name.hasSuffix(".bin.gz")
  }

  private func classNames(in folder: URL) throws(DataError) -> [String] {
    guard let url = FolderContent.file(in: folder, named: [classFile]) else { return classes }
    let text = String(decoding: try FileBytes.read(url), as: UTF8.self)
    let found = text.split(whereSeparator: \.isNewline).map { line in
      line.trimmingCharacters(in: .whitespaces)
    }
    return found.filter { !$0.isEmpty }
  }

  /// Maps one file's images and reads its labels.
  private func segment(
    _ url: URL, _ indices: [Int32], _ labels: inout [Int32]
  ) throws(DataError) -> ImageRecords.Segment {
    let data = try FileBytes.mapped(url)
    let recordBytes = labelBytes + CIFARSource.pixelBytes
    guard !data.isEmpty, data.count % recordBytes == 0 else {
      throw DataError.badFile(
        path: url.path,
        reason: "\(data.count) bytes are not a whole number of records of \(recordBytes)")
    }
    let count = data.count / recordBytes
    for record in 0..<count {
      let label = Int(data[data.startIndex + record * recordBytes + labelBytes - 1])
      guard label < indices.count else {
        throw DataError.labelOutOfRange(
          path: url.path, index: record, label: label, classes: indices.count)
      }
      labels.append(indices[label])
    }
    return ImageRecords.Segment(
      data: data, start: labelBytes, stride: recordBytes, count: count)
  }
}
