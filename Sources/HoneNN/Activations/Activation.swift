public import HoneTensor

/// An elementwise nonlinearity as a value: for models that take one as an argument.
public enum Activation: Sendable, Hashable {
  /// max(0, x).
  case relu
  /// x, times the slope where negative (Maas et al. 2013).
  case leakyReLU(slope: Double = 0.01)
  /// x, or α(eˣ - 1) where negative (Clevert et al. 2016).
  case elu(alpha: Double = 1)
  /// ELU, scaled so that networks normalize themselves (Klambauer et al. 2017).
  case selu
  /// x Φ(x), or its approximation by tanh (Hendrycks and Gimpel 2016).
  case gelu(approximation: GELUApproximation = .none)
  /// x σ(x), also called swish (Ramachandran et al. 2017).
  case silu
  /// x tanh(softplus(x)) (Misra 2019).
  case mish
  /// x min(max(x + 3, 0), 6) / 6 (Howard et al. 2019).
  case hardSwish
  /// tanh x.
  case tanh
  /// 1 / (1 + e⁻ˣ).
  case sigmoid
  /// log(1 + eˣ).
  case softplus

  /// Applies it to each element.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    input.isMeta ? input : applied(to: input)
  }

  /// A layer that applies it.
  public var layer: any Layer<Tensor, Tensor> {
    switch self {
    case .relu: ReLU()
    case .leakyReLU(let slope): LeakyReLU(slope: slope)
    case .elu(let alpha): ELU(alpha: alpha)
    case .selu: SELU()
    case .gelu(let approximation): GELU(approximation: approximation)
    case .silu: SiLU()
    case .mish: Mish()
    case .hardSwish: HardSwish()
    case .tanh: Tanh()
    case .sigmoid: Sigmoid()
    case .softplus: Softplus()
    }
  }

  /// The gain with which weights before it start.
  public var gain: Gain {
    switch self {
    case .relu, .gelu, .silu, .mish, .hardSwish, .elu, .softplus: .relu
    case .leakyReLU(let slope): .leakyReLU(slope: slope)
    case .selu: .selu
    case .tanh: .tanh
    case .sigmoid: .sigmoid
    }
  }

  private func applied(to input: Tensor) -> Tensor {
    switch self {
    case .relu: ATen.relu(input)
    case .leakyReLU(let slope): ATen.leaky_relu(input, negative_slope: Scalar(slope))
    case .elu(let alpha): ATen.elu(input, alpha: Scalar(alpha))
    case .selu: ATen.selu(input)
    case .gelu(let approximation): ATen.gelu(input, approximate: approximation.rawValue)
    case .silu: ATen.silu(input)
    case .mish: ATen.mish(input)
    case .hardSwish: ATen.hardswish(input)
    case .tanh: ATen.tanh(input)
    case .sigmoid: ATen.sigmoid(input)
    case .softplus: ATen.softplus(input)
    }
  }
}

/// How GELU is computed; raw values are libtorch's.
public enum GELUApproximation: String, Sendable, Hashable {
  /// Exactly, by the error function.
  case none
  /// By tanh, as GPT-2 does.
  case tanh
}
