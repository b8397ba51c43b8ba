public import HoneNumerics
import HoneRecords

/// Random changes that detectors are trained with. They look at the boxes or change the image's size,
/// which a classifier's batch does not allow.
extension AnnotatedImage {
  /// Shares of a box that must remain in a crop; the last leaves the image as it is.
  public static let usualOverlaps: [Double] = [0, 0.1, 0.3, 0.5, 0.7, 0.9, 1]

  /// Cuts a random part that holds the middle of a box and enough of one.
  ///
  /// Boxes whose middle is left out are dropped (Liu et al. 2016, arXiv 1512.02325).
  /// - Parameters:
  ///   - scale: the crop's sides, as shares of the image's.
  ///   - ratio: the crop's width over its height.
  ///   - overlaps: one is drawn: the least overlap of the crop with some box; from 1 on the image stays.
  ///   - trials: crops that are tried for one of them before another is drawn.
  ///   - stream: what is drawn from.
  /// - Returns: the image itself where it has no boxes.
  public func overlapCropped(
    scale: ClosedRange<Double> = 0.3...1, ratio: ClosedRange<Double> = 0.5...2,
    overlaps: [Double] = usualOverlaps, trials: Int = 40, using stream: inout RandomStream
  ) -> AnnotatedImage {
    guard !boxes.isEmpty, !overlaps.isEmpty else { return self }
    // An image that no crop fits is left alone after so many draws.
    for _ in 0..<Self.mostDraws {
      let least = overlaps[stream.index(below: overlaps.count)]
      if least >= 1 { return self }
      for _ in 0..<trials {
        let crop = drawnCrop(scale, using: &stream)
        guard crop.width > 0, crop.height > 0,
          ratio.contains(Double(crop.width) / Double(crop.height))
        else { continue }
        let kept = boxes.filter { crop.holdsMiddle(of: $0) }
        let window = crop.box
        guard let best = kept.map({ $0.overlap(with: window) }).max(), best >= least else {
          continue
        }
        var result = self
        result.boxes = kept
        return result.applying([
          .crop(
            top: crop.top, left: crop.left, height: crop.height, width: crop.width, fill: 0)
        ])
      }
    }
    return self
  }

  private static let mostDraws = 1_000

  /// Resizes so that the image fits into a target that was scaled at random.
  ///
  /// Source: Ghiasi et al. 2021, arXiv 2012.07177.
  public func scaleJittered(
    to target: ImageSize, scale: ClosedRange<Double> = 0.1...2, using stream: inout RandomStream
  ) -> AnnotatedImage {
    let drawn = scale.lowerBound + stream.uniform() * (scale.upperBound - scale.lowerBound)
    return resized(by: Self.fit(of: size, into: target) * drawn)
  }

  /// Resizes so that the short side has one of some lengths, drawn at random, and the long side is no
  /// longer than a bound.
  public func shortSideResized(
    to sides: [Int], longest: Int? = nil, using stream: inout RandomStream
  ) -> AnnotatedImage {
    guard !sides.isEmpty else { return self }
    let side = sides[stream.index(below: sides.count)]
    return resized(by: Self.factor(of: size, shortSide: side, longest: longest))
  }

  /// How many times larger an image becomes that just fits into a target.
  static func fit(of size: ImageSize, into target: ImageSize) -> Double {
    min(
      Double(target.height) / Double(size.height), Double(target.width) / Double(size.width))
  }

  /// How many times larger an image becomes whose short side gets a length.
  static func factor(of size: ImageSize, shortSide side: Int, longest: Int?) -> Double {
    let factor = Double(side) / Double(min(size.height, size.width))
    guard let longest else { return factor }
    return min(factor, Double(longest) / Double(max(size.height, size.width)))
  }

  /// Sides times a factor, rounded down, with everything moved along.
  func resized(by factor: Double) -> AnnotatedImage {
    let height = max(1, Int(Double(size.height) * factor))
    let width = max(1, Int(Double(size.width) * factor))
    return applying([.resize(height: height, width: width)], leastArea: 0)
  }

  private func drawnCrop(
    _ scale: ClosedRange<Double>, using stream: inout RandomStream
  ) -> Window {
    func share() -> Double {
      scale.lowerBound + stream.uniform() * (scale.upperBound - scale.lowerBound)
    }
    let width = Int(Double(size.width) * share())
    let height = Int(Double(size.height) * share())
    let left = Int(Double(size.width - width) * stream.uniform())
    let top = Int(Double(size.height - height) * stream.uniform())
    return Window(top: top, left: left, height: height, width: width)
  }

  private struct Window {
    let top, left, height, width: Int

    var box: Box {
      Box(
        left: Double(left), top: Double(top), right: Double(left + width),
        bottom: Double(top + height))
    }

    func holdsMiddle(of other: Box) -> Bool {
      let (x, y) = ((other.left + other.right) / 2, (other.top + other.bottom) / 2)
      let own = box
      return own.left < x && x < own.right && own.top < y && y < own.bottom
    }
  }
}
