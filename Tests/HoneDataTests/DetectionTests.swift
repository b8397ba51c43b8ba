import Foundation
import HoneNumerics
import HoneRecords
import HoneText
import Testing

@testable import HoneData

@Suite struct DetectionTests {
  private struct Reference: Decodable {
    struct Jittered: Decodable {
      let share: Double
      let size: [Int]
    }
    struct Shortest: Decodable {
      let side: Int
      let longest: Int?
      let size: [Int]
    }
    let size, kept: [Int]
    let boxes, clamped, overlaps, resized: [[Double]]
    let converted: [String: [[Double]]]
    let jittered: [Jittered]
    let shortest: [Shortest]
  }

  private let reference: Reference

  init() throws {
    reference = try JSONDecoder().decode(
      Reference.self, from: Data(try Fixtures.bytes("detection.json")))
  }

  private var size: ImageSize { ImageSize(height: reference.size[0], width: reference.size[1]) }

  private var image: AnnotatedImage {
    AnnotatedImage(
      pixels: (0..<(3 * size.height * size.width)).map { UInt8($0 % 251) }, channels: 3,
      size: size,
      boxes: reference.boxes.enumerated().map { .init($1, .corners, label: $0) },
      points: [.init(x: -4, y: 3), .init(x: 12, y: 30), .init(x: 59, y: 39), .init(x: 70, y: 50)])
  }

  private func expect(_ values: [[Double]], near expected: [[Double]], _ tolerance: Double = 1e-9) {
    #expect(values.count == expected.count)
    for (row, other) in zip(values, expected) {
      for (value, reference) in zip(row, other) { #expect(abs(value - reference) <= tolerance) }
    }
  }

  @Test("converts boxes between formats as torchvision does, and back")
  func formats() throws {
    for format in AnnotatedImage.BoxFormat.allCases {
      let expected = try #require(reference.converted[format.rawValue])
      expect(image.boxes.map { $0.values(format) }, near: expected)
      expect(
        expected.map { AnnotatedImage.Box($0, format).values(.corners) }, near: reference.boxes)
    }
  }

  @Test("clamps and drops the boxes that torchvision clamps and drops, and measures their overlap")
  func cleans() {
    let clamped = image.clamped()
    expect(clamped.boxes.map { $0.values(.corners) }, near: reference.clamped)
    #expect(clamped.sanitized(leastSide: 3, leastArea: 20).boxes.map(\.label) == reference.kept)
    let boxes = image.boxes
    expect(
      boxes.map { box in boxes.map { box.overlap(with: $0) } }, near: reference.overlaps)
    #expect(clamped.points.allSatisfy { (0...59).contains($0.x) && (0...39).contains($0.y) })
    #expect(image.sanitized().points == [.init(x: 12, y: 30), .init(x: 59, y: 39)])
  }

  @Test("jittered and shortened sizes are torchvision's")
  func sizes() {
    for example in reference.jittered {
      let scale = 0.1 + example.share * 1.9
      let factor = AnnotatedImage.fit(of: size, into: ImageSize(height: 64, width: 64)) * scale
      let made = image.resized(by: factor)
      // torchvision draws in single precision, where a product may fall the other side of a whole.
      #expect(abs(made.size.height - example.size[0]) <= 1)
      #expect(abs(made.size.width - example.size[1]) <= 1)
    }
    for example in reference.shortest {
      let factor = AnnotatedImage.factor(
        of: size, shortSide: example.side, longest: example.longest)
      #expect([image.resized(by: factor).size].map { [$0.height, $0.width] } == [example.size])
    }
  }

  @Test("boxes move with a resized image as torchvision moves them")
  func resizes() {
    let result = image.applying([.resize(height: 25, width: 90)], leastArea: 0)
    let expected = reference.resized.map { row in
      AnnotatedImage.Box(row, .corners)
    }
    // Ours are clipped to the image; empty ones are gone.
    for box in result.boxes {
      let other = expected[box.label]
      #expect(abs(box.left - max(0, other.left)) < 1e-4)
      #expect(abs(box.bottom - min(25, other.bottom)) < 1e-4)
    }
    #expect(!result.boxes.isEmpty)
  }

  @Test("a crop by overlap holds the middles of its boxes, and enough of one")
  func overlapCrops() {
    var source = image.clamped().sanitized(leastSide: 3)
    source.points = []
    var crops = 0
    for seed in 0..<200 {
      var stream = RandomStream(seed: UInt64(seed), "crop")
      let cropped = source.overlapCropped(overlaps: [0.1], using: &stream)
      guard cropped.size != source.size else { continue }
      crops += 1
      let ratio = Double(cropped.size.width) / Double(cropped.size.height)
      #expect((0.5...2).contains(ratio))
      #expect(Double(cropped.size.width) >= 0.29 * Double(size.width))
      #expect(!cropped.boxes.isEmpty)
      let area = Double(cropped.size.width * cropped.size.height)
      let best =
        cropped.boxes.map { box -> Double in
          let whole = source.boxes.first { $0.label == box.label }?.area ?? 0
          return box.area / (whole + area - box.area)
        }.max() ?? 0
      #expect(best >= 0.0999)
    }
    #expect(crops > 150)
    var stream = RandomStream(seed: 1, "crop")
    #expect(source.overlapCropped(overlaps: [1], using: &stream) == source)
    var again = RandomStream(seed: 7, "crop")
    var same = RandomStream(seed: 7, "crop")
    #expect(
      source.overlapCropped(using: &again) == source.overlapCropped(using: &same))
    source.boxes = []
    #expect(source.overlapCropped(using: &stream) == source)
  }
}
