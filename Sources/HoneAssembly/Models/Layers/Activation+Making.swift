import HoneConfiguration
import HoneNN
import HoneTensor

extension LayerSpecification.Activation {
  var made: any Layer<Tensor, Tensor> {
    switch self {
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
    }
  }
}
