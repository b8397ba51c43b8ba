import HoneNumerics

/// A step with all it needs to be drawn.
protocol TextStep: Sendable {
  /// The changes of a text, sorted and without overlap; none where the step can change nothing.
  func changes(_ draft: TextDraft, _ stream: inout RandomStream) throws -> [TextChange]
}

extension TextDraft {
  /// Draws words one after the other, without repetition, until enough were used.
  ///
  /// Each word that can be used is as likely as any other, and no more are tried than needed.
  /// - Parameters:
  ///   - share: how many to use.
  ///   - use: the change of a piece; nil where it can not be used.
  func drawn(
    _ share: TextShare, _ stream: inout RandomStream,
    use: (_ piece: Int, _ stream: inout RandomStream) throws -> TextChange?
  ) rethrows -> [TextChange] {
    var changes: [TextChange] = []
    let wanted = Swift.min(share.count(of: pieces.count), words.count)
    guard wanted > 0 else { return [] }
    changes.reserveCapacity(wanted)
    var order = words
    var left = order.count
    while left > 0, changes.count < wanted {
      let pick = stream.index(below: left)
      let piece = order[pick]
      left -= 1
      order[pick] = order[left]
      if let change = try use(piece, &stream) { changes.append(change) }
    }
    changes.sort { $0.range.lowerBound < $1.range.lowerBound }
    return changes
  }
}
