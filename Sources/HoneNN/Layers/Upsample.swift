public import HoneTensor

/// Enlarges (or shrinks) the positions of `[batch, channels, …]` by interpolation.
///
/// With corners not aligned, output position i of an axis scaled by s looks at input position
/// (i + ½)/s - ½, and at ⌊i/s⌋ where the nearest is taken; with corners aligned the first and last
/// positions of input and output coincide.
public final class Upsample: Layer, CustomStringConvertible {
  /// How values between positions are found; raw values are PyTorch's names.
  public enum Mode: String, Sendable, Hashable, CaseIterable {
    /// The nearest position's, over any number of axes.
    case nearest
    /// Along the line between two positions: one axis.
    case linear
    /// Linearly along both axes of images.
    case bilinear
    /// By cubic convolution with a = -0.75 (Keys 1981) along both axes of images.
    case bicubic
    /// Linearly along the three axes of volumes.
    case trilinear
  }

  private enum Target: Sendable {
    case size([Int])
    case scale([Double])
  }

  /// How values between positions are found.
  public let mode: Mode
  /// Whether the corners of input and output coincide; without meaning for `nearest`.
  public let alignCorners: Bool
  private let target: Target

  /// An interpolation to given extents, one number for all axes or one for each.
  public init(size: some PerAxis, mode: Mode = .nearest, alignCorners: Bool = false) {
    let size = size.valuesPerAxis
    guard !size.isEmpty, size.allSatisfy({ $0 > 0 }) else {
      fatalError("Upsample got size: \(size); it must list positive whole numbers.")
    }
    target = .size(size)
    self.mode = mode
    self.alignCorners = alignCorners
  }

  /// An interpolation by one factor for all axes; extents round down.
  public convenience init(scale: Double, mode: Mode = .nearest, alignCorners: Bool = false) {
    self.init(scales: [scale], mode: mode, alignCorners: alignCorners)
  }

  /// An interpolation by a factor for each axis; extents round down.
  public init(scales: [Double], mode: Mode = .nearest, alignCorners: Bool = false) {
    guard !scales.isEmpty, scales.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      fatalError("Upsample got scales: \(scales); it must list positive numbers.")
    }
    target = .scale(scales)
    self.mode = mode
    self.alignCorners = alignCorners
  }

  /// The interpolated input.
  ///
  /// Input and output `[batch, channels, …]` with one to three axes of positions.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    if input.isPoisoned { return input }
    let shape = input.shape
    let axes = shape.count - 2
    guard mode.axes.contains(axes), count == 1 || count == axes else {
      return failPrecondition(
        "\(self) received a tensor of shape \(shape); it interpolates over "
          + "\(mode.axes.map(String.init).joined(separator: ", ")) axes behind [batch, channels]"
          + (count == 1 ? "." : " and has a number for each of \(count)."))
    }
    let extents = outputExtents(for: Array(shape.dropFirst(2)))
    guard extents.allSatisfy({ $0 > 0 }) else {
      return failPrecondition(
        "\(self) received a tensor of shape \(shape); nothing would be left: \(extents).")
    }
    if input.isMeta { return input.metaOutput(shape.prefix(2) + extents) }
    return interpolated(input, extents, scales(axes: axes))
  }

  /// The layer as code: `Upsample(scale: 2.0, mode: .bilinear)`.
  public var description: String {
    let numbers =
      switch target {
      case .size(let size): "size: \(compact(size))"
      case .scale(let scales): scales.count == 1 ? "scale: \(scales[0])" : "scales: \(scales)"
      }
    return "Upsample(\(numbers), mode: .\(mode.rawValue)"
      + (alignCorners ? ", alignCorners: true)" : ")")
  }

  private var count: Int {
    switch target {
    case .size(let size): size.count
    case .scale(let scales): scales.count
    }
  }

  private func outputExtents(for extents: [Int]) -> [Int] {
    switch target {
    case .size(let size): extents.indices.map { size[size.count == 1 ? 0 : $0] }
    case .scale(let scales):
      extents.indices.map { Int(Double(extents[$0]) * scales[scales.count == 1 ? 0 : $0]) }
    }
  }

  /// The factors that the operator must use instead of the ratio of rounded extents.
  private func scales(axes: Int) -> [Double?] {
    guard case .scale(let scales) = target else { return [Double?](repeating: nil, count: axes) }
    return (0..<axes).map { scales[scales.count == 1 ? 0 : $0] }
  }

  private func interpolated(_ input: Tensor, _ size: [Int], _ scales: [Double?]) -> Tensor {
    switch (mode, size.count) {
    case (.nearest, 1): ATen.upsample_nearest1d(input, output_size: size, scales: scales[0])
    case (.nearest, 2):
      ATen.upsample_nearest2d(
        input, output_size: size, scales_h: scales[0], scales_w: scales[1])
    case (.nearest, _):
      ATen.upsample_nearest3d(
        input, output_size: size, scales_d: scales[0], scales_h: scales[1], scales_w: scales[2])
    case (.linear, _):
      ATen.upsample_linear1d(
        input, output_size: size, align_corners: alignCorners, scales: scales[0])
    case (.bilinear, _):
      ATen.upsample_bilinear2d(
        input, output_size: size, align_corners: alignCorners, scales_h: scales[0],
        scales_w: scales[1])
    case (.bicubic, _):
      ATen.upsample_bicubic2d(
        input, output_size: size, align_corners: alignCorners, scales_h: scales[0],
        scales_w: scales[1])
    case (.trilinear, _):
      ATen.upsample_trilinear3d(
        input, output_size: size, align_corners: alignCorners, scales_d: scales[0],
        scales_h: scales[1], scales_w: scales[2])
    }
  }
}

extension Upsample.Mode {
  /// The numbers of axes that the mode interpolates over.
  fileprivate var axes: [Int] {
    switch self {
    case .nearest: [1, 2, 3]
    case .linear: [1]
    case .bilinear, .bicubic: [2]
    case .trilinear: [3]
    }
  }
}
