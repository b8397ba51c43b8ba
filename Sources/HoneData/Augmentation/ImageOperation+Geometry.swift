import Foundation
import HoneRecords

/// A projective map of the plane, `(m0 x + m1 y + m2, m3 x + m4 y + m5) / (m6 x + m7 y + m8)`, in pixels
/// from the middle of the upper left one.
struct PlaneMap {
  /// Nine numbers, row by row.
  let numbers: [Double]

  init(_ numbers: [Double]) { self.numbers = numbers }

  /// Two maps, one after the other.
  func after(_ first: PlaneMap) -> PlaneMap {
    var product = [Double](repeating: 0, count: 9)
    for row in 0..<3 {
      for column in 0..<3 {
        for k in 0..<3 {
          product[row * 3 + column] += numbers[row * 3 + k] * first.numbers[k * 3 + column]
        }
      }
    }
    return PlaneMap(product)
  }

  var inverse: PlaneMap {
    let m = numbers
    let determinant =
      m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6])
      + m[2] * (m[3] * m[7] - m[4] * m[6])
    let scale = determinant == 0 ? 0 : 1 / determinant
    let adjugate: [Double] = [
      m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
      m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
      m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3],
    ]
    return PlaneMap(adjugate.map { $0 * scale })
  }

  /// The map with a last number of 1, as passes over pixels take it.
  var normalized: [Double] {
    numbers.map { $0 / numbers[8] }
  }

  func callAsFunction(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
    let depth = numbers[6] * x + numbers[7] * y + numbers[8]
    return (
      (numbers[0] * x + numbers[1] * y + numbers[2]) / depth,
      (numbers[3] * x + numbers[4] * y + numbers[5]) / depth
    )
  }

  /// Shears, scales and rotates clockwise about a centre, then shifts: `T C R S SHy SHx C^-1`.
  static func affine(
    degrees: Double, shift: [Double], scale: Double, shear: [Double], center: (Double, Double)
  ) -> PlaneMap {
    let turn = degrees * .pi / 180
    let across = shear[0] * .pi / 180
    let down = shear[1] * .pi / 180
    let first = cos(turn - down) / cos(down)
    let second = -(first * tan(across) + sin(turn))
    let third = sin(turn - down) / cos(down)
    let fourth = cos(turn) - third * tan(across)
    let (a, b, c, d) = (first * scale, second * scale, third * scale, fourth * scale)
    return PlaneMap([
      a, b, center.0 + shift[0] - a * center.0 - b * center.1,
      c, d, center.1 + shift[1] - c * center.0 - d * center.1,
      0, 0, 1,
    ])
  }

  /// The map that brings the corners of an image to four others.
  static func perspective(corners: [Int], size: ImageSize) -> PlaneMap {
    let (right, bottom) = (Double(size.width - 1), Double(size.height - 1))
    let square = unitSquare(to: corners.map(Double.init))
    let shrink = PlaneMap([1 / max(right, 1), 0, 0, 0, 1 / max(bottom, 1), 0, 0, 0, 1])
    // Corners are named in pixels and meant from the corner of the first one, as torchvision has it.
    let half = PlaneMap([1, 0, 0.5, 0, 1, 0.5, 0, 0, 1])
    return half.inverse.after(square).after(shrink).after(half)
  }

  /// Heckbert's map of the unit square to a quadrilateral (1989).
  private static func unitSquare(to corners: [Double]) -> PlaneMap {
    let (x0, y0, x1, y1) = (corners[0], corners[1], corners[2], corners[3])
    let (x2, y2, x3, y3) = (corners[4], corners[5], corners[6], corners[7])
    let (dx1, dx2, sx) = (x1 - x2, x3 - x2, x0 - x1 + x2 - x3)
    let (dy1, dy2, sy) = (y1 - y2, y3 - y2, y0 - y1 + y2 - y3)
    let area = dx1 * dy2 - dx2 * dy1
    let g = (sx * dy2 - dx2 * sy) / area
    let h = (dx1 * sy - sx * dy1) / area
    return PlaneMap([
      x1 - x0 + g * x1, x3 - x0 + h * x3, x0,
      y1 - y0 + g * y1, y3 - y0 + h * y3, y0,
      g, h, 1,
    ])
  }
}

extension ImageOperation {
  /// Where pixels of an image of a size go; nil where they stay or no projective map says it.
  func map(of size: ImageSize) -> PlaneMap? {
    let (right, bottom) = (Double(size.width - 1), Double(size.height - 1))
    switch self {
    case .crop(let top, let left, _, _, _):
      return PlaneMap([1, 0, Double(-left), 0, 1, Double(-top), 0, 0, 1])
    case .pad(let top, let left, _, _, _, _):
      return PlaneMap([1, 0, Double(left), 0, 1, Double(top), 0, 0, 1])
    case .resize(let height, let width):
      return ImageOperation.scaling(from: size, to: ImageSize(height: height, width: width))
    case .resizedCrop(let top, let left, let height, let width, let newHeight, let newWidth):
      let shift = PlaneMap([1, 0, Double(-left), 0, 1, Double(-top), 0, 0, 1])
      let scaling = ImageOperation.scaling(
        from: ImageSize(height: height, width: width),
        to: ImageSize(height: newHeight, width: newWidth))
      return scaling.after(shift)
    case .flipHorizontally: return PlaneMap([-1, 0, right, 0, 1, 0, 0, 0, 1])
    case .flipVertically: return PlaneMap([1, 0, 0, 0, -1, bottom, 0, 0, 1])
    case .rotate(let degrees, _, _):
      return .affine(
        degrees: -degrees, shift: [0, 0], scale: 1, shear: [0, 0],
        center: (right / 2, bottom / 2))
    case .affine(let degrees, let shift, let scale, let shear, let fromCorner, _, _):
      // The corner of the first pixel is half a pixel from its middle.
      return .affine(
        degrees: degrees, shift: shift, scale: scale, shear: shear,
        center: fromCorner ? (-0.5, -0.5) : (right / 2, bottom / 2))
    case .perspective(let corners, _, _): return .perspective(corners: corners, size: size)
    default: return nil
    }
  }

  private static func scaling(from size: ImageSize, to target: ImageSize) -> PlaneMap {
    let across = Double(target.width) / Double(size.width)
    let down = Double(target.height) / Double(size.height)
    return PlaneMap([across, 0, across / 2 - 0.5, 0, down, down / 2 - 0.5, 0, 0, 1])
  }
}
