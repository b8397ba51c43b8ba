import HoneConfiguration
import HoneNN
import HoneTensor

extension LayerSpecification.Pooling {
  func made(at site: LayerSite) throws -> any Layer<Tensor, Tensor> {
    switch self {
    case .maxPool(let window, let stride, let padding):
      let (window, padding) = try site.pooling(window, padding)
      let step = try stride.map(site.square)
      return site.shape.count == 2
        ? MaxPool1d(window: window, stride: step, padding: padding)
        : MaxPool2d(window: window, stride: step, padding: padding)
    case .averagePool(let window, let stride, let padding):
      let (window, padding) = try site.pooling(window, padding)
      return AveragePool2d(window: window, stride: try stride.map(site.square), padding: padding)
    case .adaptiveAveragePool(let size):
      return AdaptiveAveragePool2d(size: try site.square(size))
    case .globalAveragePool: return GlobalAveragePool()
    }
  }
}

extension LayerSite {
  /// Window and padding of a pooling, which may reach over an edge by half a window.
  fileprivate func pooling(
    _ window: Sides, _ padding: Sides
  ) throws -> (window: Int, padding: Int) {
    let (window, padding) = (try square(window), try square(padding))
    guard 2 * padding <= window else {
      throw problem(
        "the padding \(padding) exceeds half of the window \(window). Use at most \(window / 2).",
        korean: "패딩 \(padding)이(가) 창 크기 \(window)의 절반을 넘습니다. \(window / 2) 이하로 "
          + "지정하십시오.")
    }
    return (window, padding)
  }
}
