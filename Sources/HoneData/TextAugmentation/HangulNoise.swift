import HoneNumerics

/// What a Hangul syllable is mistaken for.
enum HangulNoise {
  /// Vowels that most speakers do not tell apart.
  private static let likeVowels: [[Int]] = [[1, 5], [3, 7], [10, 11, 15], [19, 20]]
  /// Consonants and their tense forms.
  private static let likeInitials: [[Int]] = [[0, 1], [3, 4], [7, 8], [9, 10], [12, 13]]
  /// Final consonants that are spoken alike.
  private static let likeFinals: [[Int]] = [
    [7, 19, 20, 22, 23, 25, 27], [1, 2, 24], [17, 26], [4, 5, 6], [8, 11, 13, 15], [16, 10],
    [1, 3, 9], [17, 18],
  ]
  private static let likeShapes: (initials: [[Int]], vowels: [[Int]], finals: [[Int]]) = (
    initials: [[0, 15], [3, 16], [6, 11], [12, 14], [11, 18], [7, 17], [2, 5]],
    vowels: [[0, 2, 4], [4, 6], [8, 12], [13, 17], [18, 13], [1, 5], [20, 0]],
    finals: [[16, 21], [4, 8], [1, 24], [22, 23], [21, 27]]
  )

  /// Misspellings by sound: other jamo, a final consonant forgotten, a syllable's strokes with one
  /// missed, doubled or out of order.
  static func misspellings(of syllable: HangulSyllable) -> [String] {
    var found = variants(
      of: syllable, initials: likeInitials, vowels: likeVowels, finals: likeFinals)
    if syllable.final != 0 {
      found.append(
        HangulSyllable(initial: syllable.initial, vowel: syllable.vowel, final: 0).text)
    }
    let strokes = syllable.strokes
    for place in strokes.indices {
      var missed = strokes
      missed.remove(at: place)
      var doubled = strokes
      doubled.insert(strokes[place], at: place)
      found += [missed, doubled].map(TwoSetKeyboard.composed)
      guard place + 1 < strokes.count else { continue }
      var swapped = strokes
      swapped.swapAt(place, place + 1)
      found.append(TwoSetKeyboard.composed(swapped))
    }
    return found.filter { $0 != syllable.text && !$0.isEmpty }
  }

  /// Syllables whose print looks alike.
  static func lookAlikes(of syllable: HangulSyllable) -> [String] {
    variants(
      of: syllable, initials: likeShapes.initials, vowels: likeShapes.vowels,
      finals: likeShapes.finals)
  }

  private static func variants(
    of syllable: HangulSyllable, initials: [[Int]], vowels: [[Int]], finals: [[Int]]
  ) -> [String] {
    var found: [String] = []
    func add(_ groups: [[Int]], _ part: WritableKeyPath<HangulSyllable, Int>) {
      let own = syllable[keyPath: part]
      for group in groups where group.contains(own) {
        for other in group where other != own {
          var changed = syllable
          changed[keyPath: part] = other
          found.append(changed.text)
        }
      }
    }
    add(initials, \.initial)
    add(vowels, \.vowel)
    if syllable.final != 0 { add(finals, \.final) }
    return found
  }
}
