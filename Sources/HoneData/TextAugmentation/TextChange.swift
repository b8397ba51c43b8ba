/// One change of a text: what stood in a place and what stands there now.
///
/// Places are UTF-8 offsets. The changes of one step share the text before the step, are sorted and
/// do not overlap.
public struct TextChange: Sendable, Hashable, Codable {
  /// What is replaced in the text before the step; empty where something is inserted.
  public var range: Range<Int>
  /// What stands there afterwards; empty where something is deleted.
  public var replacement: String
  /// Where the content stood before the step, for a word that moved; nil for new content.
  public var origin: Range<Int>?

  /// A change of a text.
  public init(_ range: Range<Int>, to replacement: String, from origin: Range<Int>? = nil) {
    self.range = range
    self.replacement = replacement
    self.origin = origin
  }
}

extension TextChange: CustomStringConvertible {
  /// The place and the new content, as in `4..<9 → "swift"`.
  public var description: String {
    let moved = origin.map { ", moved from \($0)" } ?? ""
    return "\(range) → \"\(replacement)\"\(moved)"
  }
}

extension [TextChange] {
  /// The text after sorted changes that do not overlap.
  func applied(to bytes: [UInt8]) -> [UInt8] {
    var size = bytes.count
    for change in self { size += change.replacement.utf8.count - change.range.count }
    return [UInt8](unsafeUninitializedCapacity: size) { target, count in
      bytes.withUnsafeBufferPointer { source in
        var place = 0
        func copy(_ range: Range<Int>) {
          guard !range.isEmpty, let from = source.baseAddress, let to = target.baseAddress else {
            return
          }
          (to + count).initialize(from: from + range.lowerBound, count: range.count)
          count += range.count
        }
        for change in self {
          copy(place..<change.range.lowerBound)
          for byte in change.replacement.utf8 {
            target.initializeElement(at: count, to: byte)
            count += 1
          }
          place = change.range.upperBound
        }
        copy(place..<source.count)
      }
    }
  }

  /// The parts of the text after the changes that hold what a range held before them.
  func parts(of range: Range<Int>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var shift = 0
    var place = range.lowerBound
    var moved: [Range<Int>] = []
    for change in self {
      let isInsertion = change.range.isEmpty
      let touches =
        isInsertion
        ? range.lowerBound < change.range.lowerBound && change.range.lowerBound < range.upperBound
        : change.range.overlaps(range)
      let length = change.replacement.utf8.count
      if touches {
        if place < change.range.lowerBound {
          found.append((place + shift)..<(change.range.lowerBound + shift))
        }
        let now = (change.range.lowerBound + shift)..<(change.range.lowerBound + shift + length)
        // The place's old content went elsewhere where something else moved in.
        if change.origin != nil { moved.append(change.range) } else { found.append(now) }
        place = Swift.max(place, change.range.upperBound)
      } else if change.range.lowerBound >= range.upperBound {
        break
      }
      shift += length - change.range.count
    }
    if place < range.upperBound {
      let before = shiftBefore(range.upperBound)
      found.append((place + before)..<(range.upperBound + before))
    }
    for content in moved { found += destinations(of: content) }
    return found.filter { !$0.isEmpty }
  }

  /// Where content stands that moved away from a range.
  private func destinations(of content: Range<Int>) -> [Range<Int>] {
    var shift = 0
    var found: [Range<Int>] = []
    for change in self {
      let length = change.replacement.utf8.count
      let start = change.range.lowerBound + shift
      if let origin = change.origin, origin.overlaps(content) {
        found.append(start..<start + length)
      }
      shift += length - change.range.count
    }
    return found
  }

  /// By how much a place lies further back or ahead after the changes before it.
  private func shiftBefore(_ place: Int) -> Int {
    var shift = 0
    for change in self where change.range.lowerBound < place {
      shift += change.replacement.utf8.count - change.range.count
    }
    return shift
  }
}
