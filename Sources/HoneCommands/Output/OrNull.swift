/// A value that JSON shows as `null` where it is missing, so that the key is always there.
///
/// Numbers that are not finite count as missing, because JSON has none.
@propertyWrapper
public struct OrNull<Value: Encodable & Sendable & Equatable>: Encodable, Sendable, Equatable {
  /// The value.
  public var wrappedValue: Value?

  /// A value or none.
  public init(wrappedValue: Value?) {
    self.wrappedValue = wrappedValue
  }

  /// Writes the value or null.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let number = wrappedValue as? Double, !number.isFinite {
      try container.encodeNil()
    } else if let wrappedValue {
      try container.encode(wrappedValue)
    } else {
      try container.encodeNil()
    }
  }
}
