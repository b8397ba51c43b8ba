import CTorch

/// Tensors as they were once: what was made of them is out of date when they are written to.
struct TensorVersions {
  private let tensors: [Tensor]
  private let versions: [UInt64]

  init(_ tensors: [Tensor]) {
    self.tensors = tensors
    versions = tensors.map(\.version)
  }

  /// Whether these are the tensors, with the values that they had.
  func areCurrent(_ present: [Tensor]) -> Bool {
    present.count == tensors.count && zip(present, tensors).allSatisfy { $0.isSame(as: $1) }
      && present.map(\.version) == versions
  }
}

extension Tensor {
  /// How often the values were written in place.
  fileprivate var version: UInt64 { withExtendedLifetime(handle) { ct_tensor_version(pointer) } }
}
