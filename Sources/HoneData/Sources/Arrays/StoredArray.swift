import Foundation
import HoneNumerics

/// An array of a file that other programs write: numbers, or names.
struct StoredArray {
  /// What the elements are.
  enum Elements {
    /// Numbers in this machine's byte order, row-major.
    case numbers(DType, Data)
    case texts([String])
  }

  let shape: [Int]
  let elements: Elements

  var count: Int { shape.reduce(1, *) }

  var isFloatingPoint: Bool {
    if case .numbers(let type, _) = elements { type.isFloatingPoint } else { false }
  }

  /// The elements as numbers; nil for texts.
  var doubles: [Double]? {
    guard case .numbers(let type, let data) = elements else { return nil }
    switch type {
    case .float64: return HostTensor(dtype: type, shape: shape, bytes: [UInt8](data)).values()
    case .int64:
      let values: [Int64] = HostTensor(dtype: type, shape: shape, bytes: [UInt8](data)).values()
      return values.map(Double.init)
    case .int32:
      let values: [Int32] = HostTensor(dtype: type, shape: shape, bytes: [UInt8](data)).values()
      return values.map(Double.init)
    default:
      return HostTensor(dtype: type, shape: shape, bytes: [UInt8](data)).floats.map(Double.init)
    }
  }
}

extension HostTensor {
  /// The elements, of the type that the call asks for.
  fileprivate func values<Element: TensorElement>() -> [Element] { values(as: Element.self) }
}
