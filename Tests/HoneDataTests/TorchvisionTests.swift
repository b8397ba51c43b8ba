import CImage
import Foundation
import HoneNumerics
import Testing

@testable import HoneData

/// Pixels against torchvision 0.28 where the data folder holds them.
@Suite(
  .enabled(if: Fixtures.hasData("golden-torchvision"), "HONE_DATA has no golden-torchvision"))
struct TorchvisionTests {
  private let tensors: [String: HostTensor]
  private let input: [UInt8]
  private let height = 90
  private let width = 96

  init() throws {
    let home = try #require(Fixtures.home)
    let file = home.appendingPathComponent("golden-torchvision/golden.safetensors")
    tensors = try Safetensors(contentsOf: file.path).tensors
    input = try #require(tensors["input"]).values(as: UInt8.self)
  }

  private func expected(_ name: String) throws -> [UInt8] {
    try #require(tensors[name]).values(as: UInt8.self)
  }

  private func largestDifference(_ first: [UInt8], _ second: [UInt8]) -> Int {
    guard first.count == second.count else { return .max }
    return zip(first, second).map { abs(Int($0) - Int($1)) }.max() ?? 0
  }

  private func interleaved(_ planes: [UInt8], height: Int, width: Int) -> [UInt8] {
    (0..<(height * width)).flatMap { pixel in (0..<3).map { planes[$0 * height * width + pixel] } }
  }

  @Test(
    "resizes with antialiasing to within one step",
    arguments: [
      ("resize_down_bilinear_aa", 40, 37), ("resize_up_bilinear_aa", 133, 150),
      ("resize_mix_bilinear_aa", 40, 150),
    ])
  func resizes(name: String, targetHeight: Int, targetWidth: Int) throws {
    let picture = Picture(
      width: width, height: height, isGrey: false,
      pixels: interleaved(input, height: height, width: width))
    let resized = try ImageDecoder.resize(picture, width: targetWidth, height: targetHeight)
    let reference = interleaved(
      try expected(name), height: targetHeight, width: targetWidth)
    #expect(largestDifference(resized, reference) <= 1)
  }

  @Test("flips and crops exactly")
  func flipsAndCrops() throws {
    var window = cimage_window(
      top: 0, left: 0, mirrored: 1, flipped: 0, height: Int32(height), width: Int32(width),
      border: 0)
    #expect(cut(window) == (try expected("hflip")))
    // Padding is a window that begins outside: left 5, top 3, right 9, bottom 2, value 17.
    window = cimage_window(
      top: -3, left: -5, mirrored: 0, flipped: 0, height: 95, width: 110, border: 0x111111)
    #expect(cut(window) == (try expected("pad_constant")))
    window = cimage_window(
      top: 20, left: 16, mirrored: 0, flipped: 0, height: 51, width: 64, border: 0)
    #expect(largestDifference(cut(window), try expected("center_crop_inside")) == 0)
  }

  private func cut(_ window: cimage_window) -> [UInt8] {
    let count = Int(window.height) * Int(window.width)
    var words = [UInt32](repeating: 0, count: height * width)
    input.withUnsafeBufferPointer {
      let planes = cimage_source(
        base: $0.baseAddress, height: Int32(height), width: Int32(width), channels: 3, row: width,
        pixel: 1, channel: height * width)
      cimage_words_from(planes, &words)
    }
    var result = [UInt32](repeating: 1, count: count)
    cimage_words_cut(words, Int32(height), Int32(width), window, &result)
    var target = [UInt8](repeating: 1, count: 3 * count)
    cimage_words_to_planes(result, count, 3, &target)
    return target
  }

  @Test("normalises to single precision")
  func normalizes() throws {
    let mean: [Float] = [0.485, 0.456, 0.406]
    let deviation: [Float] = [0.229, 0.224, 0.225]
    var target = [Float](repeating: 0, count: input.count)
    let window = cimage_window(
      top: 0, left: 0, mirrored: 0, flipped: 0, height: Int32(height), width: Int32(width),
      border: 0)
    cimage_normalize(
      input, 3, Int32(height), Int32(width), window, deviation.map { 1 / (255 * $0) },
      zip(mean, deviation).map { -$0 / $1 }, &target)
    let reference = try #require(tensors["normalize"]).values(as: Float.self)
    // Two roundings against three, of numbers up to 2.6.
    #expect(zip(target, reference).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test("mixes images and labels as MixUp and CutMix do")
  func mixes() throws {
    let plain = input.map { Float($0) / 255 }
    let images = [plain, try light(of: "hflip"), try light(of: "vflip")].flatMap { $0 }
    var mixed = images
    BatchMixer.blend(&mixed, batch: 3, size: 3 * height * width, share: 0.3)
    #expect(isClose(mixed, try #require(tensors["mixup_images"]).values(as: Float.self)))
    mixed = images
    let box = BatchMixer.box(shape: [3, 3, height, width], share: 0.3, column: 80, row: 10)
    guard case .cutMix(let top, let left, let boxHeight, let boxWidth, let share) = box else {
      Issue.record("a box was asked for")
      return
    }
    BatchMixer.paste(
      &mixed, shape: [3, 3, height, width], rows: top..<(top + boxHeight),
      columns: left..<(left + boxWidth))
    #expect(isClose(mixed, try #require(tensors["cutmix_images"]).values(as: Float.self)))
    let labels = BatchMixer.mixedLabels([2, 0, 1], classes: 4, share: Float(share))
    #expect(isClose(labels, try #require(tensors["cutmix_labels"]).values(as: Float.self)))
  }

  private func light(of name: String) throws -> [Float] {
    try expected(name).map { Float($0) / 255 }
  }

  private func isClose(_ first: [Float], _ second: [Float]) -> Bool {
    first.count == second.count && zip(first, second).allSatisfy { abs($0 - $1) < 1e-6 }
  }
}
