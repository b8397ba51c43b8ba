extension Tensor {
  /// The same elements in another shape; one extent may be -1 and is inferred.
  /// - Precondition: the number of elements is the same.
  public func reshaped(_ shape: [Int]) -> Tensor { ATen.reshape(self, shape: shape) }
  /// The dimensions from `start` to `end` as one.
  public func flattened(from start: Int = 0, through end: Int = -1) -> Tensor {
    ATen.flatten_using_ints(self, start_dim: start, end_dim: end)
  }
  /// The dimensions in another order.
  public func permuted(_ dimensions: [Int]) -> Tensor { ATen.permute(self, dims: dimensions) }
  /// Two dimensions exchanged.
  public func transposed(_ first: Int = -2, _ second: Int = -1) -> Tensor {
    ATen.transpose_int(self, dim0: first, dim1: second)
  }
  /// A new dimension of extent 1.
  public func unsqueezed(at dimension: Int) -> Tensor { ATen.unsqueeze(self, dim: dimension) }
  /// Without a dimension of extent 1.
  public func squeezed(at dimension: Int) -> Tensor { ATen.squeeze_dim(self, dim: dimension) }
  /// The elements repeated by view to a larger shape; -1 keeps an extent.
  public func expanded(to shape: [Int]) -> Tensor { ATen.expand(self, size: shape) }
  /// The order of elements reversed along dimensions.
  public func flipped(along dimensions: [Int]) -> Tensor { ATen.flip(self, dims: dimensions) }
  /// The tensor in parts of at most `size` along a dimension.
  public func split(size: Int, along dimension: Int = 0) -> [Tensor] {
    ATen.split_Tensor(self, split_size: size, dim: dimension)
  }

  /// Tensors joined along an existing dimension.
  public static func concatenated(_ tensors: [Tensor], along dimension: Int = 0) -> Tensor {
    ATen.cat(tensors, dim: dimension)
  }
  /// Tensors of one shape joined along a new dimension.
  public static func stacked(_ tensors: [Tensor], along dimension: Int = 0) -> Tensor {
    ATen.stack(tensors, dim: dimension)
  }
}
