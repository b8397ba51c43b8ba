public import HoneText

/// One thing wrong with a configuration.
public struct ConfigurationProblem: Sendable, Equatable {
  /// The file, as the user gave it; nil for values that came from flags or code.
  public var file: String?
  /// Where it stands.
  public var position: SourcePosition?
  /// The key path: `optimizer.learningRate`.
  public var path: String
  /// What is wrong.
  public var reason: Reason

  /// What is wrong with a key.
  public enum Reason: Sendable, Equatable {
    /// No such key; the nearest one, and all that are allowed there.
    case unknownKey(nearest: String?, allowed: [String])
    /// No such model, layer, optimizer, …; the nearest one, and all that there are.
    case unknownName(String, noun: Localized, nearest: String?, allowed: [String])
    /// A value of another kind or out of bounds, and the nearest word where words are allowed.
    case unsuitable(found: Localized, allowed: Localized, nearest: String?)
    /// A key that must be there.
    case missingKey(String, allowed: Localized)
    /// The same key twice in one map.
    case duplicateKey
    /// A search space where one value is needed.
    case searchSpace
    /// Values that do not go together, in a sentence.
    case inconsistent(Localized)
  }

  /// A problem.
  public init(
    file: String? = nil, position: SourcePosition? = nil, path: String, reason: Reason
  ) {
    self.file = file
    self.position = position
    self.path = path
    self.reason = reason
  }

  /// File, line and column, key, what was found, what is allowed, what may have been meant.
  public var explanation: Localized {
    var place = ""
    if let file { place += file + ":" }
    if let position { place += "\(position.line):\(position.column):" }
    if !place.isEmpty { place += " " }
    let sentence = reason.explanation
    let key = path.isEmpty ? "" : path + ": "
    return Localized(
      place + key + sentence.english, korean: place + key + sentence.korean)
  }
}

extension ConfigurationProblem.Reason {
  fileprivate var explanation: Localized {
    switch self {
    case .unknownKey(let nearest, let allowed):
      let list = allowed.joined(separator: ", ")
      return Localized("there is no such key.", korean: "없는 키입니다.").suggesting(nearest)
        + Localized("Allowed: \(list).", korean: "쓸 수 있는 키: \(list).")
    case .unknownName(let name, let noun, let nearest, let allowed):
      let list = allowed.joined(separator: ", ")
      return Localized(
        "there is no \(noun.english) \"\(name)\".",
        korean: "\"\(name)\"이라는 \(noun.korean)은(는) 없습니다."
      )
      .suggesting(nearest)
        + Localized("Allowed: \(list).", korean: "쓸 수 있는 이름: \(list).")
    case .unsuitable(let found, let allowed, let nearest):
      return Localized(
        "found \(found.english); allowed: \(allowed.english).",
        korean: "\(found.korean)이(가) 있습니다. 쓸 수 있는 값: \(allowed.korean)."
      )
      .suggesting(nearest)
    case .missingKey(let key, let allowed):
      return Localized(
        "the key \"\(key)\" is missing: \(allowed.english).",
        korean: "\"\(key)\" 키가 빠졌습니다: \(allowed.korean).")
    case .duplicateKey:
      return Localized(
        "the key stands twice in one map; keep one of them.",
        korean: "한 맵에 같은 키가 두 번 있습니다. 하나만 남기십시오.")
    case .searchSpace:
      return Localized(
        "a search space stands where one value is needed; this version of Hone cannot search yet. "
          + "Write one value.",
        korean: "값 하나가 필요한 곳에 탐색 공간이 있습니다. 이 버전은 아직 탐색을 지원하지 않으니 값 하나를 쓰십시오.")
    case .inconsistent(let sentence): return sentence
    }
  }
}

extension Localized {
  /// The sentence, followed by a question after the nearest word where there is one.
  fileprivate func suggesting(_ nearest: String?) -> Localized {
    guard let nearest else { return self }
    return self
      + Localized("Did you mean \"\(nearest)\"?", korean: "\"\(nearest)\"을(를) 쓰려고 하셨습니까?")
  }
}
