import CImage
import Foundation

/// Random offsets of every pixel, smoothed by a Gaussian.
///
/// As in torchvision the offsets are uniform, in halves of a pixel times `alpha` before the smoothing, and
/// the kernel reaches four deviations to either side.
struct ElasticField {
  let across: [Float]
  let down: [Float]

  init(size: ImageSize, alpha: Double, sigma: Double, key: UInt64) {
    across = ElasticField.plane(size, alpha, sigma, key)
    down = ElasticField.plane(size, alpha, sigma, key ^ 0x9E37_79B9_7F4A_7C15)
  }

  private static func plane(
    _ size: ImageSize, _ alpha: Double, _ sigma: Double, _ key: UInt64
  ) -> [Float] {
    let count = size.height * size.width
    var field = [Float](repeating: 0, count: count)
    cimage_signed_uniform(key, count, &field)
    if sigma > 0 {
      let weights = GaussianWeights.normalized(count: Int(8 * sigma + 1) | 1, sigma: sigma)
      let isDone = cimage_field_smooth(
        &field, Int32(size.height), Int32(size.width), weights, Int32(weights.count))
      if isDone == 0 { fatalError("No memory to smooth a field of \(size).") }
    }
    // A displacement of 1 in torchvision's coordinates is half a side.
    let scale = Float(alpha / 2)
    for index in field.indices { field[index] *= scale }
    return field
  }
}
