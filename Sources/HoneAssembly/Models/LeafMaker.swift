import HoneConfiguration
import HoneNN
import HoneNumerics
import HoneTensor
import HoneText

/// Makes the single layers of a configuration for a known input shape.
struct LeafMaker {
  let configuration: Configuration
  let outputs: Int
  let shape: [Int]
  let path: String

  func layer(
    _ specification: LayerSpecification, device: Device, using stream: inout RandomStream
  ) throws -> any Layer<Tensor, Tensor> {
    switch specification {
    case .linear(let count, let bias, let initializer):
      return Linear(
        inputs: try extent(of: "linear", rank: 1), outputs: count.number(classes: outputs),
        bias: bias, initializer: .init(initializer), device: device, using: &stream)
    case .conv1d(
      let outputs, let kernel, let stride, let padding, let groups, let dilation,
      let bias, let initializer):
      let inputs = try extent(of: "conv1d", rank: 2)
      try checkGroups(groups, inputs: inputs, outputs: outputs)
      try checkPadding(padding, stride: Extent(stride))
      return Conv1d(
        inputs: inputs, outputs: outputs, kernel: kernel, stride: stride,
        padding: try square(padding), dilation: dilation, groups: groups, bias: bias,
        initializer: .init(initializer), device: device, using: &stream)
    case .conv2d(
      let outputs, let kernel, let stride, let padding, let groups, let dilation,
      let bias, let initializer):
      let inputs = try extent(of: "conv2d", rank: 3)
      try checkGroups(groups, inputs: inputs, outputs: outputs)
      try checkPadding(padding, stride: stride)
      return Conv2d(
        inputs: inputs, outputs: outputs, kernel: try square(kernel), stride: try square(stride),
        padding: try square(padding), dilation: try square(dilation), groups: groups, bias: bias,
        initializer: .init(initializer), device: device, using: &stream)
    case .batchNorm(let momentum, let epsilon):
      return BatchNorm(
        features: shape[0], momentum: momentum, epsilon: epsilon, device: device)
    case .layerNorm(let epsilon):
      return LayerNorm(normalizedShape: shape, epsilon: epsilon, device: device)
    case .maxPool(let window, let stride, let padding):
      return try maxPool(window, stride, padding)
    case .averagePool(let window, let stride, let padding):
      let (window, padding) = try pooling(window, padding)
      return AveragePool2d(window: window, stride: try stride.map(square), padding: padding)
    case .adaptiveAveragePool(let size):
      return AdaptiveAveragePool2d(size: try square(size))
    case .embedding:
      throw configuration.unsupported(path, "embedding")
    default:
      return try plainLayer(specification)
    }
  }

  /// The layers without parameters.
  private func plainLayer(
    _ specification: LayerSpecification
  ) throws -> any Layer<Tensor, Tensor> {
    switch specification {
    case .dropout(let probability): Dropout(probability: probability)
    case .globalAveragePool: GlobalAveragePool()
    case .flatten: Flatten()
    case .relu: ReLU()
    case .leakyReLU(let slope): LeakyReLU(slope: slope)
    case .elu(let alpha): ELU(alpha: alpha)
    case .selu: SELU()
    case .gelu: GELU()
    case .silu: SiLU()
    case .mish: Mish()
    case .tanh: Tanh()
    case .sigmoid: Sigmoid()
    case .softplus: Softplus()
    case .softmax(let axis): Softmax(along: axis)
    case .hardSwish: HardSwish()
    case .identity: Identity()
    default: throw configuration.unsupported(path, "\(specification)")
    }
  }

  private func maxPool(
    _ window: Extent, _ stride: Extent?, _ padding: Extent
  ) throws -> any Layer<Tensor, Tensor> {
    let (window, padding) = try pooling(window, padding)
    let step = try stride.map(square)
    return shape.count == 2
      ? MaxPool1d(window: window, stride: step, padding: padding)
      : MaxPool2d(window: window, stride: step, padding: padding)
  }

  /// Window and padding of a pooling, which may reach over an edge by half a window.
  private func pooling(_ window: Extent, _ padding: Extent) throws -> (window: Int, padding: Int) {
    let (window, padding) = (try square(window), try square(padding))
    guard 2 * padding <= window else {
      throw configuration.problem(
        at: path,
        Localized(
          "the padding \(padding) exceeds half of the window \(window). Use at most "
            + "\(window / 2).",
          korean: "패딩 \(padding)이(가) 창 크기 \(window)의 절반을 넘습니다. \(window / 2) 이하로 "
            + "지정하십시오."))
    }
    return (window, padding)
  }

  private func checkPadding(_ padding: PaddingSpecification, stride: Extent) throws {
    guard padding == .same, stride != 1 else { return }
    throw configuration.problem(
      at: path,
      Localized(
        "padding: same keeps the extent and needs a stride of 1. Give the padding as a number.",
        korean: "padding: same은 크기를 유지하므로 stride가 1이어야 합니다. 패딩을 숫자로 "
          + "지정하십시오."))
  }

  /// The extent that a layer needs to know of its input.
  private func extent(of name: String, rank: Int) throws -> Int {
    guard shape.count == rank, let extent = rank == 1 ? shape.last : shape.first else {
      let expected = ["[features]", "[channels, length]", "[channels, height, width]"][rank - 1]
      let advice = rank == 1 ? " Insert flatten before it." : ""
      let korean = rank == 1 ? " 앞에 flatten을 넣으십시오." : ""
      throw configuration.problem(
        at: path,
        Localized(
          "\(name) needs samples of shape \(expected), it receives \(shape).\(advice)",
          korean: "\(name)의 입력 형상은 \(expected)이어야 하지만 \(shape)이(가) 들어옵니다.\(korean)"))
    }
    return extent
  }

  private func checkGroups(_ groups: Int, inputs: Int, outputs: Int) throws {
    guard inputs.isMultiple(of: groups), outputs.isMultiple(of: groups) else {
      throw configuration.problem(
        at: path,
        Localized(
          "groups \(groups) must divide the \(inputs) inputs and the \(outputs) outputs.",
          korean: "groups \(groups)은(는) 입력 \(inputs)과 출력 \(outputs)을 나누어야 합니다."))
    }
  }

  private func square(_ extent: Extent) throws -> Int {
    guard extent.height == extent.width else {
      throw configuration.unsupported(path, "[\(extent.height), \(extent.width)]")
    }
    return extent.height
  }

  private func square(_ padding: PaddingSpecification) throws -> Padding {
    switch padding {
    case .same: .same
    case .zeros(let extent): .zeros(try square(extent))
    }
  }
}

extension LayerOutputs {
  fileprivate func number(classes: Int) -> Int {
    switch self {
    case .count(let count): count
    case .classes: classes
    }
  }
}
