import CTorch
public import HoneNumerics

/// The owner of one libtorch tensor handle; frees it when the last copy of the `Tensor` goes.
final class TensorHandle {
  let pointer: ct_tensor?

  init(_ pointer: ct_tensor?) { self.pointer = pointer }

  deinit { ct_tensor_free(pointer) }
}

/// A multi-dimensional array on the CPU or a GPU, with automatic differentiation.
///
/// Operations return new tensors and never change their operands. A tensor belongs to one isolation
/// domain, because libtorch's gradients and modes do; to hand data to another task, take
/// `hostTensor()`.
public struct Tensor {
  let handle: TensorHandle

  /// Takes over a handle from libtorch; null where the operation failed inside an error scope.
  init(owning pointer: ct_tensor?) { handle = TensorHandle(pointer) }

  static func list(owning array: ct_tensor_array) -> [Tensor] {
    let tensors = (0..<array.count).map { Tensor(owning: array.items[$0]) }
    ct_tensor_array_free(array)
    return tensors
  }

  var pointer: ct_tensor? { handle.pointer }

  /// What a failed operation returns inside `catchingTorchErrors`.
  package static var poisoned: Tensor { Tensor(owning: nil) }

  /// Whether this is the result of a failed operation; shape checks let such tensors pass.
  package var isPoisoned: Bool { pointer == nil }

  /// The number of tensor handles alive in the process, for leak tests.
  package static var liveCount: Int { ct_tensor_live_count() }

  /// A handle without a tensor, for tests of error paths.
  package static var undefined: Tensor { Tensor(owning: ct_tensor_undefined()) }
}

@available(*, unavailable, message: "send a HostTensor instead: tensor.hostTensor()")
extension Tensor: Sendable {}

extension Tensor {
  /// The extents, outermost first; empty for a scalar.
  public var shape: [Int] {
    withExtendedLifetime(handle) {
      let count = ct_tensor_dimensions(pointer)
      return [Int](unsafeUninitializedCapacity: count) { buffer, initialized in
        if let base = buffer.baseAddress { ct_tensor_sizes(pointer, base) }
        initialized = count
      }
    }
  }

  /// The number of dimensions.
  public var rank: Int { withExtendedLifetime(handle) { ct_tensor_dimensions(pointer) } }

  /// The number of elements.
  public var count: Int { withExtendedLifetime(handle) { ct_tensor_elements(pointer) } }

  /// The element type.
  public var dtype: DType {
    DType(rawValue: withExtendedLifetime(handle) { ct_tensor_dtype(pointer) }) ?? .float32
  }

  /// Where the elements are.
  public var device: Device { Device(withExtendedLifetime(handle) { ct_tensor_device(pointer) }) }

  /// Whether the elements lie in memory in row-major order (or the order asked for).
  package func isContiguous(_ format: MemoryFormat = .contiguous) -> Bool {
    withExtendedLifetime(handle) { ct_tensor_is_contiguous(pointer, format.rawValue) }
  }

  /// Whether the other tensor has the same element type, shape and memory order, without gaps.
  package func liesLike(_ other: Tensor) -> Bool {
    withExtendedLifetime((handle, other.handle)) { ct_tensor_lies_like(pointer, other.pointer) }
  }

  /// Whether both name the same tensor, not merely equal values.
  package func isSame(as other: Tensor) -> Bool {
    withExtendedLifetime((handle, other.handle)) { ct_tensor_same(pointer, other.pointer) }
  }
}
