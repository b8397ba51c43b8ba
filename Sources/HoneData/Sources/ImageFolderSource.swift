import Foundation
import HoneText

/// A folder of class folders with image files, optionally under `train`, `val` and `test`.
enum ImageFolderSource {
  private static let trainNames = ["train", "training"]
  private static let validationNames = ["val", "valid", "validation"]
  private static let testNames = ["test"]

  /// The image files of one split, by class folder.
  private struct Part {
    var paths: [String] = []
    /// Class folders in order, with the number of their files.
    var classes: [(name: String, count: Int)] = []
    var sizes: [Int] = []
    var times: [Int] = []
    var skipped = 0
  }

  static func open(
    _ folder: URL, source: String, options: DataOptions
  ) throws(DataError) -> Dataset {
    let train = try part(at: subfolder(of: folder, named: trainNames) ?? folder)
    var parts = [train]
    if subfolder(of: folder, named: trainNames) != nil {
      for names in [validationNames, testNames] {
        var other = Part()
        if let place = subfolder(of: folder, named: names) { other = try part(at: place) }
        parts.append(other)
      }
    }
    let names = train.classes.map(\.name).sorted()
    let map = try ClassMap.resolve(names, known: options.classes, path: folder.path)
    let labels = try labels(of: parts, classes: map.classes, folder: folder)
    try ClassMap.requireTwo(
      labels, classes: map.classes, known: options.classes, path: folder.path)
    let paths = parts.flatMap(\.paths)
    var channels = 3
    if let chosen = options.imageChannels {
      channels = chosen
    } else {
      channels = try storedChannels(of: paths)
    }
    let fingerprint = try fingerprint(
      of: paths, sizes: parts.flatMap(\.sizes), labels: labels, under: folder)
    var notes = notes(skipped: parts.reduce(0) { $0 + $1.skipped })
    var store: (any PictureStore)?
    if let cache = options.cache {
      var hash = ContentHash()
      hash.add(fingerprint)
      hash.add(numbers: parts.flatMap(\.sizes))
      hash.add(numbers: parts.flatMap(\.times))
      let plan = PackedCache(
        cache, of: paths, folder: folder, content: hash.text,
        isUpright: options.exifOrientation ?? true)
      store = plan.pictures(&notes)
    }
    return Dataset(
      source: source, labels: .classes(map.classes, labels),
      samples: .images(
        ImageFiles(paths: paths, store: store, channels: channels, reading: options)),
      parts: indices(of: parts), notes: notes, fingerprint: fingerprint, reading: options)
  }

  private static func subfolder(of folder: URL, named names: [String]) -> URL? {
    names.map { folder.appendingPathComponent($0) }.first(where: FolderContent.isFolder)
  }

  private static func part(at folder: URL) throws(DataError) -> Part {
    var part = Part()
    var loose = 0
    for name in try FolderContent.names(in: folder) {
      let inner = folder.appendingPathComponent(name)
      guard FolderContent.isFolder(inner) else {
        loose += 1
        continue
      }
      let files = try FolderContent.files(in: inner)
      let images = files.filter { ImageDecoder.endings.contains(ending(of: $0.name)) }
      part.skipped += files.count - images.count
      if images.isEmpty {
        throw DataError.emptyFolder(path: inner.path)
      }
      let place = inner.path + "/"
      part.paths += images.map { place + $0.name }
      part.sizes += images.map(\.size)
      part.times += images.map(\.modified)
      part.classes.append((name, images.count))
    }
    if part.paths.isEmpty {
      guard loose > 0 else { throw DataError.emptyFolder(path: folder.path) }
      throw DataError.unrecognized(
        path: folder.path, found: "\(loose) files and no folder; each class needs a folder")
    }
    return part
  }

  private static func ending(of name: String) -> String {
    name.utf8.lastIndex(of: UInt8(ascii: ".")).map { name[$0...].dropFirst().lowercased() } ?? ""
  }

  private static func labels(
    of parts: [Part], classes: [String], folder: URL
  ) throws(DataError) -> [Int32] {
    var indices: [String: Int32] = [:]
    for (index, name) in classes.enumerated() { indices[name] = Int32(index) }
    var labels: [Int32] = []
    for (name, count) in parts.flatMap(\.classes) {
      guard let index = indices[name] else {
        throw DataError.unknownClass(path: folder.path, name: name, known: classes)
      }
      labels += [Int32](repeating: index, count: count)
    }
    return labels
  }

  private static func indices(of parts: [Part]) -> DatasetParts? {
    guard parts.count == 3 else { return nil }
    let first = parts[0].paths.count
    let second = first + parts[1].paths.count
    return DatasetParts(
      train: Array(0..<first), validation: Array(first..<second),
      test: Array(second..<(second + parts[2].paths.count)))
  }

  /// Grey where a spread of files stores no color.
  static func storedChannels(of paths: [String]) throws(DataError) -> Int {
    for index in stride(from: 0, to: paths.count, by: max(1, paths.count / 8)) {
      let bytes = try FileBytes.read(URL(fileURLWithPath: paths[index]))
      let isGrey = bytes.withUnsafeBytes { ImageDecoder.isGrey($0, path: paths[index]) }
      if isGrey != true { return 3 }
    }
    return 1
  }

  private static func notes(skipped: Int) -> [Localized] {
    guard skipped > 0 else { return [] }
    return [
      Localized(
        "Files left out because they are no JPEG, PNG, WebP or BMP: \(skipped).",
        korean: "JPEG, PNG, WebP, BMP가 아닌 파일 \(skipped)개를 제외했습니다.")
    ]
  }

  /// Names and sizes of all files, and the beginnings of some: to read all of a large set would take
  /// minutes, to open each of its files seconds.
  private static func fingerprint(
    of paths: [String], sizes: [Int], labels: [Int32], under folder: URL
  ) throws(DataError) -> String {
    var hash = ContentHash()
    hash.add(numbers: labels)
    hash.add(numbers: sizes)
    let shared = folder.path.utf8.count
    for var path in paths {
      path.withUTF8 { bytes in
        hash.add(UnsafeRawBufferPointer(bytes).dropFirst(shared).rebased)
      }
    }
    for index in stride(from: 0, to: paths.count, by: max(1, paths.count / 1024)) {
      hash.add(try FileBytes.beginning(of: paths[index], count: 4096))
    }
    return hash.text
  }
}
