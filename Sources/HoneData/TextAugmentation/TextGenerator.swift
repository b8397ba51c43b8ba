import Foundation
import HoneNumerics

/// A model that says a text anew: a translation there and back, a paraphrase, a continuation.
///
/// Conform to it to plug a model into augmentation; `LoopbackGenerator` asks one that runs on this
/// machine.
///
/// ```swift
/// let augmenter = try TextAugmenter(
///   [TextAugmentation(.rewriting(TextRewriting(.backTranslation, endpoint: "mine")))],
///   generators: ["mine": MyTranslator()])
/// ```
public protocol TextGenerator: Sendable {
  /// A text said anew.
  ///
  /// Called from several threads. The same request must give the same answer, or runs cannot be repeated.
  /// - Throws: anything; training ends with it.
  func generate(_ request: TextGenerationRequest) throws -> String
}

/// What a model is asked.
public struct TextGenerationRequest: Sendable, Hashable, Codable {
  /// The text to say anew.
  public let text: String
  /// How.
  public let task: TextRewriting.Task
  /// The language to go through, for a back-translation.
  public let through: String
  /// The seed of whatever the model draws.
  public let seed: UInt64
}

/// Says the whole text anew by a model.
struct TextRewriter: TextStep {
  let rewriting: TextRewriting
  let generator: any TextGenerator

  func changes(_ draft: TextDraft, _ stream: inout RandomStream) throws -> [TextChange] {
    guard !draft.words.isEmpty else { return [] }
    let text = draft.text(0..<draft.bytes.count)
    // JSON numbers hold 53 bits everywhere.
    let request = TextGenerationRequest(
      text: text, task: rewriting.task, through: rewriting.through, seed: stream.next() >> 11)
    let answer = try generator.generate(request)
    let isBlank = answer.unicodeScalars.allSatisfy(\.properties.isWhitespace)
    return isBlank ? [] : TextDifference.changes(from: draft, to: TextDraft(Array(answer.utf8)))
  }
}

/// What changed from one text to another, by their words.
enum TextDifference {
  /// Beyond this many pairs of pieces, what lies between the texts' common ends is one change.
  private static let largestTable = 1 << 20

  /// The changes that make one text of the other, sparing the longest common sequence of pieces.
  static func changes(from old: TextDraft, to new: TextDraft) -> [TextChange] {
    let first = old.pieces.indices.map { old.text($0) }
    let second = new.pieces.indices.map { new.text($0) }
    let kept = common(first, second)
    var changes: [TextChange] = []
    var (oldPlace, newPlace) = (0, 0)
    func close(_ oldEnd: Int, _ newEnd: Int) {
      let replacement = new.text(newPlace..<newEnd)
      if old.text(oldPlace..<oldEnd) != replacement {
        changes.append(TextChange(oldPlace..<oldEnd, to: replacement))
      }
    }
    for (here, there) in kept {
      close(old.pieces[here].start, new.pieces[there].start)
      oldPlace = old.pieces[here].end
      newPlace = new.pieces[there].end
    }
    close(old.bytes.count, new.bytes.count)
    return changes
  }

  private static func common(_ first: [String], _ second: [String]) -> [(Int, Int)] {
    guard first.count * second.count <= largestTable else { return ends(first, second) }
    let width = second.count + 1
    var lengths = [Int32](repeating: 0, count: (first.count + 1) * width)
    for i in first.indices.reversed() {
      for j in second.indices.reversed() {
        lengths[i * width + j] =
          first[i] == second[j]
          ? lengths[(i + 1) * width + j + 1] + 1
          : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
      }
    }
    var kept: [(Int, Int)] = []
    var (i, j) = (0, 0)
    while i < first.count, j < second.count {
      if first[i] == second[j] {
        kept.append((i, j))
        i += 1
        j += 1
      } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
        i += 1
      } else {
        j += 1
      }
    }
    return kept
  }

  private static func ends(_ first: [String], _ second: [String]) -> [(Int, Int)] {
    let shorter = min(first.count, second.count)
    var front = 0
    while front < shorter, first[front] == second[front] { front += 1 }
    var back = 0
    while back < shorter - front, first[first.count - 1 - back] == second[second.count - 1 - back] {
      back += 1
    }
    return (0..<front).map { ($0, $0) }
      + (0..<back).reversed().map { (first.count - 1 - $0, second.count - 1 - $0) }
  }
}
