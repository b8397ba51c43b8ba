import CImage
import Testing

@testable import HoneData

@Suite struct ArrayPicturesTests {
  private func pixels(_ data: Dataset, _ index: Int) throws -> [UInt8] {
    guard case .images(let images) = data.samples else { return [] }
    return try images.withPixels(of: index) {
      Array(UnsafeBufferPointer(start: $0, count: images.channels * images.height * images.width))
    }
  }

  private func digits(side: Int? = nil, channels: Int? = nil) throws -> Dataset {
    var options = DataOptions()
    options.arraySize = side
    options.imageChannels = channels
    return try DataSource.open("digits", options: options)
  }

  @Test("arrays keep their size and their range where nothing else is wished for")
  func untouched() throws {
    let data = try digits()
    #expect(data.sampleShape == [1, 8, 8])
    #expect(data.reading.imageMaximum == 16)
    #expect(try digits(side: 8).sampleShape == [1, 8, 8])
    #expect(try digits(side: 8).reading.imageMaximum == 16)
  }

  @Test("arrays are resized as photos are, over the range of photos")
  func resizes() throws {
    let plain = try digits()
    let data = try digits(side: 20)
    #expect(data.sampleShape == [1, 20, 20])
    #expect(data.reading.imageMaximum == 255)
    #expect(data.labels == plain.labels)
    #expect(!data.hasImageFiles)
    let original = try pixels(plain, 3)
    let triples = original.flatMap { [UInt8](repeating: UInt8((Int($0) * 255 + 8) / 16), count: 3) }
    let expected = try triples.withUnsafeBufferPointer { buffer in
      var target = [UInt8](repeating: 0, count: 400)
      let base = try #require(buffer.baseAddress)
      let (from, to) = (ImageSize(height: 8, width: 8), ImageSize(height: 20, width: 20))
      try ImageDecoder.fit(
        base, of: from, PicturePlacement(of: from, in: to, fit: .crop, resize: nil),
        filter: .bilinear, channels: 1, to: to, into: &target)
      return target
    }
    #expect(try pixels(data, 3) == expected)
    #expect(Set(expected).count > 10)
  }

  @Test("a grey plane stands for three, and its size stays where none is given")
  func repeatsChannels() throws {
    let data = try digits(channels: 3)
    #expect(data.sampleShape == [3, 8, 8])
    let found = try pixels(data, 5)
    let plain = try pixels(digits(), 5).map { UInt8((Int($0) * 255 + 8) / 16) }
    #expect(found == plain + plain + plain)
  }

  @Test("what a model's reading says is done to arrays that it predicts on")
  func repeatsReading() throws {
    let reading = try digits(side: 20, channels: 3).reading
    #expect(reading.arraySize == 20)
    #expect(try DataSource.open("digits", options: reading).sampleShape == [3, 20, 20])
  }

  @Test("arrays of the same values give the same pictures again")
  func repeats() throws {
    let data = try digits(side: 31)
    #expect(try pixels(data, 9) == pixels(data, 9))
    #expect(try pixels(data, 9) == pixels(digits(side: 31), 9))
  }
}
