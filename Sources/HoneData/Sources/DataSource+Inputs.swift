import Foundation
internal import HoneRecords

extension DataSource {
  /// Opens inputs to predict on: image files, one table or one file of arrays, without labels.
  ///
  /// A model that learned from a table of pictures' paths takes such a table, or the pictures themselves.
  /// - Parameters:
  ///   - paths: the files.
  ///   - reading: how the model's own data were read (`Preprocessor.reading`).
  /// - Throws: `DataError`.
  public static func openInputs(
    _ paths: [String], reading: DataOptions
  ) throws(DataError) -> Dataset {
    for path in paths where !FileManager.default.fileExists(atPath: path) {
      throw DataError.pathNotFound(path: path, builtIn: [])
    }
    if let path = paths.first, paths.count == 1 {
      let url = URL(fileURLWithPath: path)
      if ArrayFile.endings.contains(url.pathExtension.lowercased()) {
        return try ArraySource.open(url, source: path, options: reading, needsTarget: false)
          .fitted(to: reading)
      }
    }
    let isPictures =
      reading.imageChannels != nil && paths.allSatisfy { TableReader.namesPicture($0) }
    if reading.columns != nil, !isPictures {
      guard paths.count == 1, let path = paths.first else {
        throw DataError.unrecognized(
          path: paths.joined(separator: " "), found: "\(paths.count) files where one table is read")
      }
      return try TableSource.open(
        URL(fileURLWithPath: path), source: path, options: reading, needsTarget: false)
    }
    var hash = ContentHash()
    for path in paths { hash.add(path) }
    let unknown = [Int32](repeating: -1, count: paths.count)
    let labels: Dataset.Labels =
      reading.task == .regression
      ? .values([Float](repeating: .nan, count: paths.count))
      : .classes(reading.classes ?? [], unknown)
    return Dataset(
      source: paths.first ?? "", labels: labels,
      samples: .images(
        ImageFiles(paths: paths, channels: reading.imageChannels ?? 3, reading: reading)),
      fingerprint: hash.text, reading: reading)
  }
}
