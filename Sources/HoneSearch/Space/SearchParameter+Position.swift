public import HoneRecords

extension SearchParameter {
  /// Where in 0...1 a value lies on the parameter's scale, the middle of its share for a choice; nil
  /// for a value that the parameter cannot take.
  public func position(of value: HyperparameterValue) -> Double? {
    guard let normal = distribution.normalized(value) else { return nil }
    let axis = Axis(distribution)
    return axis.encoded(normal).map(axis.fraction)
  }

  /// The value at a position 0...1 of the parameter's scale; each choice has the same share.
  public func value(at position: Double) -> HyperparameterValue {
    Axis(distribution).value(atFraction: position)
  }

  /// Whether the parameter is a number, whose values have an order.
  public var isNumber: Bool {
    switch distribution {
    case .float, .integer: true
    case .choice, .fixed: false
    }
  }
}
