import HoneText

/// What can be wrong with a file of word vectors.
public enum VectorFileProblem: Sendable, Equatable {
  /// A line has another number of values than the lines before it.
  case valueCount(found: Int, expected: Int)
  /// A value is no finite number.
  case notANumber(String)
  /// The file ends before all the words that its first line promises.
  case endsEarly(found: Int, expected: Int)
  /// A line or a word is longer than any in such files.
  case tooLong
  /// The file has no vectors.
  case empty
  /// The file is compressed.
  case compressed
  /// The file is a fastText model, which holds more than vectors.
  case fastTextModel
  /// None of the words that were asked for is in the file.
  case nothingCovered

  var explanation: Localized {
    switch self {
    case .valueCount(let found, let expected):
      Localized(
        "the line has \(found) values behind its word; \(expected) were expected.",
        korean: "단어 뒤에 값이 \(found)개 있으나 \(expected)개여야 합니다.")
    case .notANumber(let text):
      Localized(
        "'\(text)' is no finite number.", korean: "'\(text)'은(는) 유한한 숫자가 아닙니다.")
    case .endsEarly(let found, let expected):
      Localized(
        "the file ends after \(found) of \(expected) words. Fetch it again.",
        korean: "단어 \(expected)개 가운데 \(found)개에서 파일이 끝났습니다. 파일을 다시 받으십시오.")
    case .tooLong:
      Localized(
        "the line is longer than a megabyte; this is no file of word vectors.",
        korean: "줄이 1 MB보다 깁니다. 단어 벡터 파일이 아닙니다.")
    case .empty: Localized("it has no vectors.", korean: "벡터가 없습니다.")
    case .compressed:
      Localized(
        "the file is compressed. Unpack it first.", korean: "압축된 파일입니다. 먼저 압축을 푸십시오.")
    case .fastTextModel:
      Localized(
        "this is a fastText model. Use the .vec file that lies beside it.",
        korean: "fastText 모델 파일입니다. 함께 있는 .vec 파일을 사용하십시오.")
    case .nothingCovered:
      Localized(
        "none of the vocabulary's words is in it. Is it for another language, or are words cased "
          + "differently?",
        korean: "어휘의 단어가 하나도 없습니다. 다른 언어의 파일이거나 대소문자가 다르지 않은지 확인하십시오.")
    }
  }
}
