extension Tensor {
  /// |x|.
  public func absolute() -> Tensor { ATen.abs(self) }
  /// -1, 0 or 1.
  public func sign() -> Tensor { ATen.sign(self) }
  /// x².
  public func squared() -> Tensor { ATen.square(self) }
  /// √x.
  public func squareRoot() -> Tensor { ATen.sqrt(self) }
  /// 1/√x.
  public func reciprocalSquareRoot() -> Tensor { ATen.rsqrt(self) }
  /// eˣ.
  public func exponential() -> Tensor { ATen.exp(self) }
  /// The natural logarithm.
  public func logarithm() -> Tensor { ATen.log(self) }
  /// log(1 + x), exact near zero.
  public func logarithmOfOnePlus() -> Tensor { ATen.log1p(self) }
  /// sin x.
  public func sine() -> Tensor { ATen.sin(self) }
  /// cos x.
  public func cosine() -> Tensor { ATen.cos(self) }
  /// tanh x.
  public func tanh() -> Tensor { ATen.tanh(self) }
  /// 1 / (1 + e⁻ˣ).
  public func sigmoid() -> Tensor { ATen.sigmoid(self) }
  /// The error function.
  public func errorFunction() -> Tensor { ATen.erf(self) }
  /// The largest whole number not above x.
  public func floor() -> Tensor { ATen.floor(self) }
  /// The nearest whole number, halves to even.
  public func rounded() -> Tensor { ATen.round(self) }
  /// eˣ divided by its sum along a dimension.
  public func softmax(along dimension: Int) -> Tensor { ATen.softmax_int(self, dim: dimension) }
  /// The logarithm of `softmax`, computed without overflow.
  public func logSoftmax(along dimension: Int) -> Tensor {
    ATen.log_softmax_int(self, dim: dimension)
  }
  /// log Σ eˣ along a dimension, computed without overflow.
  public func logSumExp(along dimension: Int, keepingDimension: Bool = false) -> Tensor {
    ATen.logsumexp(self, dim: [dimension], keepdim: keepingDimension)
  }
}
