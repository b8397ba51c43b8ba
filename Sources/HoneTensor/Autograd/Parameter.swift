import CTorch
package import HoneNumerics

/// A tensor that training changes: a leaf of the graph whose gradient `backward()` accumulates.
///
/// Modules keep parameters in `let` properties; two modules that hold the same `Parameter` share it.
public final class Parameter {
  /// The present value.
  public private(set) var value: Tensor
  /// Whether training changes it.
  public var isTrainable: Bool {
    didSet { value.setRequiresGradient(isTrainable) }
  }

  /// A parameter that starts at a value.
  public init(_ value: Tensor) {
    self.value = value.detached()
    isTrainable = true
    self.value.setRequiresGradient(true)
  }

  /// The extents of the value.
  public var shape: [Int] { value.shape }

  /// The accumulated gradient; nil before the first backward pass.
  public var gradient: Tensor? { value.gradient }

  /// Forgets the gradient.
  public func clearGradient() { value.setGradient(nil) }

  /// Replaces the gradient, for optimisers and clipping of one's own.
  public func setGradient(_ gradient: Tensor) { value.setGradient(gradient.detached()) }

  /// Writes new values in place, so that every module that shares the parameter sees them.
  /// - Precondition: the shapes are equal.
  public func assign(_ new: Tensor) {
    guard new.shape == shape || new.isPoisoned else {
      fatalError("A parameter of shape \(shape) cannot take a tensor of shape \(new.shape).")
    }
    withoutGradients { ATen.copy_(value, src: new) }
  }

  /// Lives on in a place of another tensor's memory, with the numbers that are there.
  /// - Precondition: the place has the parameter's shape, device and element type.
  package func live(in place: Tensor) {
    value = withoutGradients { place.detached() }
    value.setRequiresGradient(isTrainable)
  }

  /// Moves the parameter to a device or element type; optimisers made before lose track of it.
  package func move(to device: Device? = nil, dtype: DType? = nil) {
    var moved = withoutGradients { value.detached() }
    if let device { moved = moved.to(device) }
    if let dtype { moved = moved.cast(to: dtype) }
    value = moved.detached()
    value.setRequiresGradient(isTrainable)
  }

  /// Replaces the value by one of the same numbers in another memory order.
  package func reorder(_ format: MemoryFormat) {
    value = withoutGradients { value.detached().contiguous(format) }
    value.setRequiresGradient(isTrainable)
  }
}

/// A tensor that belongs to a module's state but is not trained: running statistics, tables.
public final class Buffer {
  /// The present value.
  public private(set) var value: Tensor

  /// A buffer that starts at a value.
  public init(_ value: Tensor) { self.value = value.detached() }

  /// The extents of the value.
  public var shape: [Int] { value.shape }

  /// Writes new values in place.
  /// - Precondition: the shapes are equal.
  public func assign(_ new: Tensor) {
    guard new.shape == shape || new.isPoisoned else {
      fatalError("A buffer of shape \(shape) cannot take a tensor of shape \(new.shape).")
    }
    withoutGradients { ATen.copy_(value, src: new) }
  }

  /// Lives on in a place of another tensor's memory, with the numbers that are there.
  /// - Precondition: the place has the buffer's shape, device and element type.
  package func live(in place: Tensor) { value = place.detached() }

  /// Writes values in place without graphs that hold the buffer noticing: for who computes something a
  /// second time and brings the present values back.
  package func overwrite(_ new: Tensor) {
    check(
      withExtendedLifetime((value, new)) { ct_tensor_overwrite(value.pointer, new.pointer) },
      "overwrite")
  }

  package func move(to device: Device? = nil, dtype: DType? = nil) {
    if let device { value = value.to(device) }
    if let dtype, value.dtype.isFloatingPoint { value = value.cast(to: dtype) }
  }
}
