import Foundation
import HoneNumerics
import HoneRecords
import Testing

@testable import HoneData

@Suite struct AugmentationDrawingTests {
  private static let size = ImageSize(height: 32, width: 40)

  /// One step of every kind.
  static let everyKind: [Augmentation] = [
    .randomCrop(), .randomCrop(padding: 3, mode: .reflect), .randomResizedCrop(),
    .centerCrop(size: 20), .pad(pixels: 3, mode: .edge), .randomZoomOut(probability: 1),
    .horizontalFlip(), .verticalFlip(), .randomTranslate(), .randomRotation(),
    .randomAffine(degrees: 10, translate: [0.1, 0.2], scale: [0.8, 1.2], shear: [-5, 5, -3, 3]),
    .randomPerspective(probability: 1), .elastic(), .brightness(), .contrast(), .saturation(),
    .hue(), .colorJitter(brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1),
    .photometricDistort(), .randomGamma(), .grayscale(probability: 1), .invert(), .posterize(),
    .solarize(), .equalize(), .autocontrast(), .sharpness(), .channelPermutation, .clahe(),
    .gaussianBlur(), .motionBlur(), .medianBlur(), .gaussianNoise(), .saltAndPepper(), .jpeg(),
    .randomErasing(probability: 1, fill: .random), .randomErasing(fill: .constant, value: 2),
    .cutout(size: 9, holes: 2), .gridMask(probability: 1), .mixUp(), .cutMix(), .autoAugment(),
    .autoAugment(policy: .cifar10), .autoAugment(policy: .svhn), .randAugment(),
    .randAugment(magnitude: 9, scale: .timm), .trivialAugment(), .augMix(),
    .oneOf(steps: [.horizontalFlip(), .invert()]),
    .someOf(count: 2, steps: [.brightness(), .contrast(), .hue()]),
    .randomOrder(steps: [.brightness(), .horizontalFlip(probability: 1)]),
    .randomApply(probability: 0.8, steps: [.gaussianBlur(), .jpeg()]),
  ]

  private func draw(_ step: Augmentation, _ sample: Int) -> [ImageOperation] {
    Augmentation.operations([step], size: Self.size, seed: 3, epoch: 2, sample: sample)
  }

  @Test("a sample's operations can be drawn again, and differ from another's", arguments: everyKind)
  func repeats(step: Augmentation) throws {
    let drawn = (0..<40).map { draw(step, $0) }
    #expect(drawn == (0..<40).map { draw(step, $0) })
    let isFixed =
      switch step {
      case .centerCrop, .pad, .grayscale, .mixUp, .cutMix: true
      default: false
      }
    #expect(isFixed || Set(drawn).count > 1)
    let coded = try JSONEncoder().encode(drawn)
    #expect(try JSONDecoder().decode([[ImageOperation]].self, from: coded) == drawn)
    let text = try JSONEncoder().encode(step)
    #expect(try JSONDecoder().decode(Augmentation.self, from: text) == step)
  }

  @Test("every step gives an image of the sample's size with finite pixels", arguments: everyKind)
  func renders(step: Augmentation) throws {
    for channels in [1, 3] {
      var augmenter = ImageAugmenter(
        steps: [step], channels: channels, size: Self.size,
        scale: [Float](repeating: 0.01, count: channels),
        offset: [Float](repeating: -1, count: channels))
      let count = channels * 32 * 40
      let pixels = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 >> 3) }
      for sample in 0..<6 {
        let operations = augmenter.operations(
          RandomStream(seed: 3, "augment", 2, sample), of: Self.size)
        var target = [Float](repeating: .nan, count: count)
        pixels.withUnsafeBufferPointer { buffer in
          guard let base = buffer.baseAddress else { return }
          augmenter.render(
            .init(planes: base, channels: channels, height: 32, width: 40), operations,
            into: &target)
        }
        #expect(target.allSatisfy { $0.isFinite })
      }
    }
  }

  @Test("crops within the area and the ratio that are allowed")
  func cropsWithinBounds() {
    for sample in 0..<300 {
      guard
        case .resizedCrop(let top, let left, let height, let width, 32, 40)? =
          draw(.randomResizedCrop(scale: [0.2, 0.9], ratio: [0.75, 4.0 / 3]), sample).first
      else {
        Issue.record("no box")
        return
      }
      let area = Double(height * width) / (32 * 40)
      let ratio = Double(width) / Double(height)
      #expect(top >= 0 && left >= 0 && top + height <= 32 && left + width <= 40)
      // Whole pixels move both bounds a little.
      #expect((0.17...0.95).contains(area) && (0.7...1.45).contains(ratio))
    }
  }

  @Test("magnitudes mean what each scale says")
  func scales() {
    let size = ImageSize(height: 100, width: 100)
    #expect(MagnitudeSpace.standard.magnitude(.rotate, at: 9.0 / 30, size: size) == 9)
    #expect(MagnitudeSpace.increasing.magnitude(.rotate, at: 0.9, size: size) == 27)
    #expect(MagnitudeSpace.wide.magnitude(.posterize, at: 1, size: size) == 2)
    #expect(MagnitudeSpace.standard.magnitude(.posterize, at: 1, size: size) == 4)
    #expect(MagnitudeSpace.augMix.magnitude(.posterize, at: 0, size: size) == 4)
    #expect(MagnitudeSpace.wide.magnitude(.translateX, at: 1, size: size) == 32)
  }

  @Test("AutoAugment has 25 pairs for each data set", arguments: Augmentation.Policy.allCases)
  func hasPairs(policy: Augmentation.Policy) {
    let pairs = AutoAugmentPolicies.pairs(policy)
    #expect(pairs.count == 25)
    #expect(pairs.allSatisfy { $0.count == 2 })
  }

  @Test("mixing stops before the last epochs, and acts as often as asked")
  func mixesOnTime() throws {
    let mixer = try #require(
      BatchMixer([.mixUp(alpha: 1, offLastEpochs: 2)], classes: 3, epochs: 10))
    func isMixed(_ mixer: BatchMixer, _ epoch: Int, _ number: Int = 0) -> Bool {
      var stream = RandomStream(seed: 1, "mix", epoch, number)
      return mixer.operation(epoch: epoch, shape: [4, 3, 8, 8], stream: &stream) != nil
    }
    #expect((1...8).allSatisfy { isMixed(mixer, $0) })
    #expect(!isMixed(mixer, 9) && !isMixed(mixer, 10))
    let half = try #require(
      BatchMixer([.randomApply(probability: 0.5, steps: [.cutMix()])], classes: 3))
    let count = (0..<400).count { isMixed(half, 1, $0) }
    #expect((150...250).contains(count))
  }
}
