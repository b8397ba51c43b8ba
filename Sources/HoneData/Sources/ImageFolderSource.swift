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
    var classes: [String] = []
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
    let names = Array(Set(train.classes)).sorted()
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
    return Dataset(
      source: source, labels: .classes(map.classes, labels),
      samples: .images(
        ImageFiles(
          paths: paths, channels: channels, height: options.imageSize, width: options.imageSize,
          resize: options.imageResize, fit: options.imageFit,
          filter: options.imageFilter, isUpright: options.exifOrientation ?? true,
          maximum: options.imageMaximum ?? 255, cacheBytes: options.cacheBytes)),
      parts: indices(of: parts), notes: notes(skipped: parts.reduce(0) { $0 + $1.skipped }),
      fingerprint: try fingerprint(of: paths, labels: labels, under: folder), reading: options)
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
      let files = try FolderContent.names(in: inner)
      let images = files.filter { ImageDecoder.endings.contains(ending(of: $0)) }
      part.skipped += files.count - images.count
      if images.isEmpty {
        throw DataError.emptyFolder(path: inner.path)
      }
      part.paths += images.map { inner.appendingPathComponent($0).path }
      part.classes += [String](repeating: name, count: images.count)
    }
    if part.paths.isEmpty {
      guard loose > 0 else { throw DataError.emptyFolder(path: folder.path) }
      throw DataError.unrecognized(
        path: folder.path, found: "\(loose) files and no folder; each class needs a folder")
    }
    return part
  }

  private static func ending(of name: String) -> String {
    name.split(separator: ".").last.map { $0.lowercased() } ?? ""
  }

  private static func labels(
    of parts: [Part], classes: [String], folder: URL
  ) throws(DataError) -> [Int32] {
    var indices: [String: Int32] = [:]
    for (index, name) in classes.enumerated() { indices[name] = Int32(index) }
    var labels: [Int32] = []
    for name in parts.flatMap(\.classes) {
      guard let index = indices[name] else {
        throw DataError.unknownClass(path: folder.path, name: name, known: classes)
      }
      labels.append(index)
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
      let picture = try? ImageDecoder.decode(bytes, path: paths[index])
      if picture?.isGrey != true { return 3 }
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

  /// Names, sizes and beginnings of all files: whole photos would take minutes to read.
  private static func fingerprint(
    of paths: [String], labels: [Int32], under folder: URL
  ) throws(DataError) -> String {
    var hash = ContentHash()
    hash.add(numbers: labels)
    for path in paths {
      hash.add(String(path.dropFirst(folder.path.count)))
      guard let file = FileHandle(forReadingAtPath: path) else {
        throw DataError.unreadable(path: path, reason: "it cannot be opened")
      }
      defer { try? file.close() }
      do {
        hash.add([UInt8](try file.read(upToCount: 4096) ?? Data()))
        hash.add(numbers: [try file.seekToEnd()])
      } catch {
        throw DataError.unreadable(path: path, reason: FileBytes.reason(of: error))
      }
    }
    return hash.text
  }
}
