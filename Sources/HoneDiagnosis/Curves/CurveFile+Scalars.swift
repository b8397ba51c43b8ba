public import HoneRecords

extension CurveFile {
  /// The curves of scalars that TensorBoard shows as evidence: a run of which nothing but the curves is
  /// known.
  ///
  /// Tags are understood whole (`val_loss`), without what comes before a slash (`epoch/trainLoss`,
  /// `Loss/train` the other way round), and without `epoch_` at their beginning, as Keras writes them.
  /// The validation loss says where epochs end; a training loss that was logged more often is averaged
  /// over each.
  /// - Parameters:
  ///   - scalars: the values by tag, each in the order of steps.
  ///   - name: what to call the run, such as the file's name.
  /// - Throws: `CurveFileError` where there is no training loss.
  public static func read(
    scalars: [MetricSeries], name: String = "curves"
  ) throws(CurveFileError) -> RunEvidence {
    var columns: [CurveColumn: [MetricPoint]] = [:]
    for series in scalars.sorted(by: { rank($0.name) < rank($1.name) }) {
      let column = spellings(of: series.name).lazy.compactMap(CurveColumn.init(heading:)).first
      guard let column, column != .epoch, columns[column] == nil else { continue }
      columns[column] = series.points
    }
    guard let training = columns[.trainLoss], !training.isEmpty else {
      throw .missingLoss(found: scalars.map(\.name))
    }
    let ends = (columns[.validationLoss] ?? training).map(\.step)
    let order = CurveColumn.allCases.filter { columns[$0] != nil }
    let values = order.map { column in
      averages(of: columns[column] ?? [], upTo: ends)
    }
    let rows = ends.indices.map { row in
      values.map { $0[row].map { "\($0)" } ?? "" }.joined(separator: ",")
    }
    let heading = order.map(\.rawValue).joined(separator: ",")
    return try read(csvText: ([heading] + rows).joined(separator: "\n"), name: name)
  }

  /// Values per epoch come before values per step.
  private static func rank(_ tag: String) -> Int { tag.hasPrefix("step/") ? 1 : 0 }

  /// What a tag may say.
  private static func spellings(of tag: String) -> [String] {
    let parts = tag.split(separator: "/").map(String.init)
    let last = parts.last ?? tag
    var spellings = [tag, last]
    if parts.count > 1 {
      spellings.append(parts.suffix(2).reversed().joined(separator: "_"))
      spellings.append(parts.suffix(2).joined(separator: "_"))
    }
    spellings += spellings.filter { $0.lowercased().hasPrefix("epoch_") }
      .map { String($0.dropFirst("epoch_".count)) }
    let metrics = spellings.map { $0.replacing("Metric", with: "Accuracy") }
    return spellings + metrics
  }

  /// The mean of the values after each end and up to the next; nil where there are none.
  private static func averages(of points: [MetricPoint], upTo ends: [Int]) -> [Double?] {
    var index = points.startIndex
    return ends.map { end in
      var sum = 0.0
      var count = 0
      while index < points.endIndex, points[index].step <= end {
        sum += points[index].value
        count += 1
        index += 1
      }
      return count > 0 ? sum / Double(count) : nil
    }
  }
}
