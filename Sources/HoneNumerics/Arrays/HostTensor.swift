/// A dense array in host memory: element type, shape, bytes in row-major order.
///
/// This is what crosses isolation boundaries and what files hold; `Tensor`, which carries autograd
/// state and may live on a device, never leaves its isolation. Copies share storage until written.
public struct HostTensor: Sendable {
  /// The element type.
  public let dtype: DType
  /// The extents, outermost first; empty for a scalar.
  public let shape: [Int]
  private var storage: Storage

  private enum Storage: Sendable {
    case array([UInt8])
    /// The first bytes of a block that nobody writes any more.
    case block(MemoryBlock, count: Int)
  }

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
    storage = .array(bytes)
  }

  /// The elements in the first bytes of a block, which is not written any more.
  /// - Precondition: the block has room for the product of `shape` times the element size.
  package init(dtype: DType, shape: [Int], block: MemoryBlock) {
    let expected = shape.reduce(1, *) * dtype.size
    guard block.bytes.count >= expected else {
      fatalError(
        "HostTensor of \(dtype) and shape \(shape) needs \(expected) bytes, the block has "
          + "\(block.bytes.count).")
    }
    self.dtype = dtype
    self.shape = shape
    storage = .block(block, count: expected)
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

  /// The elements, row-major, in the machine's byte order.
  public var bytes: [UInt8] {
    switch storage {
    case .array(let bytes): bytes
    case .block: withUnsafeBytes { [UInt8]($0) }
    }
  }

  /// The elements as an array of their own type.
  /// - Precondition: `Element` is the Swift type of `dtype`; nothing is converted.
  public func values<Element: TensorElement>(as type: Element.Type) -> [Element] {
    guard Element.dtype == dtype else {
      fatalError("HostTensor holds \(dtype), not \(Element.dtype): ask for its own type.")
    }
    return withUnsafeBytes { raw in
      [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
        UnsafeMutableRawBufferPointer(buffer).copyMemory(from: raw)
        initialized = count
      }
    }
  }

  /// Reads the bytes in place.
  public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    switch storage {
    case .array(let bytes): try bytes.withUnsafeBytes(body)
    case .block(let block, let count):
      try withExtendedLifetime(block) {
        try body(UnsafeRawBufferPointer(rebasing: block.bytes[..<count]))
      }
    }
  }

  /// Writes the bytes in place.
  public mutating func withUnsafeMutableBytes<R>(
    _ body: (UnsafeMutableRawBufferPointer) throws -> R
  ) rethrows -> R {
    var own = bytes
    storage = .array([])
    defer { storage = .array(own) }
    return try own.withUnsafeMutableBytes(body)
  }
}

extension HostTensor: Hashable {
  /// Whether type, shape and bytes are the same.
  public static func == (left: HostTensor, right: HostTensor) -> Bool {
    guard left.dtype == right.dtype, left.shape == right.shape else { return false }
    return left.withUnsafeBytes { ours in right.withUnsafeBytes { ours.elementsEqual($0) } }
  }

  /// Feeds type, shape and bytes to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(dtype)
    hasher.combine(shape)
    withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}
