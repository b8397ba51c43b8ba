internal import HoneRecords
public import HoneText

extension Preprocessor {
  /// What happens to a sample, in one sentence.
  public var description: Localized {
    switch input {
    case .image:
      let shape = outputShape.map { String($0) }.joined(separator: "x")
      let scales = Self.list(scale)
      let offsets = Self.list(offset)
      return Localized(
        "Images of \(shape); channels times \(scales), plus \(offsets).",
        korean: "\(shape) 이미지이며, 채널마다 \(scales)을(를) 곱하고 \(offsets)을(를) 더합니다.")
    case .text:
      let size = tokenizer?.vocabulary.count ?? 0
      let unit = tokenizer?.options.unit.rawValue ?? ""
      return Localized(
        "Texts become the numbers of \(size) \(unit), at most \(outputShape[0]) for each.",
        korean: "텍스트를 \(unit) 단위의 어휘 \(size)개 번호로 바꾸며, 샘플당 최대 \(outputShape[0])개입니다.")
    case .table:
      let numeric = columns.count { if case .number = $0 { true } else { false } }
      let names = columns.count - numeric
      if !cardinalities.isEmpty {
        return Localized(
          "\(numeric) numeric columns, then the codes of \(names) categorical columns; missing numbers "
            + "take the median, missing names a code of their own.",
          korean: "숫자 열 \(numeric)개 뒤에 범주형 열 \(names)개의 코드를 둡니다. 빠진 숫자는 중앙값으로 채우고, 빠진 "
            + "범주는 별도의 코드로 다룹니다.")
      }
      return Localized(
        "\(numeric) numeric and \(names) categorical columns become \(outputShape[0]) features; "
          + "missing numbers take the median, missing names a level of their own.",
        korean: "숫자 열 \(numeric)개와 범주형 열 \(names)개를 특징 \(outputShape[0])개로 바꿉니다. 빠진 숫자는 "
          + "중앙값으로 채우고, 빠진 범주는 별도의 범주로 다룹니다.")
    }
  }

  private static func list(_ values: [Float]) -> String {
    "[" + values.map { String(Double(Int($0 * 10_000)) / 10_000) }.joined(separator: ", ") + "]"
  }
}
