import CTorch
public import HoneNumerics

extension Tensor {
  /// A copy of a host array on a device.
  public init(_ host: HostTensor, device: Device = .cpu) {
    var out: ct_tensor?
    let status = host.withUnsafeBytes { bytes in
      ct_tensor_from_host(
        bytes.baseAddress, host.shape, host.shape.count, host.dtype.rawValue, device.c, &out)
    }
    check(status, "tensor")
    self.init(owning: out)
  }

  /// A tensor of the given elements in row-major order.
  /// - Precondition: `values.count` is the product of `shape`.
  public init<Element: TensorElement>(
    _ values: [Element], shape: [Int]? = nil, device: Device = .cpu
  ) {
    let shape = shape ?? [values.count]
    guard values.count == shape.reduce(1, *) else {
      fatalError("Tensor of shape \(shape) got \(values.count) values.")
    }
    var out: ct_tensor?
    let status = values.withUnsafeBytes { bytes in
      ct_tensor_from_host(
        bytes.baseAddress, shape, shape.count, Element.dtype.rawValue, device.c, &out)
    }
    check(status, "tensor")
    self.init(owning: out)
  }

  /// A scalar tensor, of shape `[]`.
  public init(_ value: Float, device: Device = .cpu) {
    self.init([value], shape: [], device: device)
  }

  /// A tensor of zeros.
  public static func zeros(
    _ shape: [Int], dtype: DType = .float32, device: Device = .cpu
  ) -> Tensor {
    ATen.zeros(shape, dtype: dtype, device: device)
  }

  /// A tensor of ones.
  public static func ones(
    _ shape: [Int], dtype: DType = .float32, device: Device = .cpu
  ) -> Tensor {
    ATen.ones(shape, dtype: dtype, device: device)
  }

  /// A tensor of one value.
  public static func full(
    _ shape: [Int], _ value: Scalar, dtype: DType = .float32, device: Device = .cpu
  ) -> Tensor {
    ATen.full(shape, fill_value: value, dtype: dtype, device: device)
  }

  /// A tensor whose elements are whatever was in memory.
  package static func empty(
    _ shape: [Int], dtype: DType = .float32, device: Device = .cpu
  ) -> Tensor {
    ATen.empty_memory_format(shape, dtype: dtype, device: device)
  }

  /// The whole numbers from `start` up to, not including, `end`.
  public static func range(
    _ start: Int = 0, _ end: Int, step: Int = 1, dtype: DType = .int64, device: Device = .cpu
  ) -> Tensor {
    ATen.arange_start_step(
      Scalar(start), end: Scalar(end), step: Scalar(step), dtype: dtype, device: device)
  }

  /// Numbers uniform in 0..<1.
  public static func uniform(
    _ shape: [Int], using source: RandomSource, dtype: DType = .float32
  ) -> Tensor {
    ATen.rand_generator(shape, generator: source, dtype: dtype, device: source.device)
  }

  /// Standard normal numbers.
  public static func normal(
    _ shape: [Int], using source: RandomSource, dtype: DType = .float32
  ) -> Tensor {
    ATen.randn_generator(shape, generator: source, dtype: dtype, device: source.device)
  }

  /// Zeros of this tensor's shape, element type and device.
  public func zerosLike() -> Tensor { ATen.zeros_like(self) }

  /// Ones of this tensor's shape, element type and device.
  public func onesLike() -> Tensor { ATen.ones_like(self) }
}

extension Tensor {
  /// A copy of the elements in host memory.
  ///
  /// Waits for the device.
  public func hostTensor() -> HostTensor {
    var host = HostTensor(zeros: shape, dtype: dtype)
    let bytes = count * dtype.size
    let status = withExtendedLifetime(handle) {
      host.withUnsafeMutableBytes { ct_tensor_to_host(pointer, $0.baseAddress, bytes) }
    }
    check(status, "hostTensor")
    return host
  }

  /// The elements in row-major order, converted to `Element`; none after a failure inside
  /// `catchingTorchErrors`.
  ///
  /// Waits for the device.
  public func values<Element: TensorElement>(as type: Element.Type) -> [Element] {
    if isPoisoned { return [] }
    return cast(to: Element.dtype).hostTensor().values(as: type)
  }

  /// The elements as `Float` in row-major order.
  ///
  /// Waits for the device.
  public var floats: [Float] { values(as: Float.self) }

  /// The value of a tensor of one element.
  ///
  /// Waits for the device.
  /// - Precondition: the tensor has one element.
  public func item() -> Double {
    var value = 0.0
    check(withExtendedLifetime(handle) { ct_tensor_item_double(pointer, &value) }, "item")
    return value
  }

  /// The same values as another element type; the tensor itself where it has that type already.
  public func cast(to dtype: DType) -> Tensor {
    dtype == self.dtype ? self : ATen.to_dtype(self, dtype: dtype)
  }

  /// The same values on a device; the tensor itself where it is there already.
  public func to(_ device: Device, nonBlocking: Bool = false) -> Tensor {
    if device == self.device { return self }
    var out: ct_tensor?
    check(
      withExtendedLifetime(handle) {
        ct_tensor_to_device(pointer, device.c, nonBlocking, &out)
      }, "to device")
    return Tensor(owning: out)
  }

  /// A copy that shares no memory with the original.
  public func clone() -> Tensor { ATen.clone(self) }

  /// The same elements in the given memory order, copied only where needed.
  public func contiguous(_ format: MemoryFormat = .contiguous) -> Tensor {
    ATen.contiguous(self, memory_format: format)
  }
}
