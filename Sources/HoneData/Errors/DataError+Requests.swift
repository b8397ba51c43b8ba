internal import HoneText

extension DataError {
  var tableExplanation: Localized {
    switch self {
    case .raggedRow(let path, let line, let found, let expected):
      return Localized(
        "Line \(line) of '\(path)' has \(found) fields; the table has \(expected) columns. Fields "
          + "that hold the separator must stand in double quotes.",
        korean: "'\(path)'의 \(line)번째 줄에 필드가 \(found)개 있으나 표의 열은 \(expected)개입니다. 구분 문자가 든 "
          + "필드는 큰따옴표로 묶어야 합니다.")
    case .textInNumericColumn(let path, let line, let column, let value):
      return Localized(
        "Line \(line) of '\(path)' has '\(value)' in the numeric column '\(column)'. Correct the "
          + "value, leave it empty if it is missing, or declare the column categorical.",
        korean: "'\(path)'의 \(line)번째 줄에서 숫자 열 '\(column)'의 값이 '\(value)'입니다. 값을 고치거나, 결측이면 "
          + "비워 두거나, 열을 범주형(categorical)으로 선언하십시오.")
    case .targetNotNamed(let path, let columns):
      let names = columns.prefix(40).joined(separator: ", ")
      return Localized(
        "'\(path)' is a table: name the column to predict with --target. Its columns: \(names).",
        korean: "'\(path)'은(는) 표입니다. 예측할 열을 --target으로 지정하십시오. 열: \(names).")
    case .missingColumn(let path, let column, let columns):
      let names = columns.prefix(40).joined(separator: ", ")
      let near = nearestMatch(to: column, among: columns)
      return Localized(
        "'\(path)' has no column '\(column)'"
          + (near.map { "; the nearest is '\($0)'" } ?? "") + ". Its columns: \(names).",
        korean: "'\(path)'에 열 '\(column)'이(가) 없습니다"
          + (near.map { ". 가장 가까운 열은 '\($0)'입니다" } ?? "") + ". 열: \(names).")
    case .missingTarget(let path, let line, let column):
      return Localized(
        "Line \(line) of '\(path)' has no value in the target column '\(column)'. Remove the row or "
          + "fill the value in.",
        korean: "'\(path)'의 \(line)번째 줄에 목표 열 '\(column)'의 값이 없습니다. 행을 지우거나 값을 채우십시오.")
    case .noRows(let path):
      return Localized(
        "'\(path)' has no rows of data.", korean: "'\(path)'에 데이터 행이 없습니다.")
    default: fatalError("tableExplanation was asked for \(self), which is of another kind.")
    }
  }

  var requestExplanation: Localized {
    switch self {
    case .tooFewSamples(let part, let count, let required):
      return Localized(
        "The \(part) split would get \(count) samples; it needs at least \(required). Give more "
          + "data or another share.",
        korean: "\(part) 분할의 표본이 \(count)개가 됩니다. 적어도 \(required)개가 필요합니다. 데이터를 늘리거나 비율을 "
          + "바꾸십시오.")
    case .augmentationNeedsImages(let name, let input):
      return Localized(
        "The augmentation '\(name)' works on images; the data are of the kind '\(input)'. Remove it.",
        korean: "증강 '\(name)'은(는) 이미지에만 쓸 수 있으나 데이터 종류가 '\(input)'입니다. 설정에서 지우십시오.")
    case .badNormalization(_, expected: 0):
      return Localized(
        "Tables have no channels to give means and deviations for. Use none, unit or standardize.",
        korean: "표에는 평균과 표준편차를 지정할 채널이 없습니다. none, unit, standardize 가운데 하나를 쓰십시오.")
    case .badNormalization(let found, let expected):
      return Localized(
        "Mean and standard deviation need \(expected) values each, one a channel, and positive "
          + "deviations; \(found) came.",
        korean: "평균과 표준편차는 채널마다 하나씩 \(expected)개가 필요하고 표준편차는 양수여야 합니다. \(found)개가 "
          + "지정되었습니다.")
    default: fatalError("requestExplanation was asked for \(self), which is of another kind.")
    }
  }
}
