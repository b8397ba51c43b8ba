import Foundation
import HoneNumerics

/// Finds pictures that were saved again, brightened or sprinkled with noise: those whose small grey
/// versions correlate almost perfectly.
///
/// Candidates are found by a perceptual hash: the signs of 64 random projections of the small picture
/// with its mean taken away, which do not change with brightness or contrast (Charikar 2002).
enum NearImages {
  /// The correlation of 16 by 16 grey pictures from which two are taken for one.
  ///
  /// Among 6,000 distinct images of MNIST none reaches it, of Fashion-MNIST one in 500; copies at JPEG's
  /// quality 80 do.
  static let likeness: Float = 0.995
  /// Projections whose signs may differ between copies.
  private static let mostDifferences = 10
  /// Candidates of one bucket that are compared with each other.
  private static let mostCandidates = 3_000
  private static let bits = 64
  private static let bandBits = 16
  /// Flatter pictures have no content to be recognised by, in grey values of 255.
  private static let leastContrast: Float = 2

  /// Pairs of near copies, each later sample with the first that it is like.
  static func pairs(_ images: [ImageFacts?], maximum: Int) -> [DuplicatePair] {
    let vectors = images.map { standardized($0?.thumbnail ?? [], maximum: maximum) }
    let directions = directions()
    let hashes = vectors.map { hash($0, directions) }
    var best: [Int: DuplicatePair] = [:]
    for band in 0..<(bits / bandBits) {
      var buckets: [UInt64: [Int]] = [:]
      for sample in vectors.indices where !vectors[sample].isEmpty {
        buckets[hashes[sample] >> UInt64(band * bandBits) & 0xFFFF, default: []].append(sample)
      }
      for members in buckets.values where members.count > 1 {
        compare(members.prefix(mostCandidates), vectors, hashes, &best)
      }
    }
    return best.values.sorted { $0.second < $1.second }
  }

  private static func compare(
    _ members: ArraySlice<Int>, _ vectors: [[Float]], _ hashes: [UInt64],
    _ best: inout [Int: DuplicatePair]
  ) {
    for (place, second) in members.enumerated() where best[second] == nil {
      for first in members.prefix(place) {
        guard (hashes[first] ^ hashes[second]).nonzeroBitCount <= mostDifferences else { continue }
        let correlation = dot(vectors[first], vectors[second])
        guard correlation >= likeness else { continue }
        best[second] = DuplicatePair(
          first: first, second: second, likeness: Double(min(1, correlation)))
        break
      }
    }
  }

  /// The picture with mean 0 and length 1; empty where it has too little contrast.
  private static func standardized(_ thumbnail: [Float], maximum: Int) -> [Float] {
    guard !thumbnail.isEmpty else { return [] }
    let mean = thumbnail.reduce(0, +) / Float(thumbnail.count)
    let centered = thumbnail.map { $0 - mean }
    let length = dot(centered, centered).squareRoot()
    let contrast = length / Float(thumbnail.count).squareRoot() * 255 / Float(max(1, maximum))
    return contrast < leastContrast ? [] : centered.map { $0 / length }
  }

  private static func directions() -> [[Float]] {
    let count = ImageFacts.side * ImageFacts.side
    return (0..<bits).map { bit in
      var stream = RandomStream(seed: 0, "perceptual hash", bit)
      return (0..<count).map { _ in stream.uniform() < 0.5 ? -1 : 1 }
    }
  }

  private static func hash(_ vector: [Float], _ directions: [[Float]]) -> UInt64 {
    guard !vector.isEmpty else { return 0 }
    var hash: UInt64 = 0
    for (bit, direction) in directions.enumerated() where dot(vector, direction) > 0 {
      hash |= 1 << UInt64(bit)
    }
    return hash
  }

  private static func dot(_ first: [Float], _ second: [Float]) -> Float {
    var sum: Float = 0
    for index in first.indices { sum += first[index] * second[index] }
    return sum
  }
}
