import CImage

/// The part of a picture that is wanted.
package struct PictureWish {
  /// The part; nil for all of it.
  let box: cimage_box?
  /// What the part will be resized to.
  let target: ImageSize

  /// All of a picture.
  init(wholeFor target: ImageSize) {
    box = nil
    self.target = target
  }

  /// What an operation takes of a picture: all of it, unless it is a crop.
  init(of operation: ImageOperation?, target: ImageSize) {
    if case .resizedCrop(let top, let left, let height, let width, let newHeight, let newWidth)? =
      operation
    {
      box = cimage_box(
        top: Int32(top), left: Int32(left), height: Int32(height), width: Int32(width))
      self.target = ImageSize(height: newHeight, width: newWidth)
    } else {
      box = nil
      self.target = target
    }
  }
}

/// Pixels of a picture, and where they lie in it.
package struct PicturePart {
  /// The pixels.
  let source: cimage_source
  /// The row of the picture that they begin in.
  var top = 0
  /// The column of the picture that they begin in.
  var left = 0
  /// What the picture's sides were divided by.
  var factor = 1

  init(source: cimage_source) {
    self.source = source
  }

  init(triples: UnsafePointer<UInt8>, picture: cimage_picture, part: cimage_part) {
    source = cimage_source(
      triples: triples, height: Int(picture.height), width: Int(picture.width))
    top = Int(part.top)
    left = Int(part.left)
    factor = Int(max(1, part.factor))
  }

  /// Operations on the picture as operations on the part: the crop that they begin with is moved.
  func placed(_ operations: [ImageOperation]) -> [ImageOperation] {
    guard top > 0 || left > 0 || factor > 1,
      case .resizedCrop(let top, let left, let height, let width, let newHeight, let newWidth)? =
        operations.first
    else { return operations }
    var placed = operations
    let (rows, columns) = (max(1, height / factor), max(1, width / factor))
    placed[0] = .resizedCrop(
      top: min(top / factor - self.top, Int(source.height) - rows),
      left: min(left / factor - self.left, Int(source.width) - columns), height: rows,
      width: columns, targetHeight: newHeight, targetWidth: newWidth)
    return placed
  }
}
