import Foundation
import HoneNumerics
import HoneRecords

extension OperationDraft {
  /// Draws a step of geometry; false where it is of another family.
  mutating func drawGeometry(_ step: Augmentation) -> Bool {
    switch step {
    case .randomCrop(let padding, let mode, let fill): drawCrop(padding, mode, fill)
    case .randomResizedCrop(let scale, let ratio): drawResizedCrop(scale: scale, ratio: ratio)
    case .centerCrop(let side):
      add(
        .crop(
          top: Int((Double(size.height - side) / 2).rounded(.toNearestOrEven)),
          left: Int((Double(size.width - side) / 2).rounded(.toNearestOrEven)), height: side,
          width: side, fill: 0))
    case .pad(let pixels, let mode, let fill):
      add(.pad(top: pixels, left: pixels, bottom: pixels, right: pixels, mode: mode, fill: fill))
    case .randomZoomOut(let scale, let probability, let fill):
      if happens(probability) { drawZoomOut(scale, fill) }
    case .horizontalFlip(let probability):
      if happens(probability) { add(.flipHorizontally) }
    case .verticalFlip(let probability):
      if happens(probability) { add(.flipVertically) }
    case .randomTranslate(let pixels):
      let top = whole(to: 2 * pixels) - pixels
      let left = whole(to: 2 * pixels) - pixels
      add(.crop(top: top, left: left, height: size.height, width: size.width, fill: 0))
    case .randomRotation(let degrees, let interpolation, let fill):
      let angle = uniform([-degrees, degrees])
      add(.rotate(degrees: angle, interpolation: interpolation, fill: fill))
    case .randomAffine(
      let degrees, let translate, let scale, let shear, let interpolation, let fill):
      let angle = uniform([-degrees, degrees])
      let across = (translate.first ?? 0) * Double(size.width)
      let down = (translate.last ?? 0) * Double(size.height)
      let shift = [uniform([-across, across]).rounded(), uniform([-down, down]).rounded()]
      let factor = uniform(scale)
      add(
        .affine(
          degrees: angle, shift: shift, scale: factor, shear: drawnShear(shear), fromCorner: false,
          interpolation: interpolation, fill: fill))
    case .randomPerspective(let distortion, let probability, let interpolation, let fill):
      if happens(probability) { drawPerspective(distortion, interpolation, fill) }
    case .elastic(let alpha, let sigma, let interpolation, let fill):
      add(
        .elastic(
          alpha: alpha, sigma: sigma, key: stream.next(), interpolation: interpolation, fill: fill))
    default: return false
    }
    return true
  }

  /// A range across, and one down where four numbers are given.
  private mutating func drawnShear(_ ranges: [Double]) -> [Double] {
    let across = uniform(Array(ranges.prefix(2)))
    return [across, ranges.count == 4 ? uniform(Array(ranges.suffix(2))) : 0]
  }

  private mutating func drawCrop(_ padding: Int, _ mode: Augmentation.Padding, _ fill: Double) {
    let (height, width) = (size.height, size.width)
    let top = whole(to: 2 * padding)
    let left = whole(to: 2 * padding)
    if mode == .constant {
      add(
        .crop(top: top - padding, left: left - padding, height: height, width: width, fill: fill))
      return
    }
    add(
      .pad(top: padding, left: padding, bottom: padding, right: padding, mode: mode, fill: fill))
    add(.crop(top: top, left: left, height: height, width: width, fill: fill))
  }

  /// Ten tries; then the largest middle box whose ratio is allowed.
  private mutating func drawResizedCrop(scale: [Double], ratio: [Double]) {
    let (width, height) = (Double(size.width), Double(size.height))
    let (low, high) = (ratio.first ?? 1, ratio.last ?? 1)
    for _ in 0..<10 {
      let area = width * height * uniform(scale)
      let sides = exp(uniform([log(low), log(high)]))
      let boxWidth = Int((area * sides).squareRoot().rounded(.toNearestOrEven))
      let boxHeight = Int((area / sides).squareRoot().rounded(.toNearestOrEven))
      guard boxWidth > 0, boxHeight > 0, boxWidth <= size.width, boxHeight <= size.height else {
        continue
      }
      let top = whole(to: size.height - boxHeight)
      let left = whole(to: size.width - boxWidth)
      addResizedCrop(top: top, left: left, height: boxHeight, width: boxWidth)
      return
    }
    let own = width / height
    let boxWidth = own > high ? Int((height * high).rounded(.toNearestOrEven)) : size.width
    let boxHeight = own < low ? Int((width / low).rounded(.toNearestOrEven)) : size.height
    addResizedCrop(
      top: (size.height - boxHeight) / 2, left: (size.width - boxWidth) / 2,
      height: max(1, min(boxHeight, size.height)), width: max(1, min(boxWidth, size.width)))
  }

  private mutating func addResizedCrop(top: Int, left: Int, height: Int, width: Int) {
    add(
      .resizedCrop(
        top: top, left: left, height: height, width: width, targetHeight: target.height,
        targetWidth: target.width))
  }

  private mutating func drawZoomOut(_ scale: [Double], _ fill: Double) {
    let factor = uniform(scale)
    let height = Int(Double(size.height) * factor)
    let width = Int(Double(size.width) * factor)
    let left = Int(Double(width - size.width) * stream.uniform())
    let top = Int(Double(height - size.height) * stream.uniform())
    add(
      .pad(
        top: top, left: left, bottom: height - size.height - top, right: width - size.width - left,
        mode: .constant, fill: fill))
  }

  private mutating func drawPerspective(
    _ distortion: Double, _ interpolation: Augmentation.Interpolation, _ fill: Double
  ) {
    let across = Int(distortion * Double(size.width / 2))
    let down = Int(distortion * Double(size.height / 2))
    let (right, bottom) = (size.width - 1, size.height - 1)
    var corners = [whole(to: across), whole(to: down)]
    corners += [right - whole(to: across), whole(to: down)]
    corners += [right - whole(to: across), bottom - whole(to: down)]
    corners += [whole(to: across), bottom - whole(to: down)]
    add(.perspective(corners: corners, interpolation: interpolation, fill: fill))
  }
}
