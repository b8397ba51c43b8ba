/// How far a convolution reaches over each side of its input.
public enum Padding: Sendable, Hashable, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral,
  CustomStringConvertible
{
  /// So many positions on both sides: one number for all axes, or one for each.
  case amounts([Int])
  /// As many as keep the extents, one more at the end where the number is odd. The stride must be 1.
  case same

  /// So many positions on both sides; what they hold is the layer's padding mode.
  public static func zeros(_ amount: some PerAxis) -> Padding { .amounts(amount.valuesPerAxis) }

  /// The given number on both sides.
  public init(integerLiteral value: Int) { self = .amounts([value]) }

  /// The given numbers, one for each axis.
  public init(arrayLiteral elements: Int...) { self = .amounts(elements) }

  /// `1`, `[1, 0]` or `same`.
  public var description: String {
    switch self {
    case .amounts(let amounts): compact(amounts)
    case .same: "same"
    }
  }
}
