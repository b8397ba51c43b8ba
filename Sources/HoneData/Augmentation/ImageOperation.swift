public import HoneRecords

/// One change of an image with all its parameters known: what an ``Augmentation`` came to for a sample.
///
/// Written as JSON it can be kept, printed and applied again.
public indirect enum ImageOperation: Sendable, Hashable, Codable {
  /// Cuts a box, which may begin outside and reach out.
  case crop(top: Int, left: Int, height: Int, width: Int, fill: Double)
  /// Adds pixels at the sides.
  case pad(
    top: Int, left: Int, bottom: Int, right: Int, mode: Augmentation.Padding, fill: Double)
  /// Resizes, antialiased.
  case resize(height: Int, width: Int)
  /// Cuts a box and resizes it, antialiased.
  case resizedCrop(
    top: Int, left: Int, height: Int, width: Int, targetHeight: Int, targetWidth: Int)
  /// Mirrors left and right.
  case flipHorizontally
  /// Mirrors top and bottom.
  case flipVertically
  /// Rotates counter-clockwise about the centre.
  case rotate(degrees: Double, interpolation: Augmentation.Interpolation, fill: Double)
  /// Shears, scales, rotates clockwise about the centre and shifts, as torchvision's `affine` does.
  ///
  /// - Parameters:
  ///   - shift: pixels to the right and down.
  ///   - shear: degrees along both axes.
  ///   - fromCorner: whether the centre is the upper left corner.
  case affine(
    degrees: Double, shift: [Double], scale: Double, shear: [Double], fromCorner: Bool,
    interpolation: Augmentation.Interpolation, fill: Double)
  /// Moves the corners: x and y of the upper left, upper right, lower right and lower left one.
  case perspective(corners: [Int], interpolation: Augmentation.Interpolation, fill: Double)
  /// Shifts pixels by a smoothed random field of a key.
  case elastic(
    alpha: Double, sigma: Double, key: UInt64, interpolation: Augmentation.Interpolation,
    fill: Double)
  /// Multiplies light.
  case brightness(factor: Double)
  /// Spreads light about its mean.
  case contrast(factor: Double)
  /// Spreads colours about grey.
  case saturation(factor: Double)
  /// Turns the hue by a share of the circle.
  case hue(turn: Double)
  /// Raises light to a power.
  case gamma(exponent: Double)
  /// Sets all channels to the luma.
  case grayscale
  /// Turns light to dark.
  case invert
  /// Keeps the upper bits.
  case posterize(bits: Int)
  /// Inverts light from a threshold on.
  case solarize(threshold: Double)
  /// Spreads the histogram evenly.
  case equalize
  /// Stretches each channel to the full range.
  case autocontrast
  /// Sharpens, or smooths below 1.
  case sharpness(factor: Double)
  /// Brings channel `order[c]` to channel c.
  case permuteChannels(order: [Int])
  /// Equalises within tiles.
  case clahe(limit: Double, tiles: Int)
  /// Blurs by a Gaussian.
  case gaussianBlur(size: Int, sigma: Double)
  /// Blurs along a line.
  case motionBlur(size: Int, degrees: Double)
  /// Takes medians.
  case medianBlur(size: Int)
  /// Adds normal noise of a key; 1 is the full range of light.
  case gaussianNoise(mean: Double, sigma: Double, key: UInt64)
  /// Sets a share of the pixels to black or white.
  case saltAndPepper(share: Double, key: UInt64)
  /// Compresses as JPEG.
  case jpeg(quality: Int)
  /// Adds up the image and what chains of operations make of it.
  case blend(share: Double, chains: [[ImageOperation]], shares: [Double])
  /// Replaces a box after normalisation.
  case erase(
    top: Int, left: Int, height: Int, width: Int, fill: Augmentation.ErasingFill, value: Double,
    key: UInt64)
  /// Sets a grid of squares to zero after normalisation.
  case maskGrid(top: Int, left: Int, period: Int, length: Int)

  /// Whether the operation acts on normalised pixels.
  var actsAfterNormalization: Bool {
    switch self {
    case .erase, .maskGrid: true
    default: false
    }
  }
}

/// The height and width of an image, in pixels.
public struct ImageSize: Sendable, Hashable {
  /// Rows.
  public var height: Int
  /// Columns.
  public var width: Int

  /// A size.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }
}

extension ImageOperation {
  /// The size of the image that comes out.
  public func size(from size: ImageSize) -> ImageSize {
    switch self {
    case .crop(_, _, let height, let width, _): ImageSize(height: height, width: width)
    case .pad(let top, let left, let bottom, let right, _, _):
      ImageSize(height: size.height + top + bottom, width: size.width + left + right)
    case .resize(let height, let width), .resizedCrop(_, _, _, _, let height, let width):
      ImageSize(height: height, width: width)
    default: size
    }
  }
}
