/// The forms of English words, so that a replacement stands in the form of the word it replaces.
enum Inflection {
  case base, plural, thirdPerson, past, gerund, comparative, superlative

  /// The form of a word whose base form is known.
  init(of word: String, base: String, as part: WordNet.PartOfSpeech) {
    guard word != base else {
      self = .base
      return
    }
    switch part {
    case .noun: self = .plural
    case .verb: self = word.hasSuffix("ing") ? .gerund : word.hasSuffix("s") ? .thirdPerson : .past
    case .adjective, .adverb:
      self = word.hasSuffix("est") ? .superlative : word.hasSuffix("er") ? .comparative : .base
    }
  }

  /// A base form brought to this form; nil where the right one is not known.
  ///
  /// Of several words the first is a verb's head, the last a noun's.
  func applied(to base: String, as part: WordNet.PartOfSpeech, _ wordNet: WordNet) -> String? {
    if case .base = self { return base }
    var words = base.split(separator: " ").map { String($0) }
    guard let place = part == .verb ? words.indices.first : words.indices.last else { return nil }
    let irregular = wordNet.irregularForms(of: words[place], as: part)
    guard let form = form(of: words[place], irregular) else { return nil }
    words[place] = form
    return words.joined(separator: " ")
  }

  private func form(of head: String, _ irregular: [String]) -> String? {
    switch self {
    case .base: return head
    case .plural: return irregular.first ?? Inflection.withS(head)
    case .thirdPerson: return Inflection.withS(head)
    case .gerund: return irregular.first { $0.hasSuffix("ing") } ?? Inflection.withIng(head)
    case .past:
      // The list does not tell "went" from "gone".
      let forms = irregular.filter { !$0.hasSuffix("ing") && !$0.hasSuffix("s") }
      if forms.isEmpty { return Inflection.withEnding("d", head) }
      return forms.count == 1 ? forms[0] : nil
    case .comparative: return Inflection.compared(head, irregular, "r", "more")
    case .superlative: return Inflection.compared(head, irregular, "st", "most")
    }
  }

  private static func compared(
    _ head: String, _ irregular: [String], _ ending: String, _ word: String
  ) -> String {
    if let form = irregular.first(where: { $0.hasSuffix(ending) }) { return form }
    // Short words take an ending, long ones a word before them.
    return head.count <= 5 ? withEnding(ending, head) : "\(word) \(head)"
  }

  private static func withS(_ word: String) -> String {
    if endsInConsonantY(word) { return word.dropLast() + "ies" }
    return ["s", "x", "z", "ch", "sh"].contains(where: word.hasSuffix) ? word + "es" : word + "s"
  }

  private static func withIng(_ word: String) -> String {
    if word.hasSuffix("ie") { return word.dropLast(2) + "ying" }
    let keepsE = !word.hasSuffix("e") || ["ee", "oe", "ye"].contains(where: word.hasSuffix)
    return (keepsE ? word : String(word.dropLast())) + "ing"
  }

  /// `walked`, `cried`, `nicer`, `nicest`: the ending with an `e` before it.
  private static func withEnding(_ ending: String, _ word: String) -> String {
    if endsInConsonantY(word) { return word.dropLast() + "ie" + ending }
    return word.hasSuffix("e") ? word + ending : word + "e" + ending
  }

  private static func endsInConsonantY(_ word: String) -> Bool {
    word.hasSuffix("y") && word.dropLast().last.map { !"aeiou".contains($0) } == true
  }
}
