import Foundation
import HoneText

/// A CSV or TSV file with one sample a row.
enum TableSource {
  /// Opens a table.
  /// - Parameter needsTarget: whether rows without a value to learn are an error; a table to
  ///   predict on may lack the column.
  static func open(
    _ url: URL, source: String, options: DataOptions, needsTarget: Bool = true
  ) throws(DataError) -> Dataset {
    let content = try FileBytes.read(url)
    var reader = try TableReader(content, path: source, options: options)
    let target = try reader.targetColumn(options.target, isRequired: needsTarget)
    let group = try options.group.map { (name) throws(DataError) in try reader.column(name) }
    let time = try options.time.flatMap { (name) throws(DataError) in
      needsTarget ? try reader.column(name) : reader.names.firstIndex(of: name)
    }
    let excluded = [target, group, time].compactMap { $0 }
    let features = try reader.features(excluding: excluded)
    let labels = try TargetReader(reader: reader, column: target, options: options).labels()
    if case .classes(let names, let indices) = labels, needsTarget {
      try ClassMap.requireTwo(
        indices, classes: names, known: options.classes, path: source)
    }
    let times =
      needsTarget ? try time.map { (at) throws(DataError) in try reader.times(column: at) } : nil
    var reading = options
    reading.columns = features.columns
    reading.kinds = reader.kinds
    reading.header = reader.hasHeader
    var hash = ContentHash()
    hash.add(content)
    hash.add(options.target ?? "")
    return Dataset(
      source: source, labels: labels, samples: features.samples,
      groups: group.map { reader.groups(column: $0) }, times: times, notes: reader.notes,
      fingerprint: hash.text, reading: reading)
  }
}
