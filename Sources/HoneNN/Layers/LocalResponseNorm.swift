public import HoneTensor

/// Local response normalization (Krizhevsky and others 2012): x / (k + α/n Σ x²)^β, the sum over n
/// neighboring channels at the same position.
///
/// `[batch, channels, …]`. As in PyTorch α is divided by n, which the paper does not do; there its
/// values are n = 5, α = 5·10⁻⁴ in these terms, β = 0.75, k = 2.
public final class LocalResponseNorm: Layer, CustomStringConvertible {
  /// The number n of neighboring channels.
  public let size: Int
  /// The factor α of the mean square.
  public let alpha: Double
  /// The exponent β.
  public let beta: Double
  /// The constant k.
  public let constant: Double

  /// A normalization.
  /// - Parameters:
  ///   - size: the number n of neighboring channels.
  ///   - alpha: the factor of the mean square.
  ///   - beta: the exponent.
  ///   - constant: what is added to the mean square, k.
  public init(
    size: Int, alpha: Double = 1e-4, beta: Double = 0.75, constant: Double = 1
  ) {
    requirePositive(size, "size", of: "LocalResponseNorm")
    self.size = size
    self.alpha = alpha
    self.beta = beta
    self.constant = constant
  }

  /// The normalized input, of the same shape.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    if input.isPoisoned { return input }
    let shape = input.shape
    guard shape.count >= 3 else {
      return failPrecondition(
        "\(self) received a tensor of shape \(shape); it must have positions behind [batch, "
          + "channels].")
    }
    if input.isMeta { return input }
    let squares = input.squared().reshaped([shape[0], 1, shape[1], -1])
    let padded = ATen.constant_pad_nd(squares, pad: [0, 0, size / 2, (size - 1) / 2])
    let means = ATen.avg_pool2d(padded, kernel_size: [size, 1], stride: [1, 1]).reshaped(shape)
    return input / (means * Scalar(alpha) + Scalar(constant)).power(Scalar(beta))
  }

  /// The layer as code: `LocalResponseNorm(size: 5)`.
  public var description: String { "LocalResponseNorm(size: \(size))" }
}
