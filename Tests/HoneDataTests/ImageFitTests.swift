import CImage
import Foundation
import HoneNumerics
import HoneRecords
import HoneText
import Testing

@testable import HoneData

@Suite struct ImageFitTests {
  private struct Reference: Decodable {
    struct Resized: Decodable {
      let filter: ImageFilter
      let size: [Int]
      let pixels: [UInt8]
    }
    struct Sample: Decodable {
      let filter: ImageFilter
      let side: Int
      let turned: Bool?
      let pixels: [UInt8]
    }
    let size: [Int]
    let picture, turned: [UInt8]
    let resized: [Resized]
    let boxed, stretched: [Sample]
  }

  private let reference: Reference

  init() throws {
    reference = try JSONDecoder().decode(
      Reference.self, from: Data(try Fixtures.bytes("filters.json")))
  }

  private var size: ImageSize { ImageSize(height: reference.size[0], width: reference.size[1]) }

  private func resized(
    _ pixels: [UInt8], of size: ImageSize, to target: ImageSize, _ filter: ImageFilter
  ) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: target.height * target.width * 3)
    let status = cimage_resize_by(
      filter.kernel, pixels, Int32(size.height), Int32(size.width), 3, &result,
      Int32(target.height), Int32(target.width))
    #expect(status == Int32(cimage_ok.rawValue))
    return result
  }

  @Test("resizes with every filter to Pillow's pixels")
  func filters() {
    for example in reference.resized {
      let target = ImageSize(height: example.size[0], width: example.size[1])
      let found = resized(reference.picture, of: size, to: target, example.filter)
      #expect(found == example.pixels, "\(example.filter) to \(example.size)")
    }
  }

  /// A sample as RGB triples.
  private func sample(_ example: Reference.Sample, _ fit: ImageFit) throws -> [UInt8] {
    let isTurned = example.turned == true
    let picture = isTurned ? ImageSize(height: size.width, width: size.height) : size
    let side = ImageSize(height: example.side, width: example.side)
    let place = PicturePlacement(of: picture, in: side, fit: fit, resize: nil)
    let found = resized(
      isTurned ? reference.turned : reference.picture, of: picture, to: place.fitted,
      example.filter)
    var planes = [UInt8](repeating: 7, count: 3 * example.side * example.side)
    place.write(found, channels: 3, sample: side, into: &planes)
    let plane = example.side * example.side
    return (0..<plane).flatMap { pixel in (0..<3).map { planes[$0 * plane + pixel] } }
  }

  @Test("letterboxes wide and tall pictures as Pillow pads them, and stretches them")
  func fits() throws {
    for example in reference.boxed { #expect(try sample(example, .letterbox) == example.pixels) }
    for example in reference.stretched { #expect(try sample(example, .stretch) == example.pixels) }
  }

  @Test("a folder is read as asked, and the model reads new pictures in the same way")
  func folders() throws {
    let folder = try TemporaryFolder()
    let pixels = [UInt8](repeating: 200, count: 20 * 10 * 3)
    let png = try ContactSheet.encode(pixels, height: 10, width: 20, channels: 3)
    for name in ["a/1.png", "a/2.png", "b/1.png"] { try folder.write(png, to: name) }
    var options = DataOptions(imageSize: 8)
    options.imageFit = .letterbox
    options.imageFilter = .bicubic
    options.imageChannels = 3
    let data = try DataSource.open(folder.path, options: options)
    guard case .images(let images) = data.samples else {
      Issue.record("Images were expected.")
      return
    }
    let plane = try images.withPixels(of: 0) { Array(UnsafeBufferPointer(start: $0, count: 64)) }
    #expect(plane[0..<16].allSatisfy { $0 == 0 } && plane[16..<48].allSatisfy { $0 == 200 })
    #expect(plane[48..<64].allSatisfy { $0 == 0 })
    let inputs = try DataSource.openInputs([folder.path("b/1.png")], reading: data.reading)
    guard case .images(let again) = inputs.samples else { return }
    #expect(
      try again.withPixels(of: 0) { Array(UnsafeBufferPointer(start: $0, count: 64)) } == plane)
    options.imageFit = .stretch
    let stretched = try DataSource.open(folder.path, options: options)
    guard case .images(let full) = stretched.samples else { return }
    #expect(
      try full.withPixels(of: 0) {
        UnsafeBufferPointer(start: $0, count: 192).allSatisfy { $0 == 200 }
      })
  }
}
