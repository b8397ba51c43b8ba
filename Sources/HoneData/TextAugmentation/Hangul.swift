/// A Hangul syllable as the numbers of its jamo, in the order of Unicode.
struct HangulSyllable: Equatable {
  /// The initial consonant, 0 to 18.
  var initial: Int
  /// The vowel, 0 to 20.
  var vowel: Int
  /// The final consonant, 0 for none, to 27.
  var final: Int

  init(initial: Int, vowel: Int, final: Int) {
    self.initial = initial
    self.vowel = vowel
    self.final = final
  }

  /// The syllable of a character, composed or in conjoining jamo; nil for any other.
  init?(_ character: Character) {
    let scalars = character.unicodeScalars.map { Int($0.value) }
    guard let first = scalars.first else { return nil }
    if scalars.count == 1, (0xAC00...0xD7A3).contains(first) {
      let index = first - 0xAC00
      self.init(initial: index / 588, vowel: index % 588 / 28, final: index % 28)
    } else if scalars.count == 2 || scalars.count == 3, (0x1100...0x1112).contains(first),
      (0x1161...0x1175).contains(scalars[1])
    {
      let final = scalars.count == 3 ? scalars[2] - 0x11A7 : 0
      guard (0...27).contains(final) else { return nil }
      self.init(initial: first - 0x1100, vowel: scalars[1] - 0x1161, final: final)
    } else {
      return nil
    }
  }

  /// The composed character.
  var text: String {
    let value = 0xAC00 + (initial * 21 + vowel) * 28 + final
    return String(Unicode.Scalar(UInt32(value)).map(Character.init) ?? " ")
  }

  /// The key strokes on the two-set layout, as the Latin letters of the keys; capital with shift.
  var strokes: [UInt8] {
    Array(
      (TwoSetKeyboard.initials[initial] + TwoSetKeyboard.vowels[vowel]
        + TwoSetKeyboard.finals[final]).utf8)
  }
}

/// The Korean two-set keyboard: what strokes give, as an input method composes them.
enum TwoSetKeyboard {
  static let initials = [
    "r", "R", "s", "e", "E", "f", "a", "q", "Q", "t", "T", "d", "w", "W", "c", "z", "x", "v", "g",
  ]
  static let vowels = [
    "k", "o", "i", "O", "j", "p", "u", "P", "h", "hk", "ho", "hl", "y", "n", "nj", "np", "nl", "b",
    "m", "ml", "l",
  ]
  static let finals = [
    "", "r", "R", "rt", "s", "sw", "sg", "e", "f", "fr", "fa", "fq", "ft", "fx", "fv", "fg", "a",
    "q", "qt", "t", "T", "d", "w", "c", "z", "x", "v", "g",
  ]
  /// Consonants alone, in the order of `initials`.
  private static let loneConsonants = Array("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ")
  /// Vowels alone, in the order of `vowels`.
  private static let loneVowels = Array("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ")

  private static let initialOf = numbers(initials)
  private static let vowelOf = numbers(vowels)
  private static let finalOf = numbers(finals)

  private static func numbers(_ keys: [String]) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) })
  }

  /// Whether a key, with shift for a capital, gives a jamo of its own.
  static func hasJamo(_ key: UInt8) -> Bool {
    let key = String(Unicode.Scalar(key))
    return initialOf[key] != nil || vowelOf[key] != nil
  }

  /// The text that strokes give, syllables composed as far as they can be.
  static func composed(_ strokes: [UInt8]) -> String {
    var composer = Composer()
    for stroke in strokes { composer.take(String(Unicode.Scalar(stroke))) }
    composer.finish()
    return composer.text
  }

  /// The state between strokes: the keys of the syllable that is being composed.
  private struct Composer {
    var text = ""
    private var initial = ""
    private var vowel = ""
    private var final = ""

    mutating func take(_ key: String) {
      if vowelOf[key] != nil { takeVowel(key) } else { takeConsonant(key) }
    }

    private mutating func takeVowel(_ key: String) {
      if let last = final.last {
        // A final consonant before a vowel begins the next syllable.
        final.removeLast()
        finish()
        initial = String(last)
        vowel = key
      } else if vowelOf[vowel + key] != nil {
        vowel += key
      } else {
        finish()
        vowel = key
      }
    }

    private mutating func takeConsonant(_ key: String) {
      if !initial.isEmpty, !vowel.isEmpty, finalOf[final + key] != nil {
        final += key
      } else {
        finish()
        initial = key
      }
    }

    mutating func finish() {
      if let first = initialOf[initial], let second = vowelOf[vowel], let third = finalOf[final] {
        text += HangulSyllable(initial: first, vowel: second, final: third).text
      } else if let consonant = initialOf[initial] {
        text.append(loneConsonants[consonant])
      } else if let vowel = vowelOf[vowel] {
        text.append(loneVowels[vowel])
      }
      initial = ""
      vowel = ""
      final = ""
    }
  }
}
