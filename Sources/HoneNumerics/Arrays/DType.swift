/// The element type of a tensor.
///
/// Raw values are libtorch's `c10::ScalarType` codes, so that no table stands between the two.
public enum DType: Int8, Sendable, Codable, CaseIterable, Hashable {
  case uint8 = 0
  case int8 = 1
  case int16 = 2
  case int32 = 3
  case int64 = 4
  case float16 = 5
  case float32 = 6
  case float64 = 7
  case bool = 11
  case bfloat16 = 15

  /// Bytes of one element.
  public var size: Int {
    switch self {
    case .uint8, .int8, .bool: 1
    case .int16, .float16, .bfloat16: 2
    case .int32, .float32: 4
    case .int64, .float64: 8
    }
  }

  /// Whether elements are floating-point numbers.
  public var isFloatingPoint: Bool {
    switch self {
    case .float16, .bfloat16, .float32, .float64: true
    default: false
    }
  }
}

/// A Swift type that tensors store.
public protocol TensorElement: Sendable {
  /// The element type of a tensor of these.
  static var dtype: DType { get }
}

extension UInt8: TensorElement {
  /// `uint8`.
  public static var dtype: DType { .uint8 }
}

extension Int8: TensorElement {
  /// `int8`.
  public static var dtype: DType { .int8 }
}

extension Int16: TensorElement {
  /// `int16`.
  public static var dtype: DType { .int16 }
}

extension Int32: TensorElement {
  /// `int32`.
  public static var dtype: DType { .int32 }
}

extension Int64: TensorElement {
  /// `int64`.
  public static var dtype: DType { .int64 }
}

extension Int: TensorElement {
  /// `int64`.
  public static var dtype: DType { .int64 }
}

extension Float: TensorElement {
  /// `float32`.
  public static var dtype: DType { .float32 }
}

extension Double: TensorElement {
  /// `float64`.
  public static var dtype: DType { .float64 }
}

extension Bool: TensorElement {
  /// `bool`.
  public static var dtype: DType { .bool }
}
