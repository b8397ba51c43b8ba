import HoneConfiguration
import HoneNN
import HoneTensor

extension LayerSpecification.Activation {
  func made(at site: LayerSite) -> any Layer<Tensor, Tensor> {
    switch self {
    case .prelu(let slope, let perChannel):
      PReLU(features: perChannel ? site.shape[0] : 1, slope: slope, device: site.device)
    case .rrelu(let lower, let upper): RReLU(lower: lower, upper: upper)
    case .softmax(let axis): Softmax(along: axis)
    case .logSoftmax(let axis): LogSoftmax(along: axis)
    case .softmin(let axis): Softmin(along: axis)
    case .glu(let axis, let activation): GLU(along: axis, activation: activation.live)
    default: plain.layer
    }
  }

  /// The activation of each element.
  private var plain: Activation {
    switch self {
    case .relu: .relu
    case .relu6: .relu6
    case .leakyReLU(let slope): .leakyReLU(slope: slope)
    case .elu(let alpha): .elu(alpha: alpha)
    case .celu(let alpha): .celu(alpha: alpha)
    case .selu: .selu
    case .gelu(let form): .gelu(approximation: form == .tanh ? .tanh : .none)
    case .silu: .silu
    case .mish: .mish
    case .hardSwish: .hardSwish
    case .tanh: .tanh
    case .hardTanh(let minimum, let maximum): .hardTanh(minimum: minimum, maximum: maximum)
    case .tanhShrink: .tanhShrink
    case .sigmoid: .sigmoid
    case .hardSigmoid: .hardSigmoid
    case .logSigmoid: .logSigmoid
    case .softplus(let beta, let threshold): .softplus(beta: beta, threshold: threshold)
    case .softsign: .softsign
    case .softShrink(let lambda): .softShrink(lambda: lambda)
    case .hardShrink(let lambda): .hardShrink(lambda: lambda)
    case .threshold(let threshold, let value): .threshold(threshold, value: value)
    case .prelu, .rrelu, .softmax, .logSoftmax, .softmin, .glu:
      fatalError("The activation \(self) is a layer of its own, not one of each element.")
    }
  }
}
