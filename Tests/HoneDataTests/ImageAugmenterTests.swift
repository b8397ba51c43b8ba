import CImage
import Foundation
import HoneNumerics
import HoneRecords
import Testing

@testable import HoneData

@Suite struct ImageAugmenterTests {
  /// Renders a 2x3 image of the pixels 1...6 without normalisation.
  private func render(_ steps: [Augmentation], seed: UInt64) throws -> [Float] {
    let pixels: [UInt8] = [1, 2, 3, 4, 5, 6]
    var augmenter = ImageAugmenter(
      steps: steps, channels: 1, size: ImageSize(height: 2, width: 3), scale: [1], offset: [0])
    let operations = augmenter.operations(
      RandomStream(seed: seed, "test"), of: ImageSize(height: 2, width: 3))
    var target = [Float](repeating: -1, count: 6)
    pixels.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      augmenter.render(
        cimage_source(planes: base, channels: 1, height: 2, width: 3), operations, into: &target)
    }
    return target
  }

  @Test("mirrors left and right, top and bottom, and both")
  func flips() throws {
    let across = Augmentation.horizontalFlip(probability: 1)
    let down = Augmentation.verticalFlip(probability: 1)
    #expect(try render([], seed: 0) == [1, 2, 3, 4, 5, 6])
    #expect(try render([across], seed: 0) == [3, 2, 1, 6, 5, 4])
    #expect(try render([down], seed: 0) == [4, 5, 6, 1, 2, 3])
    #expect(try render([across, down], seed: 0) == [6, 5, 4, 3, 2, 1])
    #expect(try render([across, down, across, down], seed: 0) == [1, 2, 3, 4, 5, 6])
  }

  @Test("shifts before a flip as apart from it", arguments: 0..<30)
  func composes(seed: UInt64) throws {
    let shift = Augmentation.randomCrop(padding: 1)
    let shifted = try render([shift], seed: seed)
    let mirrored = [shifted[2], shifted[1], shifted[0], shifted[5], shifted[4], shifted[3]]
    #expect(try render([shift, .horizontalFlip(probability: 1)], seed: seed) == mirrored)
    // Going through pixels instead of noting the shift must not change the picture.
    #expect(
      try render([shift, .randomRotation(degrees: 0), .brightness(amount: 0)], seed: seed)
        == shifted)
  }

  @Test("crops only by whole pixels within the padding")
  func crops() throws {
    var seen: Set<[Float]> = []
    for seed in 0..<200 { seen.insert(try render([.randomCrop(padding: 1)], seed: UInt64(seed))) }
    #expect(seen.count == 9)
    #expect(seen.contains([0, 0, 0, 0, 1, 2]))
    #expect(seen.contains([5, 6, 0, 0, 0, 0]))
  }

  @Test("blends batches with shares from a symmetric distribution", arguments: [0.2, 1.0, 4.0])
  func drawsShares(alpha: Double) {
    var stream = RandomStream(seed: 1, "beta")
    let draws = (0..<4000).map { _ in stream.beta(alpha) }
    let mean = draws.reduce(0, +) / 4000
    let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4000
    let expected = 1 / (4 * (2 * alpha + 1))
    // Five standard errors of 4,000 draws.
    #expect(abs(mean - 0.5) < 5 * (expected / 4000).squareRoot())
    #expect(abs(variance - expected) < 0.1 * expected + 0.003)
  }
}
