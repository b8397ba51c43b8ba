public import HoneText

/// Why a file of curves cannot be read.
public enum CurveFileError: ReportableError, Equatable {
  /// The text has no heading, or no row below it.
  case noRows
  /// No column holds the epoch's training loss; the columns that were found.
  case missingLoss(found: [String])
  /// Two columns mean the same thing.
  case duplicateColumn(String)
  /// A row has another number of fields than the heading.
  case raggedRow(line: Int, found: Int, expected: Int)
  /// A line is no JSON object of a run's log.
  case badLine(line: Int)
  /// A field is no number.
  case notANumber(line: Int, column: String, text: String)

  /// What came, what was expected, what to do.
  public var explanation: Localized {
    switch self {
    case .noRows:
      Localized(
        "The file of curves has no rows; it needs a heading and one row for each epoch.",
        korean: "곡선 파일에 행이 없습니다. 제목 행과 에폭마다 한 행이 필요합니다.")
    case .missingLoss(let found):
      Localized(
        "The file of curves has the columns \(found.joined(separator: ", ")), none of which is the "
          + "training loss. Name it loss or train_loss.",
        korean: "곡선 파일의 열은 \(found.joined(separator: ", "))이며 학습 손실이 없습니다. 열 이름을 loss나 "
          + "train_loss로 하십시오.")
    case .duplicateColumn(let name):
      Localized(
        "Two columns of the file of curves mean \(name); keep one of them.",
        korean: "곡선 파일에 \(name)에 해당하는 열이 둘 있습니다. 하나만 남기십시오.")
    case .raggedRow(let line, let found, let expected):
      Localized(
        "Line \(line) of the file of curves has \(found) fields; the heading has \(expected).",
        korean: "곡선 파일의 \(line)번째 줄에 필드가 \(found)개 있습니다. 제목 행에는 \(expected)개 있습니다.")
    case .badLine(let line):
      Localized(
        "Line \(line) of the run's log is no JSON object with a kind; see Documentation/Diagnosis.md.",
        korean: "실행 기록의 \(line)번째 줄이 kind가 있는 JSON 객체가 아닙니다. Documentation/Diagnosis.md를 참고하십시오.")
    case .notANumber(let line, let column, let text):
      Localized(
        "Line \(line) of the file of curves has \"\(text)\" in column \(column), where a number is "
          + "expected.",
        korean: "곡선 파일의 \(line)번째 줄 \(column) 열에 숫자가 아닌 \"\(text)\"이(가) 있습니다.")
    }
  }

  /// Bad data.
  public var exitStatus: ExitStatus { .badData }
}
