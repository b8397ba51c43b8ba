package import HoneTensor

// libtorch registers shape inference for a part of its operators only in Python; layers built on the
// others state their output's shape themselves.
extension Tensor {
  /// Whether the tensor has a shape but no elements.
  package var isMeta: Bool { !isPoisoned && device.kind == .meta }

  /// A tensor without elements of this one's element type.
  package func metaOutput(_ shape: [Int], dtype: DType? = nil) -> Tensor {
    Tensor.zeros(shape, dtype: dtype ?? self.dtype, device: .meta)
  }
}
