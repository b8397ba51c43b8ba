import Foundation
import Hone

/// Texts of drawn words, and what changes them.
struct TextAugmenting {
  private let texts: [String]
  private let augmenter: TextAugmenter

  init(_ workload: Workload, vocabulary: String, seed: UInt64) throws {
    texts = Self.texts(
      workload.texts ?? 1, words: workload.textWords ?? 1,
      vocabulary: vocabulary.split(separator: " ").map { String($0) })
    let kind: TextAugmentation.Kind =
      switch workload.augmentation {
      case "wordDeletion": .deletion
      case "wordSwap": .swap
      case "wordSplit": .split()
      case "synonymReplacement": .substitution(.synonyms())
      case "keyboardNoise": .keyboard()
      case "ocrNoise": .ocr()
      default: fatalError("HoneBench has no augmentation \(workload.augmentation ?? "").")
      }
    augmenter = try TextAugmenter([TextAugmentation(kind)], seed: seed)
  }

  /// Sentences of ten words with commas between them; the Python side makes the same.
  private static func texts(_ count: Int, words: Int, vocabulary: [String]) -> [String] {
    var state = 1
    return (0..<count).map { _ in
      var text = ""
      for place in 0..<words {
        state = (state * 1_103_515_245 + 12_345) & 0x7FFF_FFFF
        let word = vocabulary[(state >> 16) % vocabulary.count]
        if place > 0 { text += place % 10 == 0 ? ". " : place % 5 == 0 ? ", " : " " }
        text += place % 10 == 0 ? word.prefix(1).uppercased() + word.dropFirst() : word
      }
      return text + "."
    }
  }

  /// Changes one text, another each time.
  func augment(_ index: Int) {
    do {
      let text = texts[index % texts.count]
      let result = try augmenter.augment(text, epoch: index / texts.count, sample: index)
      precondition(!result.text.isEmpty)
    } catch {
      fatalError("\(error)")
    }
  }
}
