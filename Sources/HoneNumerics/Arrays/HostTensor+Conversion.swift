extension HostTensor {
  /// An array of an element type made from `Float` values in row-major order.
  ///
  /// Floating-point types round to nearest, ties to even; whole-number types cut off the fraction
  /// and saturate.
  /// - Precondition: `values.count` is the product of `shape`.
  public init(_ values: [Float], shape: [Int], as dtype: DType) {
    switch dtype {
    case .uint8: self.init(values.map(saturated) as [UInt8], shape: shape)
    case .int8: self.init(values.map(saturated) as [Int8], shape: shape)
    case .int16: self.init(values.map(saturated) as [Int16], shape: shape)
    case .int32: self.init(values.map(saturated) as [Int32], shape: shape)
    case .int64: self.init(values.map(saturated) as [Int64], shape: shape)
    case .float32: self.init(values, shape: shape)
    case .float64: self.init(values.map(Double.init), shape: shape)
    case .bool: self.init(values.map { $0 != 0 }, shape: shape)
    case .float16:
      self.init(halves: values.map { Float16($0).bitPattern }, shape: shape, dtype: dtype)
    case .bfloat16: self.init(halves: values.map(BFloat16.bits), shape: shape, dtype: dtype)
    }
  }

  /// The elements as `Float`, whatever their type: exact for all but `int32`, `int64` and `float64`,
  /// which round to nearest.
  public var floats: [Float] {
    switch dtype {
    case .uint8: values(as: UInt8.self).map(Float.init)
    case .int8: values(as: Int8.self).map(Float.init)
    case .int16: values(as: Int16.self).map(Float.init)
    case .int32: values(as: Int32.self).map(Float.init)
    case .int64: values(as: Int64.self).map(Float.init)
    case .float32: values(as: Float.self)
    case .float64: values(as: Double.self).map(Float.init)
    case .bool: bytes.map { $0 == 0 ? 0 : 1 }
    case .float16: halves.map { Float(Float16(bitPattern: $0)) }
    case .bfloat16: halves.map(BFloat16.float)
    }
  }

  private init(halves: [UInt16], shape: [Int], dtype: DType) {
    self.init(dtype: dtype, shape: shape, bytes: halves.withUnsafeBytes { [UInt8]($0) })
  }

  private var halves: [UInt16] {
    withUnsafeBytes { raw in
      (0..<count).map { raw.loadUnaligned(fromByteOffset: 2 * $0, as: UInt16.self) }
    }
  }
}

/// The nearest whole number towards zero that the type holds; zero for what is no number.
private func saturated<Integer: FixedWidthInteger>(_ value: Float) -> Integer {
  if value.isNaN { return 0 }
  return Integer(exactly: value.rounded(.towardZero)) ?? (value < 0 ? .min : .max)
}
