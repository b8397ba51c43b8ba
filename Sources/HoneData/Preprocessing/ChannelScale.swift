import CImage
import Foundation
import Synchronization

/// The factor and addend of each channel of an image.
enum ChannelScale {
  /// Learns them from the given images; exact, because it counts values of bytes.
  /// - Parameter leavesOut: whether images that cannot be read are left out.
  static func fit(
    _ images: any ImageSamples, indices: [Int], normalization: Normalization,
    leavesOut: Bool = false
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
      for (channel, histogram) in try histograms(
        images, indices: indices, leavesOut: leavesOut
      ).enumerated() {
        (means[channel], deviations[channel]) = moments(of: histogram)
      }
    }
    return (
      deviations.map { Float(1 / $0) }, zip(means, deviations).map { Float(-$0 / $1) }
    )
  }

  /// Counts of each byte value, channel by channel; on all cores where images must be decoded first.
  static func histograms(
    _ images: any ImageSamples, indices: [Int], leavesOut: Bool = false
  ) throws -> [[UInt64]] {
    let cores = images.needsDecoding ? ProcessInfo.processInfo.activeProcessorCount : 1
    let parts = Mutex([Result<[[UInt64]], any Error>?](repeating: nil, count: cores))
    DispatchQueue.concurrentPerform(iterations: cores) { part in
      let share = stride(from: part, to: indices.count, by: cores).lazy.map { indices[$0] }
      let counts = Result { try count(images, share, leavesOut: leavesOut) }
      parts.withLock { $0[part] = counts }
    }
    var histograms: [[UInt64]] = []
    for part in parts.withLock({ $0 }) {
      guard let counts = try part?.get() else { continue }
      if histograms.isEmpty {
        histograms = counts
      } else {
        for channel in counts.indices {
          for value in 0..<256 { histograms[channel][value] += counts[channel][value] }
        }
      }
    }
    return histograms
  }

  private static func count(
    _ images: any ImageSamples, _ indices: some Sequence<Int>, leavesOut: Bool
  ) throws -> [[UInt64]] {
    let plane = images.height * images.width
    var histograms = [[UInt64]](
      repeating: [UInt64](repeating: 0, count: 256), count: images.channels)
    for index in indices {
      do {
        try images.withPixels(of: index) { pixels in
          for channel in 0..<images.channels {
            histograms[channel].withUnsafeMutableBufferPointer { histogram in
              cimage_histogram(pixels + channel * plane, plane, histogram.baseAddress)
            }
          }
        }
      } catch let cause as DataError {
        if !leavesOut { throw DataError.badSample(index: index, cause: cause) }
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
