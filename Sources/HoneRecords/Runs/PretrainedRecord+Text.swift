public import HoneText

extension PretrainedRecord {
  /// What was taken over and what was not, in a few sentences.
  public var explanation: Localized {
    var text = Localized(
      "\(file): \(loaded) arrays (\(loadedCount) numbers) taken over.",
      korean: "\(file): 배열 \(loaded)개(숫자 \(loadedCount)개)를 불러왔습니다.")
    if !location.isEmpty {
      text =
        text
        + Localized(
          "They lie under '\(location)'.", korean: "'\(location)' 아래에서 찾았습니다.")
    }
    if !prefix.isEmpty {
      text =
        text
        + Localized(
          "The prefix '\(prefix)' was left off.", korean: "접두사 '\(prefix)'을(를) 뗐습니다.")
    }
    if !newHead.isEmpty {
      text =
        text
        + Localized(
          "The head is new: \(Self.listed(newHead)).",
          korean: "출력층은 새로 만듭니다: \(Self.listed(newHead)).")
    }
    if !missing.isEmpty {
      text =
        text
        + Localized(
          "Missing in the file: \(Self.listed(missing)).",
          korean: "파일에 없는 이름: \(Self.listed(missing)).")
    }
    if !unexpected.isEmpty {
      text =
        text
        + Localized(
          "Not in the model: \(Self.listed(unexpected)).",
          korean: "모델에 없는 이름: \(Self.listed(unexpected)).")
    }
    return text
  }

  /// The first few names, and how many there are.
  public static func listed(_ names: [String]) -> String {
    let shown = names.prefix(4).joined(separator: ", ")
    return names.count > 4 ? "\(shown), … (\(names.count))" : shown
  }
}
