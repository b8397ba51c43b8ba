/// One sentence for the user in every language that Hone speaks.
///
/// Both forms stand side by side where the sentence is defined, so a missing translation is a
/// compile error and never a run-time fallback. Modules define theirs as static members:
///
/// ```swift
/// extension Localized {
///   static func epochsLeft(_ count: Int) -> Localized {
///     Localized("\(count) epochs left", korean: "에폭 \(count)개 남음")
///   }
/// }
/// ```
public struct Localized: Sendable, Codable, Hashable {
  /// The English sentence.
  public let english: String
  /// The Korean sentence.
  public let korean: String

  /// A sentence in both languages.
  public init(_ english: String, korean: String) {
    self.english = english
    self.korean = korean
  }

  /// Text that reads the same in every language: a number, a path, a proper name.
  public init(verbatim text: String) {
    self.init(text, korean: text)
  }

  /// The sentence in the language asked for.
  public func text(_ language: Language) -> String {
    switch language {
    case .english: english
    case .korean: korean
    }
  }

  /// Two sentences, one after the other, with a space between.
  public static func + (first: Localized, second: Localized) -> Localized {
    Localized(
      "\(first.english) \(second.english)", korean: "\(first.korean) \(second.korean)")
  }
}
