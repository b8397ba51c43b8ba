import Synchronization

/// Words whose vectors lie closest by the cosine of their angle.
final class NeighborSource: WordSource {
  private let words: [String]
  private let places: [String: Int]
  private let dimensions: Int
  /// The vectors, each of length 1.
  private let units: [Float]
  private let count: Int
  private let similarity: Float
  private let found = Mutex<[Int: [String]]>([:])

  init(_ vectors: WordVectors, count: Int, similarity: Double) {
    words = vectors.words
    places = Dictionary(zip(words, words.indices)) { first, _ in first }
    dimensions = vectors.dimensions
    self.count = count
    self.similarity = Float(similarity)
    var units = vectors.values
    for row in words.indices {
      let range = row * dimensions..<(row + 1) * dimensions
      let length = units[range].reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 0 else { continue }
      for place in range { units[place] /= length }
    }
    self.units = units
  }

  func candidates(for piece: Int, in draft: TextDraft) -> [String] {
    let word = draft.text(piece)
    guard let place = places[word] ?? places[word.lowercased()] else { return [] }
    if let known = found.withLock({ $0[place] }) { return known }
    let nearest = neighbors(of: place)
    found.withLock { $0[place] = nearest }
    return nearest
  }

  /// The nearest words, best first, without other cases of the word itself.
  private func neighbors(of place: Int) -> [String] {
    var best: [(similarity: Float, row: Int)] = []
    units.withUnsafeBufferPointer { units in
      let own = UnsafeBufferPointer(rebasing: units[place * dimensions..<(place + 1) * dimensions])
      for row in words.indices where row != place {
        let start = row * dimensions
        var sum: Float = 0
        for index in 0..<dimensions { sum += own[index] * units[start + index] }
        guard sum >= similarity, best.count < count || sum > best[best.count - 1].similarity,
          words[row].lowercased() != words[place].lowercased()
        else { continue }
        if best.count == count { best.removeLast() }
        let position = best.firstIndex { $0.similarity < sum } ?? best.count
        best.insert((sum, row), at: position)
      }
    }
    return best.map { words[$0.row] }
  }
}
