extension TableReader {
  /// When each row was taken: its number, or the seconds of its date.
  /// - Throws: `DataError.badTime` for a value that is neither, or missing.
  func times(column: Int) throws(DataError) -> [Double] {
    var times: [Double] = []
    times.reserveCapacity(rows)
    for row in firstRow..<text.rows {
      let value = text.text(row, column)
      let isMissing = text.isMissing(row, column)
      guard !isMissing, let time = DateText.seconds(value) ?? text.number(row, column),
        time.isFinite
      else {
        throw DataError.badTime(
          path: path, line: text.lines[row], column: names[column], value: value)
      }
      times.append(time)
    }
    return times
  }
}
