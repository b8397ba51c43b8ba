import HoneRecords

extension AnnotatedImage {
  /// How four numbers make a box.
  public enum BoxFormat: String, Sendable, Codable, CaseIterable {
    /// Left, top, right, bottom: torchvision's XYXY, as in Pascal VOC.
    case corners
    /// Left, top, width, height: XYWH, as in COCO.
    case cornerAndSize
    /// The middle's x and y, width, height: CXCYWH, as in YOLO.
    case centerAndSize
  }

  /// The image with boxes cut at its edges, and points moved to its nearest pixel; boxes outside become
  /// empty.
  public func clamped() -> AnnotatedImage {
    var result = self
    let (width, height) = (Double(size.width), Double(size.height))
    result.boxes = boxes.map { box in
      Box(
        left: min(width, max(0, box.left)), top: min(height, max(0, box.top)),
        right: min(width, max(0, box.right)), bottom: min(height, max(0, box.bottom)),
        label: box.label)
    }
    result.points = points.map {
      Point(x: min(width - 1, max(0, $0.x)), y: min(height - 1, max(0, $0.y)))
    }
    return result
  }

  /// The image without boxes that are too small or reach outside, and without points outside.
  /// - Parameters:
  ///   - leastSide: boxes with a shorter side are dropped, in pixels.
  ///   - leastArea: boxes of a smaller area are dropped.
  public func sanitized(leastSide: Double = 1, leastArea: Double = 1) -> AnnotatedImage {
    var result = self
    let (width, height) = (Double(size.width), Double(size.height))
    result.boxes = boxes.filter { box in
      min(box.right - box.left, box.bottom - box.top) >= leastSide && box.area >= leastArea
        && box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height
    }
    result.points = points.filter {
      (0...(width - 1)).contains($0.x) && (0...(height - 1)).contains($0.y)
    }
    return result
  }
}

extension AnnotatedImage.Box {
  /// A box of four numbers.
  ///
  /// - Precondition: there are four.
  public init(_ values: [Double], _ format: AnnotatedImage.BoxFormat, label: Int = 0) {
    guard values.count == 4 else {
      fatalError("A box got \(values.count) numbers; it takes four.")
    }
    let (a, b, c, d) = (values[0], values[1], values[2], values[3])
    switch format {
    case .corners: self.init(left: a, top: b, right: c, bottom: d, label: label)
    case .cornerAndSize: self.init(left: a, top: b, right: a + c, bottom: b + d, label: label)
    case .centerAndSize:
      self.init(
        left: a - c / 2, top: b - d / 2, right: a + c / 2, bottom: b + d / 2, label: label)
    }
  }

  /// The box as four numbers.
  public func values(_ format: AnnotatedImage.BoxFormat) -> [Double] {
    let (width, height) = (right - left, bottom - top)
    switch format {
    case .corners: return [left, top, right, bottom]
    case .cornerAndSize: return [left, top, width, height]
    case .centerAndSize: return [left + width / 2, top + height / 2, width, height]
    }
  }

  /// The area that two boxes share, over the area that they cover together; 0 where neither has any.
  public func overlap(with other: AnnotatedImage.Box) -> Double {
    let width = min(right, other.right) - max(left, other.left)
    let height = min(bottom, other.bottom) - max(top, other.top)
    let shared = max(0, width) * max(0, height)
    let covered = area + other.area - shared
    return covered > 0 ? shared / covered : 0
  }
}
