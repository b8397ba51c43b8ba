extension Tensor {
  /// One index of the first dimension; the dimension is gone.
  public subscript(_ index: Int) -> Tensor { selected(index, along: 0) }
  /// A range of the first dimension.
  public subscript(_ range: Range<Int>) -> Tensor { sliced(range, along: 0) }

  /// One index of a dimension; the dimension is gone.
  public func selected(_ index: Int, along dimension: Int) -> Tensor {
    ATen.select_int(self, dim: dimension, index: index)
  }
  /// A range of a dimension, with a step.
  public func sliced(_ range: Range<Int>, along dimension: Int, step: Int = 1) -> Tensor {
    ATen.slice_Tensor(
      self, dim: dimension, start: range.lowerBound, end: range.upperBound, step: step)
  }
  /// The given indices of a dimension, in their order.
  public func gathered(_ indices: Tensor, along dimension: Int = 0) -> Tensor {
    ATen.index_select(self, dim: dimension, index: indices)
  }
  /// For each element of `indices`, the element of this tensor at that index of the dimension.
  public func picked(_ indices: Tensor, along dimension: Int) -> Tensor {
    ATen.gather(self, dim: dimension, index: indices)
  }
  /// A copy in which the elements under the mask have another value.
  public func masked(_ mask: Tensor, with value: Scalar) -> Tensor {
    ATen.masked_fill_Scalar(self, mask: mask, value: value)
  }
  /// Class indices as rows of zeros with a single one, `int64`.
  public func oneHot(classes: Int) -> Tensor { ATen.one_hot(self, num_classes: classes) }
}
