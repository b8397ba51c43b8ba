import HoneConfiguration
import HoneNN
import HoneTensor

extension LayerSpecification.Pooling {
  func made(at site: LayerSite) throws -> any Layer<Tensor, Tensor> {
    switch self {
    case .maxPool(let window, let stride, let padding, let dilation, let ceils, let dimensions):
      let axes = try site.positions(of: "maxPool", in: 1...3, dimensions)
      let (size, edge) = try site.pooling(window, padding, axes)
      let step = try stride.map { try site.sides($0, axes) } ?? size
      let spacing = try site.sides(dilation, axes)
      return switch axes {
      case 1:
        MaxPool1d(
          window: size, stride: step, padding: edge, dilation: spacing, ceilMode: ceils)
      case 2:
        MaxPool2d(
          window: size, stride: step, padding: edge, dilation: spacing, ceilMode: ceils)
      default:
        MaxPool3d(
          window: size, stride: step, padding: edge, dilation: spacing, ceilMode: ceils)
      }
    case .averagePool(
      let window, let stride, let padding, let ceils, let countsPadding, let dimensions):
      let axes = try site.positions(of: "averagePool", in: 1...3, dimensions)
      let (size, edge) = try site.pooling(window, padding, axes)
      let step = try stride.map { try site.sides($0, axes) } ?? size
      return switch axes {
      case 1:
        AveragePool1d(
          window: size, stride: step, padding: edge, ceilMode: ceils,
          countIncludePad: countsPadding)
      case 2:
        AveragePool2d(
          window: size, stride: step, padding: edge, ceilMode: ceils,
          countIncludePad: countsPadding)
      default:
        AveragePool3d(
          window: size, stride: step, padding: edge, ceilMode: ceils,
          countIncludePad: countsPadding)
      }
    case .adaptiveAveragePool(let outputs, let dimensions):
      let axes = try site.positions(of: "adaptiveAveragePool", in: 1...3, dimensions)
      let size = try site.sides(outputs, axes)
      return switch axes {
      case 1: AdaptiveAveragePool1d(size: size)
      case 2: AdaptiveAveragePool2d(size: size)
      default: AdaptiveAveragePool3d(size: size)
      }
    case .adaptiveMaxPool(let outputs, let dimensions):
      let axes = try site.positions(of: "adaptiveMaxPool", in: 1...3, dimensions)
      let size = try site.sides(outputs, axes)
      return switch axes {
      case 1: AdaptiveMaxPool1d(size: size)
      case 2: AdaptiveMaxPool2d(size: size)
      default: AdaptiveMaxPool3d(size: size)
      }
    case .globalAveragePool: return GlobalAveragePool()
    case .globalMaxPool: return GlobalMaxPool()
    case .upsample(let scale, let size, let mode, let aligns):
      if let scale { return Upsample(scale: scale, mode: mode.live, alignCorners: aligns) }
      let axes = try site.positions(of: "upsample", in: 1...3, nil)
      return Upsample(
        size: try size.map { try site.sides($0, axes) } ?? [1], mode: mode.live,
        alignCorners: aligns)
    case .pixelShuffle(let factor): return PixelShuffle(factor: factor)
    case .pixelUnshuffle(let factor): return PixelUnshuffle(factor: factor)
    }
  }
}

extension LayerSite {
  /// Window and padding of a pooling, which may reach over an edge by half a window.
  fileprivate func pooling(
    _ window: Sides, _ padding: Sides, _ axes: Int
  ) throws -> (window: [Int], padding: [Int]) {
    let (size, edge) = (try sides(window, axes), try sides(padding, axes))
    for (side, reach) in zip(size, edge) where 2 * reach > side {
      throw problem(
        "the padding \(reach) exceeds half of the window \(side). Use at most \(side / 2).",
        korean: "패딩 \(reach)이(가) 창 크기 \(side)의 절반을 넘습니다. \(side / 2) 이하로 지정하십시오.")
    }
    return (size, edge)
  }
}

extension LayerSpecification.Interpolation {
  /// The mode as the layer knows it.
  fileprivate var live: Upsample.Mode {
    switch self {
    case .nearest: .nearest
    case .linear: .linear
    case .bilinear: .bilinear
    case .bicubic: .bicubic
    case .trilinear: .trilinear
    }
  }
}
