/// How a picture is resized before the middle is cropped; to the pixel as torchvision's `Resize` and
/// `CenterCrop` do it, so that pretrained models see what they were judged on.
///
/// The long side is rounded down, and a middle between two pixels goes to the even one.
struct CentralCrop: Equatable {
  /// The height after resizing.
  let fittedHeight: Int
  /// The width after resizing.
  let fittedWidth: Int
  /// The first row that is kept.
  let top: Int
  /// The first column that is kept.
  let left: Int

  /// The crop of a picture of the given extents.
  /// - Parameter resize: what the short side is brought to; what the crop needs where nil or less.
  init(of picture: (height: Int, width: Int), height: Int, width: Int, resize: Int?) {
    // The largest of the scales that are asked for, as a fraction: quotients of doubles could fall
    // a pixel short.
    let short = min(picture.height, picture.width)
    let scales = [(resize ?? 0, short), (height, picture.height), (width, picture.width)]
    let (part, whole) = scales.max { $0.0 * $1.1 < $1.0 * $0.1 } ?? (1, 1)
    fittedHeight = picture.height * part / whole
    fittedWidth = picture.width * part / whole
    top = Self.middle(of: fittedHeight - height)
    left = Self.middle(of: fittedWidth - width)
  }

  private static func middle(of rest: Int) -> Int {
    let half = rest / 2
    return rest.isMultiple(of: 2) || half.isMultiple(of: 2) ? half : half + 1
  }
}
