/// How many zeros a convolution adds on each side of its input.
public enum Padding: Sendable, Hashable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// The given number on both sides of each spatial dimension.
  case zeros(Int)
  /// As many as keep the extents, one more at the end where the number is odd. The stride must be 1.
  case same

  /// The given number on both sides.
  public init(integerLiteral value: Int) { self = .zeros(value) }

  /// `1` or `same`.
  public var description: String {
    switch self {
    case .zeros(let count): "\(count)"
    case .same: "same"
    }
  }
}
