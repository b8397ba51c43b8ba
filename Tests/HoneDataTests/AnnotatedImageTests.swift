import HoneNumerics
import HoneRecords
import Testing

@testable import HoneData

@Suite struct AnnotatedImageTests {
  /// A bright square on black, with its mask, its box and its middle.
  private let sample: AnnotatedImage = {
    var pixels = [UInt8](repeating: 0, count: 60 * 80)
    var mask = pixels
    for y in 20..<32 {
      for x in 30..<46 {
        pixels[y * 80 + x] = 200
        mask[y * 80 + x] = 1
      }
    }
    return AnnotatedImage(
      pixels: pixels, channels: 1, size: ImageSize(height: 60, width: 80), masks: [mask],
      boxes: [.init(left: 30, top: 20, right: 46, bottom: 32, label: 4)],
      points: [.init(x: 37.5, y: 25.5)])
  }()

  static let steps: [Augmentation] = [
    .randomCrop(padding: 6), .randomResizedCrop(scale: [0.8, 1]), .horizontalFlip(probability: 1),
    .verticalFlip(probability: 1), .randomRotation(degrees: 40, interpolation: .bilinear),
    .randomAffine(degrees: 10, translate: [0.1, 0.1], scale: [0.8, 1.2], shear: [-8, 8]),
    .randomPerspective(distortion: 0.3, probability: 1), .pad(pixels: 5, mode: .reflect),
    .randomZoomOut(scale: [1, 2], probability: 1), .centerCrop(size: 50),
    .elastic(alpha: 60, sigma: 6), .colorJitter(brightness: 0.2), .randomErasing(probability: 1),
  ]

  @Test("mask, box and point go where the image goes", arguments: steps)
  func followsImage(step: Augmentation) throws {
    for number in 0..<8 {
      let operations = Augmentation.operations(
        [step], size: sample.size, channels: 1, seed: 5, epoch: 1, sample: number)
      let changed = sample.applying(operations)
      let (height, width) = (changed.size.height, changed.size.width)
      #expect(changed.pixels.count == height * width)
      let lit = changed.pixels.indices.filter { changed.pixels[$0] > 100 }
      let masked = changed.masks[0].indices.filter { changed.masks[0][$0] == 1 }
      // Blended edges and nearest ones part by some pixels of the border, 56 pixels long before scaling.
      #expect(abs(lit.count - masked.count) <= 60)
      guard !masked.isEmpty, masked.count > 60 else { continue }
      let columns = masked.map { $0 % width }
      let rows = masked.map { $0 / width }
      let box = try #require(changed.boxes.first)
      #expect(box.label == 4)
      let slack = 2.5
      #expect(abs(box.left - Double(columns.min() ?? 0)) <= slack)
      #expect(abs(box.right - Double((columns.max() ?? 0) + 1)) <= slack)
      #expect(abs(box.top - Double(rows.min() ?? 0)) <= slack)
      #expect(abs(box.bottom - Double((rows.max() ?? 0) + 1)) <= slack)
      let isInside = changed.size.height == sample.size.height && masked.count > 150
      guard isInside, columns.min() ?? 0 > 0, columns.max() ?? 0 < width - 1 else { continue }
      let middle = Double(columns.reduce(0, +)) / Double(columns.count)
      #expect(abs(changed.points[0].x - middle) < 1.5)
    }
  }

  @Test("drops boxes that left the image, keeps others within it")
  func drops() {
    let cut = ImageOperation.crop(top: 0, left: 40, height: 60, width: 40, fill: 0)
    #expect(
      sample.applying([cut]).boxes == [.init(left: 0, top: 20, right: 6, bottom: 32, label: 4)])
    #expect(sample.applying([cut], leastArea: 100).boxes.isEmpty)
    let away = ImageOperation.crop(top: 40, left: 0, height: 20, width: 80, fill: 0)
    #expect(sample.applying([away]).boxes.isEmpty)
  }

  @Test("views of an image are its crops and mirror images, averaged alike")
  func viewsForTesting() {
    let values = (0..<12).map(Float.init)
    let image = HostTensor(values, shape: [1, 1, 3, 4])
    let flipped = TestTimeAugmentation.flips.views(of: image)
    #expect(flipped[0] == image)
    #expect(flipped[1].values(as: Float.self).prefix(4) == [3, 2, 1, 0])
    #expect(flipped[2].values(as: Float.self).prefix(4) == [8, 9, 10, 11])
    #expect(flipped[3].values(as: Float.self) == values.reversed())
    let crops = TestTimeAugmentation.tenCrop(side: 2).views(of: image)
    #expect(crops.count == 10 && crops[0].shape == [1, 1, 2, 2])
    #expect(crops[3].values(as: Float.self) == [6, 7, 10, 11])
    // The upper left crop of the mirrored image is the mirrored upper right one.
    #expect(crops[5].values(as: Float.self) == [3, 2, 7, 6])
    let moved = TestTimeAugmentation.shifts(pixels: 1).views(of: image)
    #expect(moved[3].values(as: Float.self).prefix(4) == [1, 2, 3, 3])
    #expect(TestTimeAugmentation.mean([[1, 2], [3, 6]]) == [2, 4])
  }
}
