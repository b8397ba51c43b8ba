import Foundation
import HoneNumerics
import Testing

@testable import HoneData

@Suite struct DuplicateTests {
  /// A picture of smooth blobs, as planes of bytes.
  private func picture(_ seed: UInt64, side: Int = 32, gain: Double = 1, noise: Double = 0)
    -> [UInt8]
  {
    var stream = RandomStream(seed: seed, "blobs")
    let blobs = (0..<6).map { _ in
      (stream.uniform() * Double(side), stream.uniform() * Double(side), 3 + 6 * stream.uniform())
    }
    return (0..<(side * side)).map { place in
      let (x, y) = (Double(place % side), Double(place / side))
      var value = 20.0
      for blob in blobs {
        let distance = (x - blob.0) * (x - blob.0) + (y - blob.1) * (y - blob.1)
        value += 120 * exp(-distance / (blob.2 * blob.2))
      }
      return UInt8(min(255, max(0, value * gain + noise * (stream.uniform() - 0.5))))
    }
  }

  private func facts(_ pixels: [UInt8], side: Int = 32) -> ImageFacts? {
    pixels.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map {
        ImageFacts($0, channels: 1, height: side, width: side, maximum: 255)
      }
    }
  }

  @Test("finds brightened and noisy copies of pictures and no others")
  func findsNearPictures() {
    var images = (0..<60).map { facts(picture(UInt64($0))) }
    images += [facts(picture(7, gain: 0.8)), facts(picture(21, noise: 12))]
    let pairs = NearImages.pairs(images, maximum: 255)
    #expect(pairs.map { [$0.first, $0.second] } == [[7, 60], [21, 61]])
    #expect(pairs.allSatisfy { $0.likeness < 1 && $0.likeness > 0.995 })
  }

  @Test("measures what a picture looks like")
  func measures() throws {
    let flat = try #require(facts([UInt8](repeating: 51, count: 1024)))
    #expect(abs(flat.measures[0] - 0.2) < 1e-12)
    #expect(flat.measures[1] == 0 && flat.measures[2] == 0)
    // Stripes one pixel wide: half of full light away from the mean, full light from a neighbor.
    let stripes = try #require(facts((0..<1024).map { $0 % 2 == 0 ? 0 : 255 }))
    #expect(abs(stripes.measures[0] - 0.5) < 1e-12)
    #expect(abs(stripes.measures[1] - 0.5) < 1e-12)
    #expect(abs(stripes.measures[2] - 0.5) < 1e-12)
    #expect(stripes.thumbnail.allSatisfy { $0 == 127.5 })
  }

  @Test("finds texts that differ in marks, capitals and a word")
  func findsNearTexts() {
    let text = (0..<40).map { "word\($0)" }
    var changed = text
    changed[11] = "other"
    let texts = [
      text.joined(separator: " "), "a short one", changed.joined(separator: " "),
      "Word0, " + text.dropFirst().joined(separator: "  ") + "!", "another short one",
      text.reversed().joined(separator: " "),
    ]
    let words = texts.map(NearTexts.normalized)
    #expect(words[3] == words[0])
    let pairs = NearTexts.pairs(words)
    #expect(pairs.map { [$0.first, $0.second] } == [[0, 2], [0, 3]])
    #expect(pairs.map(\.likeness)[1] == 1)
  }

  @Test("tells leaks by families of copies")
  func tellsLeaks() {
    let search = DuplicateSearch(
      hashes: [1, 2, 1, nil, 3, 2, 1],
      near: [DuplicatePair(first: 1, second: 4, likeness: 0.99)])
    #expect(search.pairs.map(\.second) == [2, 4, 5, 6])
    // Samples 2 and 6 are copies of 0, which is in neither part.
    let leaks = search.leaks(from: [2, 5], into: [4, 6, 3])
    #expect(leaks.map { [$0.first, $0.second] } == [[5, 4], [2, 6]])
    #expect(leaks.map(\.likeness) == [0.99, 1])
  }
}
