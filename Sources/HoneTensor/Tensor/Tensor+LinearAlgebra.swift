import CTorch

extension Tensor {
  /// The matrix product, batched over leading dimensions.
  public func multiplied(by other: Tensor) -> Tensor { ATen.matmul(self, other: other) }

  /// x Wᵀ + b: `[.., inputs]` by a weight of `[outputs, inputs]` and a bias of `[outputs]`.
  public func linear(_ weight: Tensor, bias: Tensor? = nil) -> Tensor {
    ATen.linear(self, weight: weight, bias: bias)
  }

  /// `linear` through tiles of Hone's own or oneDNN, with its gradients: equal to rounding, faster for larger
  /// fp32 products, and on AMD processors for small ones too.
  package func fastLinear(_ weight: Tensor, bias: Tensor? = nil) -> Tensor {
    var out: ct_tensor?
    check(
      withExtendedLifetime((handle, weight, bias)) {
        ct_fast_linear(pointer, weight.pointer, bias?.pointer, &out)
      }, "linear")
    return Tensor(owning: out)
  }

  /// Whether this libtorch has the products that `fastLinear` needs.
  package static var hasFastLinear: Bool { ct_fast_linear_available() }

  /// Whether `fastLinear` gains in training too, with many rows: on AMD processors.
  package static var trainsFastLinear: Bool { ct_fast_linear_trains() }

  /// Whether `fastLinear`, and layers that run as one, take tiles of Hone's own for so many rows and weights: on
  /// AMD processors (Documentation/Decisions/0021-products-in-panels.md).
  package static func hasTiles(rows: Int, weights: Int) -> Bool {
    ct_fast_linear_has_tiles(rows, weights)
  }
}
