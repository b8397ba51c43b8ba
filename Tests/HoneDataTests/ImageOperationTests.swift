import CImage
import Foundation
import HoneNumerics
import HoneRecords
import Testing

@testable import HoneData

/// Operations against torchvision's functions; `Tools/golden/augmentation.py` wrote the pixels.
@Suite struct ImageOperationTests {
  private struct Case: Decodable {
    let name: String
    let operation: ImageOperation
    let height: Int
    let width: Int
  }

  private let cases: [Case]
  private let tensors: [String: HostTensor]
  private static let size = ImageSize(height: 40, width: 48)

  /// Shares of pixels that may differ by more than one step: nearest pixels and truncated products lie on
  /// either side of a half where torchvision sums in another order.
  private static let tolerated: [String: Double] = [
    "rotate-nearest": 0.004, "affine-nearest": 0.004, "shear-corner": 0.004,
    "perspective-nearest": 0.004, "jpeg-40": 0.02,
  ]
  private static let exact = [
    "flip", "pad", "posterize", "solarize", "invert", "equalize", "permute",
  ]

  init() throws {
    cases = try JSONDecoder().decode(
      [Case].self, from: Data(Fixtures.bytes("augmentation.json")))
    tensors = try Safetensors(
      contentsOf: Fixtures.folder.appendingPathComponent("augmentation.safetensors").path
    ).tensors
  }

  private func pixels(_ name: String) throws -> [UInt8] {
    try #require(tensors[name]).values(as: UInt8.self)
  }

  private func applied(_ operations: [ImageOperation], to input: [UInt8]) -> [UInt8] {
    input.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return [] }
      var canvas = ImageCanvas(channels: 3)
      canvas.begin(cimage_source(planes: base, channels: 3, height: 40, width: 48))
      for operation in operations { canvas.apply(operation) }
      return canvas.planes()
    }
  }

  @Test("gives torchvision's pixels")
  func matchesTorchvision() throws {
    let input = try pixels("input")
    #expect(cases.count > 40)
    for sample in cases {
      let found = applied([sample.operation], to: input)
      let expected = try pixels(sample.name)
      #expect(sample.operation.size(from: Self.size).height == sample.height, "\(sample.name)")
      try #require(found.count == expected.count, "\(sample.name)")
      let isExact = Self.exact.contains { sample.name.hasPrefix($0) }
      let far = zip(found, expected).count { abs(Int($0) - Int($1)) > (isExact ? 0 : 1) }
      let allowed = Self.tolerated[sample.name] ?? 0
      #expect(
        Double(far) <= allowed * Double(found.count),
        "\(sample.name): \(far) of \(found.count) differ")
    }
  }

  @Test("is written as it is read")
  func codes() throws {
    for sample in cases {
      let coded = try JSONEncoder().encode(sample.operation)
      #expect(try JSONDecoder().decode(ImageOperation.self, from: coded) == sample.operation)
    }
  }

  @Test("notes crops and flips, and shows the same as doing each")
  func composesWindows() throws {
    let input = try pixels("input")
    let noted: [ImageOperation] = [
      .crop(top: 3, left: -4, height: 40, width: 48, fill: 9), .flipHorizontally,
      .crop(top: 5, left: 6, height: 30, width: 31, fill: 9), .flipVertically,
      .crop(top: -2, left: 2, height: 33, width: 31, fill: 9), .flipHorizontally,
    ]
    // A posterisation to all bits changes nothing and makes each step happen.
    let done = noted.flatMap { [$0, ImageOperation.sharpness(factor: 1)] }
    #expect(applied(noted, to: input) == applied(done, to: input))
  }

  @Test("blends chains by their shares")
  func blends() throws {
    let input = try pixels("input")
    let flipped = applied([.flipHorizontally], to: input)
    let mixed = applied(
      [.blend(share: 0.25, chains: [[.flipHorizontally], []], shares: [0.5, 0.25])], to: input)
    for (index, value) in mixed.enumerated() {
      #expect(Int(value) == (Int(input[index]) + Int(flipped[index])) / 2)
    }
  }

  @Test("spoils pictures in measure, the same for the same key")
  func spoils() throws {
    let input = try pixels("input")
    let noise = applied([.gaussianNoise(mean: 0, sigma: 0.1, key: 4)], to: input)
    #expect(noise == applied([.gaussianNoise(mean: 0, sigma: 0.1, key: 4)], to: input))
    #expect(noise != applied([.gaussianNoise(mean: 0, sigma: 0.1, key: 5)], to: input))
    let inner = zip(noise, input).filter { $1 > 90 && $1 < 160 }.map { Double($0) - Double($1) }
    let spread = (inner.reduce(0) { $0 + $1 * $1 } / Double(inner.count)).squareRoot()
    // Truncation towards zero takes some of 25.5 away.
    #expect(abs(spread - 25.5) < 1.5)
    let salted = applied([.saltAndPepper(share: 0.1, key: 1)], to: input)
    let changed = (0..<1920).count { salted[$0] != input[$0] }
    #expect(abs(Double(changed) / 1920 - 0.1) < 0.035)
    #expect(applied([.medianBlur(size: 1)], to: input) == input)
    #expect(applied([.motionBlur(size: 1, degrees: 30)], to: input) == input)
    let still = ImageOperation.elastic(
      alpha: 0, sigma: 5, key: 1, interpolation: .bilinear, fill: 0)
    #expect(applied([still], to: input) == input)
  }

  @Test("equalises within tiles: contrast grows where light hardly varies")
  func equalizesTiles() throws {
    let count = 3 * 40 * 48
    let dim: [UInt8] = (0..<count).map { (index: Int) -> UInt8 in UInt8(100 + index % 7) }
    let found = applied([.clahe(limit: 40, tiles: 4)], to: dim)
    let range = Int(found.max() ?? 0) - Int(found.min() ?? 0)
    #expect(range > 150)
    let flat = [UInt8](repeating: 77, count: count)
    #expect(Set(applied([.clahe(limit: 2, tiles: 8)], to: flat)).count == 1)
  }
}
