package import HoneText

extension ValueShape {
  /// What is allowed, in words, as messages and catalogues say it.
  package var summary: Localized {
    switch self {
    case .flag: return Localized("true or false", korean: "true 또는 false")
    case .integer(let range): return ValueShape.summary(range)
    case .number(let range): return range.summary
    case .text: return Localized("a text", korean: "문자열")
    case .choice(let words): return ValueShape.summary(words)
    case .list(let element, let count):
      let size = count.lowerBound == count.upperBound ? "\(count.lowerBound)" : nil
      return Localized(
        "a list of \(size.map { "\($0) elements, each " } ?? "")\(element.summary.english)",
        korean: "\(element.summary.korean)의 목록\(size.map { " (원소 \($0)개)" } ?? "")")
    case .map(let element):
      return Localized(
        "a map of names to \(element.summary.english)",
        korean: "이름마다 \(element.summary.korean)을(를) 적은 맵")
    case .object(let parameters):
      let keys = parameters.map(\.name).joined(separator: ", ")
      return Localized("a map with the keys \(keys)", korean: "키가 \(keys)인 맵")
    case .optional(let shape):
      return Localized(
        "\(shape.summary.english), or null", korean: "\(shape.summary.korean) 또는 null")
    case .either(let shapes):
      return Localized(
        shapes.map(\.summary.english).joined(separator: ", or "),
        korean: shapes.map(\.summary.korean).joined(separator: " 또는 "))
    case .component(let family):
      return Localized(
        "the name of \(article(family.noun.english)), or a map of the name to its parameters",
        korean: "\(family.noun.korean) 이름, 또는 이름에 매개변수를 적은 맵")
    case .tagged(let shape):
      let names = shape.family.components.map(\.name).joined(separator: ", ")
      return Localized(
        "a map with `\(shape.key)`, one of \(names)",
        korean: "`\(shape.key)`가 \(names) 가운데 하나인 맵")
    }
  }

  private static func summary(_ range: ClosedRange<Int>) -> Localized {
    switch (range.lowerBound, range.upperBound) {
    case (Int.min, Int.max): Localized("a whole number", korean: "정수")
    case (let lower, Int.max):
      Localized("a whole number from \(lower) up", korean: "\(lower) 이상의 정수")
    case (let lower, let upper):
      Localized("a whole number from \(lower) to \(upper)", korean: "\(lower)부터 \(upper)까지의 정수")
    }
  }

  private static func summary(_ words: [String]) -> Localized {
    let list = words.joined(separator: ", ")
    return words.count == 1
      ? Localized("the word \(list)", korean: "단어 \(list)")
      : Localized("one of \(list)", korean: "\(list) 가운데 하나")
  }
}

private func article(_ noun: String) -> String {
  "aeiou".contains(noun.first ?? " ") ? "an \(noun)" : "a \(noun)"
}
