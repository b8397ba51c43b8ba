import HoneNumerics

/// A way to get the characters of a word wrong.
protocol CharacterSource: Sendable {
  /// The word with some of its characters wrong; nil where none can be.
  func noisy(_ word: String, _ stream: inout RandomStream) -> String?
}

/// Gets characters of words wrong.
///
/// No letter case is restored: a slip of the hand or of a scanner keeps none.
struct CharacterNoise: TextStep {
  let source: any CharacterSource
  let share: TextShare

  func changes(_ draft: TextDraft, _ stream: inout RandomStream) -> [TextChange] {
    draft.drawn(share, &stream) { piece, stream in
      let word = draft.text(piece)
      guard let wrong = source.noisy(word, &stream), wrong != word, !wrong.isEmpty else {
        return nil
      }
      return TextChange(draft.pieces[piece].range, to: wrong)
    }
  }
}

extension TextShare {
  /// Draws places without repetition.
  /// - Parameters:
  ///   - total: what the share is of.
  ///   - places: those to draw from.
  func drawn(of total: Int, from places: [Int], _ stream: inout RandomStream) -> [Int] {
    let wanted = min(count(of: total), places.count)
    var order = places
    for pick in 0..<wanted {
      order.swapAt(pick, pick + stream.index(below: order.count - pick))
    }
    return Array(order.prefix(wanted))
  }
}

/// Slips to keys beside the intended ones.
struct KeyboardSlips: CharacterSource {
  let characters: TextShare
  let minimumLength: Int

  /// What was typed for a character.
  private enum Stroke {
    /// A key of a syllable, as its Latin letter.
    case hangul(UInt8)
    case latin(UInt8)
    case other(Character)

    var neighbors: [UInt8] {
      switch self {
      case .hangul(let key): Keyboard.hangulNeighbors[Int(key)]
      case .latin(let key): Keyboard.neighbors[Int(key)]
      case .other: []
      }
    }
  }

  func noisy(_ word: String, _ stream: inout RandomStream) -> String? {
    if word.utf8.allSatisfy({ $0 < 0x80 }) { return noisyLatin(Array(word.utf8), &stream) }
    var strokes = KeyboardSlips.strokes(of: word)
    guard strokes.count >= minimumLength else { return nil }
    let places = strokes.indices.filter { !strokes[$0].neighbors.isEmpty }
    guard !places.isEmpty else { return nil }
    for place in characters.drawn(of: strokes.count, from: places, &stream) {
      let neighbors = strokes[place].neighbors
      let key = neighbors[stream.index(below: neighbors.count)]
      if case .hangul = strokes[place] {
        strokes[place] = .hangul(key)
      } else {
        strokes[place] = .latin(key)
      }
    }
    return KeyboardSlips.text(of: strokes)
  }

  /// The same for words of ASCII, whose strokes are their bytes.
  private func noisyLatin(_ word: [UInt8], _ stream: inout RandomStream) -> String? {
    guard word.count >= minimumLength else { return nil }
    var strokes = word
    let places = strokes.indices.filter { !Keyboard.neighbors[Int(strokes[$0])].isEmpty }
    guard !places.isEmpty else { return nil }
    for place in characters.drawn(of: strokes.count, from: places, &stream) {
      let neighbors = Keyboard.neighbors[Int(word[place])]
      strokes[place] = neighbors[stream.index(below: neighbors.count)]
    }
    return String(decoding: strokes, as: UTF8.self)
  }

  private static func strokes(of word: String) -> [Stroke] {
    var strokes: [Stroke] = []
    for character in word {
      if let syllable = HangulSyllable(character) {
        strokes += syllable.strokes.map { .hangul($0) }
      } else if let ascii = character.asciiValue {
        strokes.append(.latin(ascii))
      } else {
        strokes.append(.other(character))
      }
    }
    return strokes
  }

  private static func text(of strokes: [Stroke]) -> String {
    var text = ""
    var pending: [UInt8] = []
    func flush() {
      if !pending.isEmpty { text += TwoSetKeyboard.composed(pending) }
      pending = []
    }
    for stroke in strokes {
      if case .hangul(let key) = stroke {
        pending.append(key)
        continue
      }
      flush()
      switch stroke {
      case .latin(let key): text.unicodeScalars.append(Unicode.Scalar(key))
      case .other(let character): text.append(character)
      case .hangul: break
      }
    }
    flush()
    return text
  }
}

/// Replaces characters by what they are taken for.
struct LookAlikes: CharacterSource {
  let characters: TextShare

  func noisy(_ word: String, _ stream: inout RandomStream) -> String? {
    if word.utf8.allSatisfy({ $0 < 0x80 }) { return noisyLatin(Array(word.utf8), &stream) }
    return replaced(word, characters, &stream, by: LookAlikes.confusions)
  }

  /// The same for words of ASCII, byte by byte.
  private func noisyLatin(_ word: [UInt8], _ stream: inout RandomStream) -> String? {
    let places = word.indices.filter { !LookAlikes.asciiTable[Int(word[$0])].isEmpty }
    guard !places.isEmpty else { return nil }
    let drawn = characters.drawn(of: word.count, from: places, &stream)
    var text: [UInt8] = []
    text.reserveCapacity(2 * word.count)
    for place in word.indices {
      if drawn.contains(place) {
        let others = LookAlikes.asciiTable[Int(word[place])]
        text += others[stream.index(below: others.count)].utf8
      } else {
        text.append(word[place])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// What a character is taken for; the pairs are common ones of print.
  static func confusions(of character: Character) -> [String] {
    if let ascii = character.asciiValue { return asciiTable[Int(ascii)] }
    return HangulSyllable(character).map(HangulNoise.lookAlikes) ?? []
  }

  private static let asciiTable: [[String]] = {
    let pairs = [
      "0": "8 9 o O D", "1": "4 7 l I", "2": "z Z", "3": "8 E", "4": "A 1", "5": "8 S s",
      "6": "b G",
      "7": "1 T", "8": "s S @ & B 3", "9": "g q", "a": "o", "b": "6 h", "c": "e o", "d": "cl",
      "e": "c", "f": "t", "g": "9 q", "h": "b", "i": "l j 1", "j": "i", "k": "r", "l": "1 I i",
      "m": "rn", "n": "r", "o": "u 0 c", "q": "g 9", "r": "k n", "s": "5 8", "t": "f", "u": "v o",
      "v": "u y", "w": "vv", "y": "v", "z": "2", "B": "8 E", "C": "G O", "D": "O 0", "E": "B F",
      "F": "E P", "G": "C 6", "I": "l 1", "O": "D U 0 Q", "P": "F", "Q": "O", "S": "5 8", "T": "7",
      "U": "V O", "V": "U", "Z": "2",
    ]
    var table = [[String]](repeating: [], count: 128)
    for (character, others) in pairs {
      let place = character.utf8.first.map { Int($0) } ?? 0
      table[place] = others.split(separator: " ").map { String($0) }
    }
    return table
  }()
}

/// Misspells Hangul syllables by sound and by stroke.
struct HangulMisspellings: CharacterSource {
  let characters: TextShare

  func noisy(_ word: String, _ stream: inout RandomStream) -> String? {
    guard word.utf8.contains(where: { $0 >= 0x80 }) else { return nil }
    return replaced(word, characters, &stream) { character in
      HangulSyllable(character).map(HangulNoise.misspellings) ?? []
    }
  }
}

extension CharacterSource {
  /// A word with some characters replaced by one of their alternatives.
  func replaced(
    _ word: String, _ share: TextShare, _ stream: inout RandomStream,
    by alternatives: (Character) -> [String]
  ) -> String? {
    let characters = Array(word)
    let found = characters.map(alternatives)
    let places = found.indices.filter { !found[$0].isEmpty }
    guard !places.isEmpty else { return nil }
    var parts = characters.map { String($0) }
    for place in share.drawn(of: characters.count, from: places, &stream) {
      parts[place] = found[place][stream.index(below: found[place].count)]
    }
    return parts.joined()
  }
}

/// Inserts, leaves out, exchanges and replaces characters.
struct CharacterEdits: CharacterSource {
  let characters: TextShare
  let minimumLength: Int

  private static let letters = Array("abcdefghijklmnopqrstuvwxyz").map { String($0) }

  func noisy(_ word: String, _ stream: inout RandomStream) -> String? {
    var parts = word.map { String($0) }
    guard parts.count >= minimumLength else { return nil }
    for _ in 0..<characters.count(of: parts.count) {
      let place = stream.index(below: parts.count)
      // Letters of other scripts cannot be drawn at random; they are doubled.
      let letter =
        parts[place].utf8.count == 1
        ? CharacterEdits.letters[stream.index(below: CharacterEdits.letters.count)] : parts[place]
      switch stream.index(below: 4) {
      case 0: parts.insert(letter, at: place)
      case 1 where parts.count > 1: parts.remove(at: place)
      case 2 where place + 1 < parts.count: parts.swapAt(place, place + 1)
      default:
        if parts[place].utf8.count == 1 {
          parts[place] = letter
        } else {
          parts.insert(letter, at: place)
        }
      }
    }
    return parts.joined()
  }
}
