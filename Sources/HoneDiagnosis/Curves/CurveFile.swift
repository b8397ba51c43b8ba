import Foundation
public import HoneRecords

/// Curves of a run made elsewhere, as a table with a heading and a row for each epoch.
///
/// Columns are found by name, whatever their case and separators: `epoch`, `loss` or `train_loss`,
/// `val_loss`, `accuracy` or `train_accuracy`, `val_accuracy`, `lr`, and the names that Keras'
/// `CSVLogger` writes. Only the training loss is required; other columns are ignored. Fields are
/// separated by commas, semicolons or tabs. Empty fields are values that were not measured.
public enum CurveFile {
  /// The curves as evidence: a run of which nothing but the curves is known.
  /// - Parameters:
  ///   - csvText: the table.
  ///   - name: what to call the run, such as the file's name.
  /// - Throws: `CurveFileError` where the loss is missing, a row is ragged, a field is no number, or
  ///   there are no rows.
  public static func read(
    csvText: String, name: String = "curves"
  ) throws(CurveFileError) -> RunEvidence {
    let lines = csvText.split(omittingEmptySubsequences: false) { $0.isNewline }.enumerated()
      .map { (number: $0.offset + 1, text: String($0.element)) }
      .filter { !$0.text.allSatisfy(\.isWhitespace) }
    guard let heading = lines.first, lines.count > 1 else { throw .noRows }
    let separator = separator(of: heading.text)
    let titles = fields(heading.text, separator)
    let columns = try columns(of: titles)
    var epochs: [EpochRecord] = []
    for line in lines.dropFirst() {
      let values = fields(line.text, separator)
      guard values.count == titles.count else {
        throw .raggedRow(line: line.number, found: values.count, expected: titles.count)
      }
      var row = CurveRow(line: line.number)
      for (column, index) in columns {
        row.values[column] = try number(values[index], title: titles[index], line: line.number)
      }
      if let record = row.epoch(position: epochs.count + 1) { epochs.append(record) }
    }
    guard !epochs.isEmpty else { throw .noRows }
    // Keras counts epochs from 0.
    if epochs.first?.epoch == 0 {
      for index in epochs.indices { epochs[index].epoch += 1 }
    }
    let hasAccuracy = columns.contains {
      $0.column == .trainAccuracy || $0.column == .validationAccuracy
    }
    return RunEvidence(
      run: run(name, hasAccuracy: hasAccuracy, epochs: epochs), epochs: epochs, steps: [])
  }

  private static func separator(of heading: String) -> Character {
    let candidates: [Character] = [",", ";", "\t"]
    return candidates.max { first, second in
      heading.count { $0 == first } < heading.count { $0 == second }
    } ?? ","
  }

  private static func fields(_ line: String, _ separator: Character) -> [String] {
    line.split(separator: separator, omittingEmptySubsequences: false).map { field in
      let text = field.trimmingCharacters(in: .whitespaces)
      let isQuoted = text.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"")
      return isQuoted ? String(text.dropFirst().dropLast()) : text
    }
  }

  private static func columns(
    of titles: [String]
  ) throws(CurveFileError) -> [(column: CurveColumn, index: Int)] {
    var columns: [(column: CurveColumn, index: Int)] = []
    for (index, title) in titles.enumerated() {
      let clean = title.trimmingCharacters(in: CharacterSet(charactersIn: "\u{FEFF}"))
      guard let column = CurveColumn(heading: clean) else { continue }
      guard !columns.contains(where: { $0.column == column }) else {
        throw .duplicateColumn(column.rawValue)
      }
      columns.append((column, index))
    }
    guard columns.contains(where: { $0.column == .trainLoss }) else {
      throw .missingLoss(found: titles)
    }
    return columns
  }

  private static func number(
    _ text: String, title: String, line: Int
  ) throws(CurveFileError) -> Double? {
    if text.isEmpty || text.lowercased() == "none" { return nil }
    guard let value = Double(text) else {
      throw .notANumber(line: line, column: title, text: text)
    }
    return value
  }

  private static func run(
    _ name: String, hasAccuracy: Bool, epochs: [EpochRecord]
  ) -> RunRecord {
    var run = RunRecord(
      id: name, name: name, status: .completed, created: Date(timeIntervalSince1970: 0), seed: 0,
      device: "", precision: "", threads: 0, parameters: 0, configuration: "{}", dataSource: name,
      dataFingerprint: "",
      task: TaskRecord(
        kind: hasAccuracy ? .multiclass : .regression, input: .table, sampleShape: [],
        trainSamples: 0, validationSamples: 0, testSamples: 0),
      metric: hasAccuracy ? "accuracy" : "loss", metricIsBetterWhenLarger: hasAccuracy, command: [],
      environment: EnvironmentRecord(hone: "", system: "", processor: "", cores: 0))
    run.epochs = epochs.count
    run.final = epochs.last
    return run
  }
}

/// The numbers of one row by what they mean.
private struct CurveRow {
  var line: Int
  var values: [CurveColumn: Double] = [:]

  /// The record, or nil for a row without a training loss.
  func epoch(position: Int) -> EpochRecord? {
    guard let loss = values[.trainLoss] else { return nil }
    let number = values[.epoch].flatMap { Int(exactly: $0) } ?? position
    return EpochRecord(
      epoch: number, step: number, trainLoss: loss, trainMetric: fraction(.trainAccuracy),
      validationLoss: values[.validationLoss], validationMetric: fraction(.validationAccuracy),
      learningRate: values[.learningRate] ?? 0)
  }

  /// An accuracy above 1 is a percentage.
  private func fraction(_ column: CurveColumn) -> Double? {
    values[column].map { $0 > 1 ? $0 / 100 : $0 }
  }
}
