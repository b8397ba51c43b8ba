import Foundation
import HoneNumerics
import HoneRecords

extension OperationDraft {
  /// Draws a step that erases; false where it is of another family.
  mutating func drawErasing(_ step: Augmentation) -> Bool {
    switch step {
    case .randomErasing(let probability, let scale, let ratio, let fill, let value):
      if happens(probability) { drawBox(scale, ratio, fill, value) }
    case .cutout(let side, let holes): for _ in 0..<holes { drawHole(side) }
    case .gridMask(let kept, let period, let probability):
      if happens(probability) { drawGrid(kept, period) }
    default: return false
    }
    return true
  }

  /// Ten tries for a box that is smaller than the image both ways.
  private mutating func drawBox(
    _ scale: [Double], _ ratio: [Double], _ fill: Augmentation.ErasingFill, _ value: Double
  ) {
    let (low, high) = (log(ratio.first ?? 1), log(ratio.last ?? 1))
    for _ in 0..<10 {
      let area = Double(target.height * target.width) * uniform(scale)
      let sides = exp(uniform([low, high]))
      let height = Int((area * sides).squareRoot().rounded(.toNearestOrEven))
      let width = Int((area / sides).squareRoot().rounded(.toNearestOrEven))
      guard height > 0, width > 0, height < target.height, width < target.width else { continue }
      let key = fill == .random ? stream.next() : 0
      let top = whole(to: target.height - height)
      let left = whole(to: target.width - width)
      add(
        .erase(
          top: top, left: left, height: height, width: width, fill: fill, value: value, key: key))
      return
    }
  }

  /// A square about a centre anywhere, clipped.
  private mutating func drawHole(_ side: Int) {
    let top = stream.index(below: target.height) - side / 2
    let left = stream.index(below: target.width) - side / 2
    let rows = max(0, top)..<min(target.height, top + side)
    let columns = max(0, left)..<min(target.width, left + side)
    add(
      .erase(
        top: rows.lowerBound, left: columns.lowerBound, height: rows.count, width: columns.count,
        fill: .zero, value: 0, key: 0))
  }

  private mutating func drawGrid(_ kept: Double, _ periods: [Double]) {
    let side = Double(min(target.height, target.width))
    let period = max(2, Int((side * uniform(periods)).rounded()))
    let length = max(1, min(period - 1, Int((Double(period) * (1 - kept)).rounded())))
    add(
      .maskGrid(
        top: stream.index(below: period), left: stream.index(below: period), period: period,
        length: length))
  }
}
