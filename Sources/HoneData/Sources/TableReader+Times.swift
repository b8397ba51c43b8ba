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

  /// The seconds since 1970 of a column of dates, NaN where missing.
  /// - Throws: `DataError.badTime` for a value that is no date.
  func dates(column: Int) throws(DataError) -> [Double] {
    var dates: [Double] = []
    dates.reserveCapacity(rows)
    for row in firstRow..<text.rows {
      if text.isMissing(row, column) {
        dates.append(.nan)
        continue
      }
      let value = text.text(row, column)
      guard let seconds = DateText.seconds(value) else {
        throw DataError.badTime(
          path: path, line: text.lines[row], column: names[column], value: value)
      }
      dates.append(seconds)
    }
    return dates
  }
}
