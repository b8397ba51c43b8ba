import Foundation

/// The IDX files of MNIST and its kin: pairs of image and label files, plain or compressed.
///
/// The format (LeCun, Cortes and Burges): two zero bytes, the element type (8: bytes), the number
/// of dimensions, each dimension as a big-endian 32-bit number, then the bytes.
enum IDXSource {
  private static let clothing = [
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
    "Ankle boot",
  ]

  /// One image file and its label file.
  private struct Pair {
    let path: String
    let labelPath: String
    let height: Int
    let width: Int
    let pixels: Data
    let labels: Data
  }

  static func recognizes(_ names: [String]) -> Bool {
    names.contains { $0.contains("idx3-ubyte") || $0.contains("idx1-ubyte") }
  }

  static func open(
    _ folder: URL, source: String, options: DataOptions
  ) throws(DataError) -> Dataset {
    guard let train = try pair(in: folder, prefix: "train") else {
      throw DataError.unrecognized(
        path: folder.path, found: "IDX files, but no train-images-idx3-ubyte")
    }
    var pairs = [train]
    if let test = try pair(in: folder, prefix: "t10k") { pairs.append(test) }
    let largest = pairs.compactMap { $0.labels.max() }.max().map(Int.init) ?? 0
    let isClothing = folder.lastPathComponent.lowercased().contains("fashion") && largest < 10
    let names = isClothing ? clothing : (0...max(1, largest)).map { String($0) }
    let map = try ClassMap.resolve(
      options.classes.map { $0.count > names.count ? $0 : names } ?? names,
      known: options.classes, path: folder.path)
    var labels: [Int32] = []
    for pair in pairs {
      guard pair.height == train.height, pair.width == train.width else {
        throw DataError.badFile(
          path: pair.path,
          reason: "its images are \(pair.height)x\(pair.width), those to train on "
            + "\(train.height)x\(train.width)")
      }
      labels += pair.labels.map { map.indices[Int($0)] }
    }
    try ClassMap.requireTwo(
      labels, classes: map.classes, known: options.classes, path: folder.path)
    var hash = ContentHash()
    for pair in pairs { pair.pixels.withUnsafeBytes { hash.add($0) } }
    hash.add(numbers: labels)
    let first = train.labels.count
    return Dataset(
      source: source, labels: .classes(map.classes, labels),
      samples: .images(
        ImageRecords(
          pairs.map { ImageRecords.Segment(data: $0.pixels, count: $0.labels.count) },
          channels: 1, height: train.height, width: train.width, source: source)),
      parts: pairs.count == 1
        ? nil : DatasetParts(train: Array(0..<first), test: Array(first..<labels.count)),
      fingerprint: hash.text, reading: options)
  }

  private static func pair(in folder: URL, prefix: String) throws(DataError) -> Pair? {
    let imageNames = ["\(prefix)-images-idx3-ubyte", "\(prefix)-images.idx3-ubyte"]
    let labelNames = ["\(prefix)-labels-idx1-ubyte", "\(prefix)-labels.idx1-ubyte"]
    guard let imageURL = FolderContent.file(in: folder, named: imageNames) else { return nil }
    guard let labelURL = FolderContent.file(in: folder, named: labelNames) else {
      throw DataError.unrecognized(
        path: folder.path, found: "\(imageURL.lastPathComponent) without \(labelNames[0])")
    }
    let images = try content(of: imageURL, dimensions: 3)
    let labels = try content(of: labelURL, dimensions: 1)
    guard images.extents[0] == labels.extents[0] else {
      throw DataError.countMismatch(
        images: imageURL.path, imageCount: images.extents[0], labels: labelURL.path,
        labelCount: labels.extents[0])
    }
    return Pair(
      path: imageURL.path, labelPath: labelURL.path, height: images.extents[1],
      width: images.extents[2], pixels: images.bytes, labels: labels.bytes)
  }

  private static func content(
    of url: URL, dimensions: Int
  ) throws(DataError) -> (extents: [Int], bytes: Data) {
    let bytes = try FileBytes.mapped(url)
    let header = 4 + 4 * dimensions
    guard bytes.count >= header, bytes[0] == 0, bytes[1] == 0, bytes[2] == 8,
      bytes[3] == dimensions
    else {
      let start = bytes.prefix(4).map { String($0) }.joined(separator: " ")
      throw DataError.badFile(
        path: url.path, reason: "an IDX file begins with 0 0 8 \(dimensions), this with \(start)")
    }
    let extents = (0..<dimensions).map { index in
      bytes[(4 + 4 * index)..<(8 + 4 * index)].reduce(0) { $0 << 8 | Int($1) }
    }
    let expected = extents.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
    guard bytes.count - header == expected, extents.allSatisfy({ $0 > 0 }) else {
      throw DataError.badFile(
        path: url.path,
        reason: "\(extents.map(String.init).joined(separator: "x")) elements were promised, "
          + "\(bytes.count - header) bytes follow the header")
    }
    return (extents, bytes.dropFirst(header))
  }
}
