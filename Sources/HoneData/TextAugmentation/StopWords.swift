/// English words that hold sentences together and have no synonyms worth putting in their place.
enum StopWords {
  static let determiners = set(
    "a an the this that these those my your his her its our their some any no every each all both "
      + "either neither such what which whose another other much many few several")
  static let pronouns = set(
    "i you he she it we they who me him us them myself yourself himself herself itself ourselves "
      + "themselves one mine yours hers ours theirs")
  static let modals = set(
    "will would can could may might shall should must do does did don't doesn't didn't cannot can't "
      + "won't wouldn't couldn't shouldn't let's i'll you'll he'll she'll we'll they'll"
  )
  static let beings = set(
    "am is are was were be been being isn't aren't wasn't weren't i'm you're he's she's it's we're "
      + "they're")
  static let prepositions = set(
    "of in on at by for with from into onto about over under after before between through during "
      + "without within against among across behind beyond near toward towards upon as per via off "
      + "out up down")
  static let degrees = set("very so too more most quite rather less least how as really")
  private static let others = set(
    "to not never and or but nor if because while when where why than then there here has have had having just "
      + "only own same again further once until i've you've we've they've who's that's what's")

  /// All of them.
  static let all = determiners.union(pronouns).union(modals).union(beings).union(prepositions)
    .union(degrees).union(others)

  private static func set(_ words: String) -> Set<String> {
    Set(words.split(separator: " ").map { String($0) })
  }
}
