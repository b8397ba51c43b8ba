/// The way from a text to its augmented form, along which spans and token labels follow.
///
/// ```swift
/// let result = try augmenter.augment("Ann lives in New York.", epoch: 3, sample: 4711)
/// let place = result.edits.range(of: 13..<21)   // where "New York" stands now
/// ```
public struct TextEdits: Sendable, Hashable, Codable {
  /// The changes of each step; a step's places are those of the text that the step before left.
  public internal(set) var steps: [[TextChange]]

  /// The way that some steps take.
  public init(steps: [[TextChange]] = []) { self.steps = steps }

  /// Whether nothing was changed.
  public var isEmpty: Bool { steps.allSatisfy(\.isEmpty) }

  /// The text that the steps make of the original: the same as when they were drawn.
  public func applied(to text: String) -> String {
    var bytes = Array(text.utf8)
    for changes in steps { bytes = changes.applied(to: bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The parts of the new text that hold what a range of the old one held, in order; parts that touch
  /// are one.
  ///
  /// A word that was replaced is held by its replacement, a word that moved by its new place, a deleted
  /// word by nothing. What was inserted within the range belongs to it, what was inserted at its ends
  /// does not.
  /// - Parameter range: UTF-8 offsets in the old text.
  public func ranges(of range: Range<Int>) -> [Range<Int>] {
    var parts = [range]
    for changes in steps where !changes.isEmpty {
      parts = parts.flatMap { changes.parts(of: $0) }
    }
    return TextEdits.joined(parts)
  }

  /// The smallest range of the new text around all that a range of the old one held; nil where all of
  /// it was deleted.
  /// - Parameter range: UTF-8 offsets in the old text.
  public func range(of range: Range<Int>) -> Range<Int>? {
    let parts = ranges(of: range)
    guard let first = parts.first, let last = parts.last else { return nil }
    return first.lowerBound..<last.upperBound
  }

  /// The labels of the new text's tokens: each takes that of the old token whose content it holds, the
  /// first where it holds content of several.
  /// - Parameters:
  ///   - labels: one for each old token.
  ///   - old: the old tokens' places, as UTF-8 offsets.
  ///   - new: the new tokens' places.
  ///   - outside: the label of tokens that hold nothing of the old ones: `O` of named entities.
  /// - Precondition: there are as many labels as old tokens.
  public func labels<Label>(
    _ labels: [Label], of old: [Range<Int>], in new: [Range<Int>], outside: Label
  ) -> [Label] {
    guard labels.count == old.count else {
      fatalError("TextEdits.labels got \(labels.count) labels for \(old.count) tokens.")
    }
    var result = [Label](repeating: outside, count: new.count)
    var isSet = [Bool](repeating: false, count: new.count)
    let starts = new.map(\.lowerBound)
    for (token, label) in zip(old, labels) {
      for part in ranges(of: token) {
        var place = TextEdits.firstPlace(after: part.lowerBound, in: starts)
        while place < new.count, new[place].lowerBound < part.upperBound {
          if !isSet[place], new[place].overlaps(part) {
            result[place] = label
            isSet[place] = true
          }
          place += 1
        }
      }
    }
    return result
  }

  /// The place of the last start at or before an offset.
  private static func firstPlace(after offset: Int, in starts: [Int]) -> Int {
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }

  private static func joined(_ parts: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for part in parts.sorted(by: { $0.lowerBound < $1.lowerBound }) where !part.isEmpty {
      if let last = result.last, part.lowerBound <= last.upperBound {
        result[result.count - 1] = last.lowerBound..<max(last.upperBound, part.upperBound)
      } else {
        result.append(part)
      }
    }
    return result
  }
}
