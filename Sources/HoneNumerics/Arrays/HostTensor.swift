/// A dense array in host memory: element type, shape, bytes in row-major order.
///
/// This is what crosses isolation boundaries and what files hold; `Tensor`, which carries autograd
/// state and may live on a device, never leaves its isolation. Copies share storage until written.
public struct HostTensor: Sendable, Hashable {
  /// The element type.
  public let dtype: DType
  /// The extents, outermost first; empty for a scalar.
  public let shape: [Int]
  /// The elements, row-major, in the machine's byte order.
  public private(set) var bytes: [UInt8]

  /// An array of the given bytes.
  /// - Precondition: `bytes.count` is the product of `shape` times the element size.
  public init(dtype: DType, shape: [Int], bytes: [UInt8]) {
    let expected = shape.reduce(1, *) * dtype.size
    guard bytes.count == expected else {
      fatalError(
        "HostTensor of \(dtype) and shape \(shape) needs \(expected) bytes, got \(bytes.count).")
    }
    self.dtype = dtype
    self.shape = shape
    self.bytes = bytes
  }

  /// An array of zeros.
  public init(zeros shape: [Int], dtype: DType) {
    self.init(
      dtype: dtype, shape: shape,
      bytes: [UInt8](repeating: 0, count: shape.reduce(1, *) * dtype.size))
  }

  /// An array of the given elements in row-major order.
  /// - Precondition: `values.count` is the product of `shape`.
  public init<Element: TensorElement>(_ values: [Element], shape: [Int]) {
    guard values.count == shape.reduce(1, *) else {
      fatalError("HostTensor of shape \(shape) got \(values.count) values.")
    }
    let bytes = values.withUnsafeBytes { [UInt8]($0) }
    self.init(dtype: Element.dtype, shape: shape, bytes: bytes)
  }

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// The elements as an array of their own type.
  /// - Precondition: `Element` is the Swift type of `dtype`; nothing is converted.
  public func values<Element: TensorElement>(as type: Element.Type) -> [Element] {
    guard Element.dtype == dtype else {
      fatalError("HostTensor holds \(dtype), not \(Element.dtype): ask for its own type.")
    }
    return bytes.withUnsafeBytes { raw in
      [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
        UnsafeMutableRawBufferPointer(buffer).copyMemory(from: raw)
        initialized = count
      }
    }
  }

  /// Reads the bytes in place.
  public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try bytes.withUnsafeBytes(body)
  }

  /// Writes the bytes in place.
  public mutating func withUnsafeMutableBytes<R>(
    _ body: (UnsafeMutableRawBufferPointer) throws -> R
  ) rethrows -> R {
    try bytes.withUnsafeMutableBytes(body)
  }
}
