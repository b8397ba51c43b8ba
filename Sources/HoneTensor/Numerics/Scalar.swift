import CTorch

/// A number that takes part in a tensor operation without being a tensor: it never changes the
/// tensor's element type within its kind.
public struct Scalar: Sendable, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral
{
  enum Value: Sendable {
    case bool(Bool)
    case integer(Int)
    case real(Double)
  }
  let value: Value

  /// A floating-point number.
  public init(_ value: Double) { self.value = .real(value) }
  /// A whole number.
  public init(_ value: Int) { self.value = .integer(value) }
  /// A truth value.
  public init(_ value: Bool) { self.value = .bool(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self.init(value) }
  /// A floating-point number.
  public init(floatLiteral value: Double) { self.init(value) }
  /// A truth value.
  public init(booleanLiteral value: Bool) { self.init(value) }

  var c: ct_scalar {
    switch value {
    case .bool(let value): ct_scalar(kind: CT_BOOL, integer: value ? 1 : 0, real: 0)
    case .integer(let value): ct_scalar(kind: CT_INT, integer: Int64(value), real: 0)
    case .real(let value): ct_scalar(kind: CT_DOUBLE, integer: 0, real: value)
    }
  }

  static func c(_ scalar: Scalar?) -> ct_scalar {
    scalar?.c ?? ct_scalar(kind: CT_NONE, integer: 0, real: 0)
  }
}
