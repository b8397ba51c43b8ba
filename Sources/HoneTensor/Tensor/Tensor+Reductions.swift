extension Tensor {
  /// The sum of all elements, as a scalar tensor.
  public func sum() -> Tensor { ATen.sum(self) }
  /// Sums along dimensions.
  public func sum(along dimensions: [Int], keepingDimensions: Bool = false) -> Tensor {
    ATen.sum_dim_IntList(self, dim: dimensions, keepdim: keepingDimensions)
  }
  /// The mean of all elements, as a scalar tensor.
  public func mean() -> Tensor { ATen.mean(self) }
  /// Means along dimensions.
  public func mean(along dimensions: [Int], keepingDimensions: Bool = false) -> Tensor {
    ATen.mean_dim(self, dim: dimensions, keepdim: keepingDimensions)
  }
  /// Variances along dimensions (all when empty); `correction` is subtracted from the count.
  public func variance(
    along dimensions: [Int] = [], correction: Int = 1, keepingDimensions: Bool = false
  ) -> Tensor {
    ATen.var_correction(
      self, dim: dimensions.isEmpty ? nil : dimensions, correction: Scalar(correction),
      keepdim: keepingDimensions)
  }
  /// Standard deviations along dimensions (all when empty).
  public func standardDeviation(
    along dimensions: [Int] = [], correction: Int = 1, keepingDimensions: Bool = false
  ) -> Tensor {
    ATen.std_correction(
      self, dim: dimensions.isEmpty ? nil : dimensions, correction: Scalar(correction),
      keepdim: keepingDimensions)
  }
  /// The largest element, as a scalar tensor.
  public func maximum() -> Tensor { ATen.max(self) }
  /// The smallest element, as a scalar tensor.
  public func minimum() -> Tensor { ATen.min(self) }
  /// The largest elements along dimensions.
  public func maximum(along dimensions: [Int], keepingDimensions: Bool = false) -> Tensor {
    ATen.amax(self, dim: dimensions, keepdim: keepingDimensions)
  }
  /// The smallest elements along dimensions.
  public func minimum(along dimensions: [Int], keepingDimensions: Bool = false) -> Tensor {
    ATen.amin(self, dim: dimensions, keepdim: keepingDimensions)
  }
  /// The index of the largest element along a dimension, as `int64`.
  public func indexOfMaximum(along dimension: Int) -> Tensor {
    ATen.argmax(self, dim: dimension)
  }
  /// The largest elements along a dimension in descending order, and their indices.
  public func largest(_ count: Int, along dimension: Int = -1) -> (values: Tensor, indices: Tensor)
  {
    let (values, indices) = ATen.topk(self, k: count, dim: dimension)
    return (values, indices)
  }
  /// The Euclidean norm of all elements, as a scalar tensor.
  public func norm() -> Tensor { ATen.linalg_vector_norm(self) }
}
