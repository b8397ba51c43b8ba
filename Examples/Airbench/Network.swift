import Hone

/// The small network of airbench (Jordan 2024, arXiv 2404.00498): a whitening convolution and three
/// groups of two convolutions, each beginning as the identity.
final class AirbenchNetwork: Layer {
  let whitening: Conv2d
  let groups: [ConvolutionGroup]
  let head: Linear

  init(widths: [Int] = [64, 256, 256], classes: Int, using stream: inout RandomStream) {
    whitening = Conv2d(inputs: 3, outputs: 24, kernel: 2, using: &stream)
    var groups: [ConvolutionGroup] = []
    var channels = 24
    for width in widths {
      groups.append(ConvolutionGroup(inputs: channels, outputs: width, using: &stream))
      channels = width
    }
    self.groups = groups
    head = Linear(inputs: channels, outputs: classes, bias: false, using: &stream)
    arrange(.channelsLast)
  }

  /// `[batch, 3, 32, 32]` to `[batch, classes]`.
  func callAsFunction(_ images: Tensor) -> Tensor {
    var map = Activation.gelu()(whitening(images))
    for group in groups { map = group(map) }
    return head(map.maximum(along: [2, 3])) / 9
  }
}

/// Two convolutions, the first of which halves the map, with normalizations that shift and do not scale.
final class ConvolutionGroup: Layer {
  let first: Conv2d
  let pool = MaxPool2d(window: 2)
  let firstNorm: BatchNorm
  let second: Conv2d
  let secondNorm: BatchNorm

  init(inputs: Int, outputs: Int, using stream: inout RandomStream) {
    first = Conv2d(
      inputs: inputs, outputs: outputs, kernel: 3, padding: 1, bias: false, using: &stream)
    second = Conv2d(
      inputs: outputs, outputs: outputs, kernel: 3, padding: 1, bias: false, using: &stream)
    firstNorm = BatchNorm(features: outputs, momentum: 0.4, epsilon: 1e-12)
    secondNorm = BatchNorm(features: outputs, momentum: 0.4, epsilon: 1e-12)
    for convolution in [first, second] { convolution.passInputsThrough() }
  }

  func callAsFunction(_ input: Tensor) -> Tensor {
    let map = Activation.gelu()(firstNorm(pool(first(input))))
    return Activation.gelu()(secondNorm(second(map)))
  }
}

extension Conv2d {
  /// Lets the first channels out as they came in (Dirac's initialization); the others stay random.
  func passInputsThrough() {
    let shape = weight.shape
    let inputs = min(shape[0], shape[1])
    var stream = RandomStream(seed: 0, "unused")
    let identity = Initializer.dirac().tensor([inputs] + shape.dropFirst(), using: &stream)
    let rest = weight.value.detached()[inputs..<shape[0]]
    weight.assign(Tensor.concatenated([identity, rest]))
  }
}
