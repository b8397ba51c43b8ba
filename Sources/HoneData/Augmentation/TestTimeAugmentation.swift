public import HoneNumerics

/// Predictions from several views of each image, averaged.
///
/// ```swift
/// let views = TestTimeAugmentation.horizontalFlip.views(of: batch)
/// let mean = TestTimeAugmentation.mean(views.map { probabilities(of: $0) })
/// ```
public enum TestTimeAugmentation: Sendable, Hashable {
  /// The image and its mirror image.
  case horizontalFlip
  /// The image, mirrored across, down and both ways.
  case flips
  /// The four corners and the middle, of a side.
  case fiveCrop(side: Int)
  /// The five crops and their mirror images, as torchvision's `TenCrop` has them.
  case tenCrop(side: Int)
  /// The image and its shifts by so many pixels in the four directions, the edge repeated.
  case shifts(pixels: Int)

  /// One view: a box of the image, from which pixels may be asked beyond its edge, and its turning.
  private struct View {
    var top = 0
    var left = 0
    var mirrored = false
    var flipped = false
  }

  /// The views of normalised images.
  ///
  /// - Parameter images: floats, `[batch, channels, height, width]`.
  /// - Returns: a batch for each view, the unchanged one or the upper left crop first.
  /// - Precondition: crops are no larger than the images.
  public func views(of images: HostTensor) -> [HostTensor] {
    guard images.shape.count == 4, images.dtype == .float32 else {
      fatalError(
        "Test-time augmentation got \(images.dtype) \(images.shape); it takes float32 images of "
          + "[batch, channels, height, width].")
    }
    let (height, width) = (images.shape[2], images.shape[3])
    switch self {
    case .horizontalFlip:
      return [View(), View(mirrored: true)].map { cut($0, images, height, width) }
    case .flips:
      let turned = [
        View(), View(mirrored: true), View(flipped: true), View(mirrored: true, flipped: true),
      ]
      return turned.map { cut($0, images, height, width) }
    case .shifts(let pixels):
      let moved = [
        View(), View(top: pixels), View(top: -pixels), View(left: pixels), View(left: -pixels),
      ]
      return moved.map { cut($0, images, height, width) }
    case .fiveCrop(let side): return crops(side, height, width).map { cut($0, images, side, side) }
    case .tenCrop(let side):
      let five = crops(side, height, width)
      let mirrored = five.map { view in
        View(top: view.top, left: width - side - view.left, mirrored: true)
      }
      return (five + mirrored).map { cut($0, images, side, side) }
    }
  }

  /// The mean of each number over the views.
  ///
  /// - Precondition: all views have as many numbers.
  public static func mean(_ outputs: [[Float]]) -> [Float] {
    guard let first = outputs.first else { return [] }
    guard outputs.allSatisfy({ $0.count == first.count }) else {
      fatalError("Views gave \(outputs.map(\.count)) numbers; they must give as many.")
    }
    return first.indices.map { index in
      outputs.reduce(0) { $0 + $1[index] } / Float(outputs.count)
    }
  }

  private func crops(_ side: Int, _ height: Int, _ width: Int) -> [View] {
    guard side <= height, side <= width else {
      fatalError("Crops of \(side) do not fit into images of \(height) x \(width).")
    }
    let (bottom, right) = (height - side, width - side)
    let top = Int((Double(bottom) / 2).rounded(.toNearestOrEven))
    let left = Int((Double(right) / 2).rounded(.toNearestOrEven))
    return [
      View(), View(left: right), View(top: bottom), View(top: bottom, left: right),
      View(top: top, left: left),
    ]
  }

  private func cut(_ view: View, _ images: HostTensor, _ rows: Int, _ columns: Int) -> HostTensor {
    let (height, width) = (images.shape[2], images.shape[3])
    let planes = images.shape[0] * images.shape[1]
    let values = images.values(as: Float.self)
    var result: [Float] = []
    result.reserveCapacity(planes * rows * columns)
    for plane in 0..<planes {
      for row in 0..<rows {
        let line = view.top + (view.flipped ? rows - 1 - row : row)
        let start = (plane * height + max(0, min(height - 1, line))) * width
        for column in 0..<columns {
          let place = view.left + (view.mirrored ? columns - 1 - column : column)
          result.append(values[start + max(0, min(width - 1, place))])
        }
      }
    }
    return HostTensor(result, shape: [images.shape[0], images.shape[1], rows, columns])
  }
}
