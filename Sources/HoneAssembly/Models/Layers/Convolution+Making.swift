import HoneConfiguration
import HoneNN
import HoneNumerics
import HoneTensor

extension LayerSpecification.Convolution {
  func made(
    at site: LayerSite, using stream: inout RandomStream
  ) throws -> any Layer<Tensor, Tensor> {
    switch self {
    case .conv1d(
      let count, let kernel, let stride, let padding, let groups, let dilation, let bias,
      let initializer):
      let inputs = try site.channels(of: "conv1d", positions: 1)
      try site.checkGroups(groups, inputs: inputs, outputs: site.count(count))
      try site.checkPadding(padding, stride: Sides(stride))
      return Conv1d(
        inputs: inputs, outputs: site.count(count), kernel: kernel, stride: stride,
        padding: try site.square(padding), dilation: dilation, groups: groups, bias: bias,
        initializer: .init(initializer), device: site.device, using: &stream)
    case .conv2d(
      let count, let kernel, let stride, let padding, let groups, let dilation, let bias,
      let initializer):
      let inputs = try site.channels(of: "conv2d", positions: 2)
      try site.checkGroups(groups, inputs: inputs, outputs: site.count(count))
      try site.checkPadding(padding, stride: stride)
      return Conv2d(
        inputs: inputs, outputs: site.count(count), kernel: try site.square(kernel),
        stride: try site.square(stride), padding: try site.square(padding),
        dilation: try site.square(dilation), groups: groups, bias: bias,
        initializer: .init(initializer), device: site.device, using: &stream)
    }
  }
}

extension LayerSite {
  fileprivate func checkPadding(_ padding: PaddingSpecification, stride: Sides) throws {
    guard padding == .same, stride != 1 else { return }
    throw problem(
      "padding: same keeps the extent and needs a stride of 1. Give the padding as a number.",
      korean: "padding: same은 크기를 유지하므로 stride가 1이어야 합니다. 패딩을 숫자로 지정하십시오.")
  }

  func square(_ sides: Sides) throws -> Int {
    guard sides.values.count == 1 else {
      throw configuration.unsupported(path, "\(sides.values)")
    }
    return sides.values[0]
  }

  fileprivate func square(_ padding: PaddingSpecification) throws -> Padding {
    switch padding {
    case .same: .same
    case .sides(let sides): .zeros(try square(sides))
    }
  }
}
