import CImage

/// The factor and addend of each channel of an image.
enum ChannelScale {
  /// Learns them from the given images; exact, because it counts values of bytes.
  static func fit(
    _ images: any ImageSamples, indices: [Int], normalization: Normalization
  ) throws -> (scale: [Float], offset: [Float]) {
    let channels = images.channels
    let unit = 1 / Double(images.maximum)
    var means = [Double](repeating: 0, count: channels)
    var deviations = [Double](repeating: 1, count: channels)
    switch normalization {
    case .none: break
    case .unit: deviations = [Double](repeating: 1 / unit, count: channels)
    case .explicit(let mean, let deviation):
      guard mean.count == channels, deviation.count == channels,
        deviation.allSatisfy({ $0 > 0 })
      else { throw DataError.badNormalization(found: mean.count, expected: channels) }
      means = mean.map { $0 / unit }
      deviations = deviation.map { $0 / unit }
    case .standardize:
      for (channel, histogram) in try histograms(images, indices: indices).enumerated() {
        (means[channel], deviations[channel]) = moments(of: histogram)
      }
    }
    return (
      deviations.map { Float(1 / $0) }, zip(means, deviations).map { Float(-$0 / $1) }
    )
  }

  /// Counts of each byte value, channel by channel.
  static func histograms(
    _ images: any ImageSamples, indices: [Int]
  ) throws -> [[UInt64]] {
    let plane = images.height * images.width
    var histograms = [[UInt64]](
      repeating: [UInt64](repeating: 0, count: 256), count: images.channels)
    for index in indices {
      try images.withPixels(of: index) { pixels in
        for channel in 0..<images.channels {
          histograms[channel].withUnsafeMutableBufferPointer { histogram in
            cimage_histogram(pixels + channel * plane, plane, histogram.baseAddress)
          }
        }
      }
    }
    return histograms
  }

  /// The mean and standard deviation of counted values; a deviation of zero becomes 1.
  static func moments(of histogram: [UInt64]) -> (mean: Double, deviation: Double) {
    let total = Double(max(1, histogram.reduce(0, +)))
    var mean = 0.0
    for (value, count) in histogram.enumerated() { mean += Double(value) * Double(count) / total }
    var variance = 0.0
    for (value, count) in histogram.enumerated() {
      let distance = Double(value) - mean
      variance += distance * distance * Double(count) / total
    }
    return (mean, variance > 0 ? variance.squareRoot() : 1)
  }
}
