public import HoneTensor

/// An elementwise nonlinearity as a value: for models that take one as an argument.
public enum Activation: Sendable, Hashable {
  /// max(0, x).
  case relu
  /// x, times the slope where negative (Maas and others 2013).
  case leakyReLU(slope: Double = 0.01)
  /// x, or α(eˣ - 1) where negative (Clevert and others 2016).
  case elu(alpha: Double = 1)
  /// ELU, scaled so that networks normalize themselves (Klambauer and others 2017).
  case selu
  /// x Φ(x), or its approximation by tanh (Hendrycks and Gimpel 2016).
  case gelu(approximation: GELUApproximation = .none)
  /// x σ(x), also called swish (Ramachandran and others 2017).
  case silu
  /// x tanh(softplus(x)) (Misra 2019).
  case mish
  /// x min(max(x + 3, 0), 6) / 6 (Howard and others 2019).
  case hardSwish
  /// tanh x.
  case tanh
  /// 1 / (1 + e⁻ˣ).
  case sigmoid
  /// log(1 + e^(βx)) / β, and x where βx exceeds the threshold.
  case softplus(beta: Double = 1, threshold: Double = 20)
  /// min(max(0, x), 6) (Krizhevsky 2010).
  case relu6
  /// max(0, x) + min(0, α(e^(x/α) - 1)) (Barron 2017).
  case celu(alpha: Double = 1)
  /// min(max(x + 3, 0), 6) / 6.
  case hardSigmoid
  /// x, cut off at two bounds.
  case hardTanh(minimum: Double = -1, maximum: Double = 1)
  /// log(1 / (1 + e⁻ˣ)).
  case logSigmoid
  /// x / (1 + |x|).
  case softsign
  /// x moved toward zero by λ, and zero within λ of it.
  case softShrink(lambda: Double = 0.5)
  /// x, and zero within λ of zero.
  case hardShrink(lambda: Double = 0.5)
  /// x - tanh x.
  case tanhShrink
  /// x where it exceeds the threshold, a constant elsewhere.
  case threshold(Double, value: Double)

  /// Applies it to each element.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    input.isMeta ? input : applied(to: input).traced(as: name)
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
    case .softplus(let beta, let threshold): Softplus(beta: beta, threshold: threshold)
    case .relu6: ReLU6()
    case .celu(let alpha): CELU(alpha: alpha)
    case .hardSigmoid: HardSigmoid()
    case .hardTanh(let minimum, let maximum): HardTanh(minimum: minimum, maximum: maximum)
    case .logSigmoid: LogSigmoid()
    case .softsign: Softsign()
    case .softShrink(let lambda): SoftShrink(lambda: lambda)
    case .hardShrink(let lambda): HardShrink(lambda: lambda)
    case .tanhShrink: TanhShrink()
    case .threshold(let threshold, let value): Threshold(threshold, value: value)
    }
  }

  /// The gain with which weights before it start.
  public var gain: Gain {
    switch self {
    case .relu, .gelu, .silu, .mish, .hardSwish, .elu, .softplus, .relu6, .celu, .threshold: .relu
    case .leakyReLU(let slope): .leakyReLU(slope: slope)
    case .selu: .selu
    case .tanh, .hardTanh: .tanh
    case .sigmoid, .hardSigmoid: .sigmoid
    case .logSigmoid, .softsign, .softShrink, .hardShrink, .tanhShrink: .linear
    }
  }

  /// The name without parameters: `relu`, `leakyReLU`.
  package var name: String {
    switch self {
    case .relu: "relu"
    case .leakyReLU: "leakyReLU"
    case .elu: "elu"
    case .selu: "selu"
    case .gelu: "gelu"
    case .silu: "silu"
    case .mish: "mish"
    case .hardSwish: "hardSwish"
    case .tanh: "tanh"
    case .sigmoid: "sigmoid"
    case .softplus: "softplus"
    case .relu6: "relu6"
    case .celu: "celu"
    case .hardSigmoid: "hardSigmoid"
    case .hardTanh: "hardTanh"
    case .logSigmoid: "logSigmoid"
    case .softsign: "softsign"
    case .softShrink: "softShrink"
    case .hardShrink: "hardShrink"
    case .tanhShrink: "tanhShrink"
    case .threshold: "threshold"
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
    case .softplus(let beta, let threshold):
      ATen.softplus(input, beta: Scalar(beta), threshold: Scalar(threshold))
    case .relu6: ATen.hardtanh(input, min_val: 0, max_val: 6)
    case .celu(let alpha): ATen.celu(input, alpha: Scalar(alpha))
    case .hardSigmoid: ATen.hardsigmoid(input)
    case .hardTanh(let minimum, let maximum):
      ATen.hardtanh(input, min_val: Scalar(minimum), max_val: Scalar(maximum))
    case .logSigmoid: ATen.log_sigmoid(input)
    case .softsign: input / (input.absolute() + 1)
    case .softShrink(let lambda): ATen.softshrink(input, lambd: Scalar(lambda))
    case .hardShrink(let lambda): ATen.hardshrink(input, lambd: Scalar(lambda))
    case .tanhShrink: input - ATen.tanh(input)
    case .threshold(let threshold, let value):
      ATen.threshold(input, threshold: Scalar(threshold), value: Scalar(value))
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
